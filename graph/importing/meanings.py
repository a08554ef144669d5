"""What the meaning of a column makes of its cells: the subject of the row, a link, a value, or something to keep aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ROLES: Final = frozenset(
    {"traeger", "partner", "foerderer", "auftraggeber", "ort", "zielgruppe", "veranstalter", "teilnahme"}
)

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
    "funding.programme": ("foerderer", "programme"),
    "funding.payer": ("foerderer", "payer"),
    "programme.name": ("foerderer", "programme"),
    "project.fund": ("foerderer", "programme"),
    "membership.member": ("mitglied", ""),
    "membership.network": ("mitglied_von", "network"),
    "network.name": ("mitglied_von", "network"),
    "tie.to_actor": ("tie", ""),
    "project.name": ("in", ""),
    "actor.name": ("", ""),
    "programme.provider": ("finanziert", "payer"),
}

_HINTS: Final = {"foerderer": "payer", "auftraggeber": ""}
_ASIDE: Final = {"period_text": "period", "period": "period", "start": "start", "end": "end", "amount": "amount"}
_ROLE_COLUMNS: Final = frozenset({"involvement.role", "membership.role", "tie.kind"})
_OF_LINKS: Final = frozenset({"note", "source", "via", "state", "strength", "last_confirmed"})
"""What a table of links says of the link, not of its subject."""


@dataclass(frozen=True)
class Use:
    """What is done with a column.

    Attributes:
        what: "subject", "link", "value", "places", "parent", "fields", "period", "start", "end", "amount", "role",
            "address", "of link", "note", "personal" or "ignore".
        name: entity type of a subject; role of a link, "" if the row says it elsewhere; field of a value.
        hint: what a link's column says of the bodies in it (see `Mention.hint`).
    """

    what: str
    name: str = ""
    hint: str = ""


def use(meaning: str, kind: str, subject: str) -> Use:
    """What is done with a column of that meaning.

    Args:
        meaning: as `graph.importing.columns` names it.
        kind: entity type of the table, of a table of links too.
        subject: the meaning that names what its rows are about.
    """
    if meaning == subject:
        return Use("subject", SUBJECTS.get(kind, {}).get(meaning, kind))
    if meaning == "note" and kind in SUBJECTS:
        return Use("of link", "note")
    if meaning == "section":
        return Use("fields", "handlungsfelder")
    if meaning in ("ignore", "note"):
        return Use(meaning)
    if meaning.startswith("contact."):
        return Use("personal")
    if meaning in _ROLE_COLUMNS:
        return Use("role")
    type_name, _, name = meaning.partition(".")
    if meaning.startswith("link:"):
        role = meaning.removeprefix("link:")
        return Use("link", role, _HINTS.get(role, ""))
    if meaning in _LINKS and (name != "name" or type_name != kind):
        return Use("link", *_LINKS[meaning])
    if name in _ASIDE:
        return Use(_ASIDE[name], type_name)
    if type_name in SUBJECTS and name in _OF_LINKS:
        return Use("of link", name)
    if name == "parent":
        return Use("parent", name)
    if name in ("places", "place"):
        return Use("places", name)
    if name in ("handlungsfelder", "handlungsfeld"):
        return Use("fields", name)
    if name in ("street", "address"):
        return Use("address", "street")
    own = (kind, SUBJECTS.get(kind, {}).get(subject))
    return Use("value", name) if type_name in own else Use("note")


def subject_meaning(meanings: list[str], kind: str) -> str:
    """The meaning among those of a table that names what its rows are about; "" if none does."""
    wanted = [*SUBJECTS.get(kind, {}), f"{kind}.name"]
    if kind == "tie" and "tie.from_actor" not in meanings:
        wanted = ["actor.name"]
    return next((meaning for meaning in wanted if meaning in meanings), "")
