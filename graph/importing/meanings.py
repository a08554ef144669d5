"""What the meaning of a column makes of its cells: the subject of the row, a link, a value, or something kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

SUBJECTS: Final = {
    "involvement": {"involvement.project_or_event": "project", "project.name": "project", "event.name": "event"},
    "funding": {"funding.project": "project", "project.name": "project"},
    "membership": {"membership.network": "network", "actor.name": "network", "network.name": "network"},
    "tie": {"tie.from_actor": "actor", "actor.name": "actor"},
}
"""In tables of links: the columns that name what the row is about, and as what; best first."""

_LINKS: Final = {
    "involvement.actor": ("", ""),
    "involvement.project_or_event": ("in", ""),
    "project.name": ("in", ""),
    "actor.name": ("", ""),
    "funding.programme": ("foerderer", "programme"),
    "funding.payer": ("foerderer", "payer"),
    "project.fund": ("foerderer", "programme"),
    "programme.name": ("foerderer", "programme"),
    "programme.provider": ("finanziert", "payer"),
    "membership.member": ("mitglied", ""),
    "membership.network": ("mitglied_von", "network"),
    "network.name": ("mitglied_von", "network"),
    "tie.to_actor": ("tie", ""),
}
"""Columns that hold names: the role they give, "" if another column says it, and what they say of the bodies."""

_BY_MEANING: Final = {"ignore": "ignore", "note": "note", "section": "fields"} | dict.fromkeys(
    ("involvement.role", "membership.role", "tie.kind"), "role"
)
_BY_FIELD: Final = {
    "period": "period",
    "period_text": "period",
    "start": "start",
    "end": "end",
    "amount": "amount",
    "parent": "parent",
    "place": "places",
    "places": "places",
    "handlungsfeld": "fields",
    "handlungsfelder": "fields",
    "street": "address",
    "address": "address",
}
_OF_LINKS: Final = frozenset({"note", "source", "via", "state", "strength", "last_confirmed"})
"""What a table of links says of the link, not of its subject."""


@dataclass(frozen=True)
class Use:
    """What is done with a column.

    Attributes:
        what: "subject", "link", "value", "places", "parent", "fields", "period", "start", "end", "amount", "role",
            "address", "of link", "note", "personal" or "ignore".
        name: entity type of a subject; role of a link, "" if the row says it elsewhere; entity type of a period; else
            the field that is filled.
        hint: what a link's column says of the bodies in it (see `Mention.hint`).
    """

    what: str
    name: str = ""
    hint: str = ""


@cache
def use(meaning: str, kind: str, subject: str) -> Use:
    """What is done with a column of that meaning.

    Args:
        meaning: as `graph.importing.columns` names it.
        kind: entity type of the table, of a table of links too.
        subject: the meaning that names what its rows are about.
    """
    type_name, _, name = meaning.partition(".")
    if meaning == subject:
        return Use("subject", SUBJECTS.get(kind, {}).get(meaning, kind))
    if meaning.startswith("link:"):
        role = meaning.removeprefix("link:")
        return Use("link", role, "payer" if role == "foerderer" else "")
    if meaning in _LINKS and meaning != f"{kind}.name":
        return Use("link", *_LINKS[meaning])
    if kind in SUBJECTS and (meaning == "note" or (type_name in SUBJECTS and name in _OF_LINKS)):
        return Use("of link", name or "note")
    return _plain_use(meaning, kind, subject)


def _plain_use(meaning: str, kind: str, subject: str) -> Use:
    """What is done with a column that is neither subject nor link."""
    type_name, _, name = meaning.partition(".")
    if what := _BY_MEANING.get(meaning):
        return Use(what, "handlungsfelder" if what == "fields" else "")
    if type_name == "contact":
        return Use("personal")
    if what := _BY_FIELD.get(name):
        return Use(what, type_name if what in ("period", "start", "end") else "street" if what == "address" else name)
    is_own = type_name in (kind, SUBJECTS.get(kind, {}).get(subject))
    return Use("value", name) if is_own else Use("note")


def subject_meaning(meanings: list[str], kind: str) -> str:
    """The meaning among those of a table that names what its rows are about; "" if none does."""
    wanted = [*SUBJECTS.get(kind, {}), f"{kind}.name"]
    return next((meaning for meaning in wanted if meaning in meanings), "")
