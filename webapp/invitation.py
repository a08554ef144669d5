"""Whom to invite: the smallest list that reaches everybody; one click says who cannot come, and who is coming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from graph import gaps as partnerships
from graph.errors import BadInput
from graph.gaps.parting import GROUPS
from webapp import current
from webapp.gaps import day_asked
from webapp.handover import GROUP_NAMES

if TYPE_CHECKING:
    from graph.gaps.invitation import Invitation

blueprint = Blueprint("invitation", __name__, url_prefix="/gaps/invitation")

ROWS = 100
"""Lines on the page; the spreadsheet has all."""

HOSTS = ("qm",)
"""Who invites, unless the address says otherwise."""


@blueprint.get("")
def page() -> str | Response:
    """The list; with `?format=csv` as a table."""
    from graph.gaps.invitation import invitation
    from graph.gaps.invitation_sheet import sheet
    from graph.gaps.structure import groups_there

    asked = _asked()
    found = invitation(current.store(), as_of=day_asked(), **asked)
    if request.args.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="invitation.csv"'}
        return Response(sheet(found, current.language()), mimetype="text/csv", headers=headers)
    known = groups_there(current.store(), day_asked())
    fields = partnerships.choices(current.store())["handlungsfeld"]
    return render_template(
        "invitation/page.html",
        asked=asked,
        found=found,
        fields=fields,
        field=next((ref for ref in fields if ref.slug == asked["handlungsfeld"]), None),
        group_names={name: GROUP_NAMES[name] for name in GROUPS if name in known},
        as_of=request.args.get("as_of", "").strip(),
        address=lambda **changes: _address(asked, **changes),
        is_changed=_is_changed(found),
        rows=None if request.args.get("all") == "yes" else ROWS,
    )


def _asked() -> dict[str, Any]:
    args = request.args
    groups = tuple(dict.fromkeys(name for name in args.getlist("group") if name))
    for name in groups:
        if name not in GROUPS:
            raise BadInput("group", name, GROUPS)
    is_first = not groups and not args.get("chosen")
    return {
        "handlungsfeld": args.get("handlungsfeld", "").strip(),
        "groups": HOSTS if is_first else groups,
        "out": tuple(dict.fromkeys(filter(None, args.getlist("out")))),
        "coming": tuple(dict.fromkeys(filter(None, args.getlist("coming")))),
        "alone": args.get("alone") == "yes",
    }


def _address(asked: dict[str, Any], **changes: str) -> str:
    """The page with one actor moved: `out=`, `coming=` say where to, `back=` takes it out of both."""
    (slug,) = changes.values()
    rest: dict[str, Any] = {
        name: [*(other for other in asked[name] if other != slug), *([slug] if name in changes else [])]
        for name in ("out", "coming")
    }
    rest |= {
        "handlungsfeld": asked["handlungsfeld"] or None,
        "alone": "yes" if asked["alone"] else None,
        "as_of": request.args.get("as_of", "").strip() or None,
    }
    return url_for("invitation.page", chosen="yes", group=list(asked["groups"]), **rest)


def _is_changed(found: Invitation) -> bool:
    """Whether somebody was clicked away or kept."""
    return bool(found.out) or any(guest.pinned for guest in found.guests)
