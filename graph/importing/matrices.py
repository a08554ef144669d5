"""Matrices: columns whose cells only say yes, or give a role by a letter, to what their heading names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from graph.importing.blanks import is_unknown
from graph.importing.columnplans import ColumnPlan, Why
from graph.importing.headings import RUNNING, normal, parts, tight, understood
from graph.importing.kinds import called_like_body
from graph.importing.passages import role_in
from graph.importing.seams import has_head
from graph.importing.values import DATE, NETWORK, TIME_WORD, is_mark
from ontology.concepts import concept, concepts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.importing.profiles import Profile
    from graph.importing.regions import Heading, RawTable

_LONGEST: Final = 4
"""Characters of a mark."""
_SIGN: Final = 2
"""Characters of a mark that only a legend makes one: longer ones may be names of bodies it explains."""

_NONE: Final = re.compile(r"(?i)\s*(?:nein|nicht|kein|nie|ohne|entfällt|fehlt|abwesend)")
_MEMBER: Final = re.compile(r"(?i)^\s*(?:ja|dabei|(?:ist )?(?:mitglied|vertreten|beteiligt|aktiv|anwesend))\w*\s*$")
_FIELD: Final = re.compile(r"(?i)(?:HF|Handlungsfeld)\s*\w*|[A-H1-9IVX]|\d{1,2}\.?\s*[A-ZÄÖÜ].*")
_SENSES: Final = {
    "handlungsfelder": "field",
    "target_groups": "target-group",
    "offers": "resource",
    "link:mitglied_von": "network",
    "link:in": "project",
    "link:tie": "body",
    "link:mitglied": "body",
    "link:partner": "body",
    "places": "place",
}
_MEANINGS: Final = {
    "project": {
        "field": "project.handlungsfelder", "target-group": "project.target_groups", "body": "link:partner",
        "network": "link:mitglied_von", "place": "project.places",
    },
    "actor": {
        "field": "actor.handlungsfelder", "target-group": "actor.target_groups", "resource": "actor.offers",
        "network": "link:mitglied_von", "project": "link:in", "body": "link:tie",
    },
    "network": {"field": "network.handlungsfelder", "body": "link:mitglied", "target-group": "network.target_groups"},
    "event": {"body": "link:teilnahme"},
}  # fmt: skip
_BY_ROLES: Final = {"actor": "project", "project": "body"}
"""What headings over letters of roles name: bodies are partners in projects, but none is the Träger of another."""
ROLES: Final = {
    "T": "Träger", "TR": "Träger", "L": "Träger",
    "P": "Partner", "K": "Partner", "KP": "Partner", "KOOP": "Partner", "B": "Partner",
    "F": "Förderer", "A": "Auftraggeber", "O": "Ort", "Z": "Zielgruppe", "V": "Veranstalter",
}  # fmt: skip


def marked(
    kind: str,
    table: RawTable,
    profiles: Sequence[Profile],
    known: Mapping[str, frozenset[str]],
    legend: Mapping[str, str],
) -> dict[int, ColumnPlan]:
    """The columns of a table that only hold marks, by position, with what their headings are to the rows of that kind.

    They must be two or more; a single one is a question of yes or no. What the legend explains is a mark as well.
    """
    columns = [
        at
        for at, (heading, column) in enumerate(zip(table.headings, profiles, strict=True))
        if normal(heading.text)
        and tight(heading.text) not in RUNNING
        and (
            column.share("mark") >= 0.9
            or (column.count > 0 and _are_explained(at, table, legend))
            or (column.share("sign") >= 0.9 and column.share("mark") > 0)
            or column.share("role") >= (0.5 if _beyond_corner(table.headings[0].text) else 0.9)
            or (column.share("yes") >= 0.9 and _is_among_bodies(at, table, profiles))
            or (not column.count and at > 0)
        )
        and not DATE.fullmatch(heading.text)
        and not TIME_WORD.fullmatch(heading.text)
    ]
    if sum(profiles[at].count > 0 for at in columns) < 2 or kind not in _MEANINGS:
        return {}
    columns = sorted({*columns, *_mostly_marked(table, profiles, columns)})
    if kind == "network" and _explains_carriers(table, columns, legend):
        return {}
    plans: dict[int, ColumnPlan] = {}
    for group in {table.headings[at].group for at in columns}:
        members = [at for at in columns if table.headings[at].group == group]
        members = members if len(members) > 1 else columns  # a group of one is of the sort of all
        sort, sure = _sort(kind, table, [table.headings[at] for at in members], known, legend)
        meaning = _MEANINGS[kind].get(sort, "")
        for at in (at for at in members if meaning and table.headings[at].group == group):
            heading = table.headings[at]
            plans[at] = ColumnPlan(heading, heading.ref, meaning, sure, Why("marks", sort))
    return plans


def _mostly_marked(table: RawTable, profiles: Sequence[Profile], columns: list[int]) -> Iterator[int]:
    """The columns between or beside those of marks that hold mostly marks, and a remark or two in their place."""
    for at, (heading, column) in enumerate(zip(table.headings, profiles, strict=True)):
        is_near = bool({at - 1, at + 1} & {*columns})
        is_known = any(sure > _SAID for _, sure, _ in understood(heading.text))
        is_answer = column.share("yes") == 1  # "ja" and "nein" answer a question of their own
        if is_near and column.share("sign") >= _MOSTLY and not is_answer and normal(heading.text) and not is_known:
            yield at


_MOSTLY: Final = 0.6
_SAID: Final = 0.85


def _sort(
    kind: str,
    table: RawTable,
    headings: list[Heading],
    known: Mapping[str, frozenset[str]],
    legend: Mapping[str, str],
) -> tuple[str, float]:
    """What the headings of marked columns name ("field", "network", "body", "project" …), and how sure that is."""
    for text, sure in ((headings[0].group, 0.95), (_beyond_corner(table.headings[0].text), 0.85)):
        for sense, likeness, _ in understood(text) if text else ():
            name = sense.meaning if sense.meaning.startswith("link:") else sense.meaning.rpartition(".")[2]
            if sense.kind == kind and likeness > 0.85 and name in _SENSES:
                return _SENSES[name], sure
    votes = _votes(headings, known)
    if kind == "actor" and not _names_rows(table, headings, known):
        votes.pop("body", None)  # a project may be called like a body; with each other, bodies stand in the rows, too
    if (
        max(votes.values(), default=0) * 2 < len(headings)
        and kind in _BY_ROLES
        and _tells_roles(table, headings, legend)
    ):
        return _BY_ROLES[kind], 0.8
    for title, sort in (
        ("gremi", "network"),
        ("netzwerk", "network"),
        ("handlungsfeld", "field"),
        ("zielgruppe", "target-group"),
        ("projekt", "project"),
    ):
        if title in tight(f"{table.sheet} {table.title}") and sort in _MEANINGS[kind]:
            votes[sort] = votes.get(sort, 0) + len(headings) / 3
    if not votes:
        return ("project" if kind == "actor" else "body"), 0.4
    sort, count = max(votes.items(), key=lambda vote: vote[1])
    return sort, min(0.9, 0.5 + 0.4 * count / len(headings))


def _are_explained(at: int, table: RawTable, legend: Mapping[str, str]) -> bool:
    """Whether a column under a name holds nothing but signs that are marks or that the legend explains."""
    if any(sure > 0.9 for _, sure, _ in understood(table.headings[at].text)):
        return False
    texts = [row.cells[at].text.strip(" ()") for row in table.rows if row.cells[at].text]
    signs = [text for text in texts if len(text) <= _SIGN and (text in legend or is_mark(text) or is_unknown(text))]
    return len(signs) == len(texts) and any(text in legend for text in texts)


def _is_among_bodies(at: int, table: RawTable, profiles: Sequence[Profile]) -> bool:
    """Whether a column of yes and no stands in a run of such columns of which most are called like bodies."""
    first = last = at
    while first > 0 and profiles[first - 1].share("yes") >= 0.9:
        first -= 1
    while last + 1 < len(profiles) and profiles[last + 1].share("yes") >= 0.9:
        last += 1
    named = sum(has_head(one.text) or called_like_body(one.text) for one in table.headings[first : last + 1])
    return named * 2 >= last - first + 1 > 1


def _votes(headings: list[Heading], known: Mapping[str, frozenset[str]]) -> dict[str, float]:
    votes: dict[str, float] = {}
    for heading in headings:
        if sort := _sort_of(heading.text, known):
            votes[sort] = votes.get(sort, 0) + 1
    return votes


def _names_rows(table: RawTable, headings: list[Heading], known: Mapping[str, frozenset[str]]) -> bool:
    """Whether a heading is the name of a row, or of a body that is known."""
    names = {cell.text.casefold() for row in table.rows for cell in row.cells if len(cell.text) > _LONGEST}
    return any(heading.text.casefold() in names | known.get("actor", frozenset()) for heading in headings)


def _tells_roles(table: RawTable, headings: list[Heading], legend: Mapping[str, str]) -> bool:
    """Whether the marks below headings are not only crosses but say who carries and who pays."""
    columns = [at for at, heading in enumerate(table.headings) if heading in headings]
    marks = {row.cells[at].text.strip(" ()") for row in table.rows for at in columns}
    return any(mark.upper() in ROLES or role_in(mark) or role_in(legend.get(mark, "")) for mark in marks if mark)


def _explains_carriers(table: RawTable, columns: list[int], legend: Mapping[str, str]) -> bool:
    """Whether the legend says of marks that they stand for who carries or pays: networks have members only."""
    marks = {row.cells[at].text.strip(" ()") for row in table.rows for at in columns}
    return any(role_in(legend.get(mark, "") or mark) in ("traeger", "foerderer") for mark in marks)


def _beyond_corner(text: str) -> str:
    pieces = parts(text.replace("\\", "/").replace("×", "/"))
    return pieces[1] if len(pieces) == 2 else ""


def _sort_of(text: str, known: Mapping[str, frozenset[str]]) -> str:
    name = text.casefold()
    if NETWORK.search(text) and name not in known.get("project", ()):
        return "network"
    for type_name, sort in (
        ("handlungsfeld", "field"),
        ("network", "network"),
        ("project", "project"),
        ("place", "place"),
        ("actor", "body"),
    ):
        if name in known.get(type_name, ()):
            return sort
    if _FIELD.fullmatch(text):
        return "field"
    for scheme in ("target-group", "resource"):
        if any(
            name in (choice.label["de"].casefold(), *map(str.casefold, choice.alternatives))
            for choice in concepts(scheme)
        ):
            return scheme
    return "body" if called_like_body(text) else ""


def meant(mark: str, legend: Mapping[str, str]) -> str:
    """What the legend says a mark stands for, if it is no role; "" if it says nothing, or as much as a cross does."""
    long = legend.get(mark.strip(" ()"), "") if len(mark) <= _LONGEST else ""
    return "" if _MEMBER.search(long) or role_in(long) else long


def denies(mark: str, legend: Mapping[str, str]) -> bool:
    """Whether a mark says that there is no link, by the legend."""
    return len(mark) <= _LONGEST and bool(_NONE.match(legend.get(mark.strip(" ()"), "")))


def role_letters(legend: Mapping[str, str]) -> dict[str, str]:
    """The letters that a legend gives a role, with the word for that role."""
    found = {short: role_in(long) for short, long in legend.items() if len(short) <= _LONGEST}
    return {short: concept("role", role).label["de"] for short, role in found.items() if role in _known_roles()}


@cache
def _known_roles() -> frozenset[str]:
    return frozenset(choice.slug for choice in concepts("role"))


def read_mark(mark: str, heading: str, letters: Mapping[str, str], legend: Mapping[str, str]) -> str:
    """What a marked cell says: its heading, with the role (or what else its letter stands for) in brackets."""
    letter = mark.strip(" ()")
    own = "" if letter in legend else ROLES.get(letter.upper(), "")
    role = letters.get(letter) or meant(mark, legend) or own or (letter if role_in(letter) else "")
    return f"{heading} ({role})" if role else heading
