"""Who may change data by SPARQL: programs whose token says so; anybody at this machine where it is for trying only.

A session is not enough, and neither is sitting at the machine: a page of another site could send an update in one's
name, but it has no token.
"""

from __future__ import annotations

from typing import NoReturn

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from webapp import current, errors, rights
from webapp.errorwords import Problem


def may_update() -> bool:
    """Whether who asks may change data by SPARQL."""
    asker = rights.asker()
    if current.is_scratch():
        return not _is_foreign()
    return asker.via == "token" and asker.may("editor")


def require_update() -> str:  # noqa: RET503  # to refuse is to end the request
    """The name of who changes something, for the history; who may not is told what is missing."""
    if may_update():
        return current.author()
    if rights.asker().via == "token":
        refuse(
            403,
            _(
                "Dieser Zugangsschlüssel darf nur fragen. Zum Ändern braucht er das Recht „update“ "
                "und ein Konto, das ändern darf."
            ),
        )
    refuse(
        401,
        _(
            "Änderungen per SPARQL brauchen einen Zugangsschlüssel mit dem Recht „update“: "
            "Authorization: Bearer SCHLÜSSEL."
        ),
    )


def refuse(status: int, sentence: str) -> NoReturn:
    """End the request with a status and a sentence."""
    raise HTTPException(response=errors.answer(Problem(status, sentence)))


def _is_foreign() -> bool:
    """Whether a page of another site sends this: browsers say so, programs say nothing."""
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
