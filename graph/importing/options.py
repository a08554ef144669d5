"""What a single column may mean: by its heading, by the parts of its heading, by its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.importing import mending, tablekinds
from graph.importing.amounts import is_foreign
from graph.importing.columnplans import ColumnPlan, Why
from graph.importing.fits import fit, guesses
from graph.importing.headings import (
    BRACKETS,
    LONGEST,
    RUNNING,
    Sense,
    normal,
    parts,
    says_number,
    tight,
    understood,
    unit,
)
from graph.importing.passages import role_in, role_of
from graph.importing.synonyms import GENERIC

if TYPE_CHECKING:
    from graph.importing.profiles import Profile
    from graph.importing.regions import Heading

LEAST: Final = 0.45
"""How sure one must be of a meaning to use it; what is less sure is kept as a note and listed."""

_PLANNED: Final = re.compile(r"(?i)\bgeplant|\bplan\b|\bsoll\b|\bvoraussichtlich|\bvsl\b")
_WISHED: Final = re.compile(r"(?i)gewünscht|wunsch|wünsche|gesucht|künftig|potenziell|potentiell|mögliche|angefragt")
"""In headings over bodies that are not linked yet."""
_ABSENT: Final = re.compile(
    r"(?:^|un)entschuldigt|^abwesen|^abgesagt|^verhindert|^nicht (?:dabei|anwesend|erschienen)|^fehl(?:t|te|en|ende)\b"
)
"""In headings over bodies that were not there."""
_PLACES: Final = frozenset({"street", "postcode", "place", "address", "places"})
_SOME: Final = 3
"""Cells from which a column is taken to be of one sort, not of one slip."""
_FIRST_NAMED: Final = re.compile(
    r"(?i)\((?P<role>[^()]*?)\s*(?:wird\s+|ist\s+|steht\s+|je\s+)?(?:zuerst|als erste\w*|an erster stelle)\b[^()]*\)"
)
"""In a heading over several bodies: what part the first of them has."""
_TIMES: Final = frozenset({"start", "end", "period"})


def options(kind: str, heading: Heading, column: Profile) -> list[ColumnPlan]:
    """What a column may mean, by its heading and by its cells, surest first; nothing below `LEAST`."""
    if heading.text in mending.WRONG.values():
        return [ColumnPlan(heading, heading.ref, "ignore", 1.0, Why("heading", heading.text))]
    if (tight(heading.text) in RUNNING and not column.share("body")) or (column.running and not normal(heading.text)):
        return [ColumnPlan(heading, heading.ref, "ignore", 0.95, Why("numbers"))]
    if heading.group and any(
        one.meaning.startswith("contact.") and sure > 0.9 for one, sure, _ in understood(heading.group)
    ):
        return [ColumnPlan(heading, heading.ref, "contact.name", 0.95, Why("heading", heading.group))]
    if says_number(heading.text) and column.share("code") >= 0.9:
        return [ColumnPlan(heading, heading.ref, "ignore", 0.9, Why("numbers"))] if column.distinct == 1 else []
    if _ABSENT.search(normal(heading.text)) or column.share("clock") >= 0.5 or _is_in_other_money(heading, column):
        return [ColumnPlan(heading, heading.ref, "note", 0.9, Why("heading", heading.text))]
    money = unit(f"{heading.text} {heading.group}")
    read = [*_compound(kind, heading), *_simple(kind, heading)]
    found = [
        ColumnPlan(heading, heading.ref, meaning, sure * fit(meaning, column), why, rest, money)
        for meaning, sure, why, rest in read
    ]
    in_group = [] if _names_bodies(column) or column.share("nominal") < _MOSTLY else _in_group(kind, heading, found)
    found += _by_place(kind, heading, found) if _names_bodies(column) else in_group
    told = 1.0 if not normal(heading.text) else 0.75 if understood(heading.text) else 0.9
    by_values = [
        ColumnPlan(
            heading,
            heading.ref,
            meaning,
            sure * told,
            Why("values", look),
            unit=money,
        )
        for meaning, sure, look in guesses(kind, column)
        if meaning != "project.amount" or not normal(heading.text) or column.share("priced") >= 0.5
    ]
    if any(plan.confidence >= 0.7 for plan in found):
        by_values = [plan for plan in by_values if plan.meaning.rpartition(".")[2] not in _TIMES]
    if any(
        plan.meaning.startswith("link:") and plan.why.kind == "heading" and plan.confidence >= LEAST for plan in found
    ):
        by_values = [plan for plan in by_values if plan.meaning != "link:"]  # bodies, of the role the heading says
    if in_group:  # "Partner | Wirtschaft": firms are called like people
        by_values = [plan for plan in by_values if plan.why.detail != "person"]
    personal = [plan for plan in by_values if plan.meaning.startswith("contact.") and plan.confidence > 0.6]
    return sorted(
        (plan for plan in [*personal, *found, *by_values] if plan.confidence >= LEAST),
        key=lambda plan: -plan.confidence,
    )


def _names_bodies(column: Profile) -> bool:
    """Whether many of the cells name bodies, none says whom to call, and they are longer than legal forms."""
    bodies = max(column.share(look) for look in ("body", "names", "known:actor"))
    people = max(column.share(look) for look in ("addressed", "person"))
    return bodies >= max(_MANY, people) and column.length > _FORM and not column.share("mail") + column.share("phone")


def _by_place(kind: str, heading: Heading, found: list[ColumnPlan]) -> list[ColumnPlan]:
    """What bodies are by where they stand: below a heading over several columns, or where a network's people do.

    "Mitwirkende | Vereine, Wirtschaft" are partners all; a body that has the chair of a network is a member of it.
    """
    if kind == "network" and any(plan.meaning.startswith("contact.") for plan in found):
        return [ColumnPlan(heading, heading.ref, "link:mitglied", _BY_PLACE, Why("values", "body"))]
    return _in_group(kind, heading, found)


def _in_group(kind: str, heading: Heading, found: list[ColumnPlan]) -> list[ColumnPlan]:
    """What a column is below the heading over several, if its own says nothing."""
    if found or not heading.group:
        return []
    above = next((one for one in understood(heading.group) if one[0].kind == kind), None)
    if above is None or not above[0].meaning.startswith("link:"):
        return []
    return [ColumnPlan(heading, heading.ref, above[0].meaning, _BY_PLACE, Why("similar", above[2]))]


_MANY: Final = 0.3
_MOSTLY: Final = 0.9
_FORM: Final = len("gGmbH i.L.")
"""Characters of a legal form."""
_BY_PLACE: Final = 0.7


def _is_in_other_money(heading: Heading, column: Profile) -> bool:
    """Whether a column holds sums that are no euro: they are kept as they are written, with their heading."""
    is_said = is_foreign(f"{heading.text} {heading.group}") and column.share("amount") >= 0.5
    return is_said or (column.share("foreign") >= 0.5 and column.count >= _SOME)


def _simple(kind: str, heading: Heading) -> list[tuple[str, float, Why, str]]:
    found: list[tuple[str, float, Why, str]] = []
    for sense, sure, known in understood(heading.text, heading.group):
        if sense.kind == kind:
            exact = known in (tight(heading.text), tight(heading.group + heading.text))
            planned = 0.02 if _PLANNED.search(heading.text) else 0.0
            surer = sure + tablekinds.preference(sense, known) - planned
            is_wish = sense.meaning.startswith("link:") and _WISHED.search(heading.text)
            meaning = f"{kind}.note" if is_wish else sense.meaning
            found.append((meaning, min(surer, 1.0), Why("heading" if exact else "similar", known), ""))
    if heading.group and tight(heading.text) in GENERIC and any(one[0].startswith("link:") for one in found):
        return [one for one in found if not one[0].startswith("contact.")]  # "Partner | Name": a body's
    return found


def _compound(  # noqa: PLR0911  # one return for each sort of compound
    kind: str, heading: Heading
) -> list[tuple[str, float, Why, str]]:
    """What a heading means that joins several: both ends of a period, an address, one thing after another."""
    pieces = parts(heading.text)
    if len(pieces) == 1 and (bracketed := _bracketed(kind, heading)):
        return bracketed
    whole = max((sure for _, sure, _ in understood(heading.text)), default=0.0)
    if not 2 <= len(pieces) <= 4 or whole > 0.97:
        return []
    found = [_best(kind, piece) for piece in pieces]
    meanings = [sense.meaning for sense, _ in found if sense]
    sure = min((sureness for sense, sureness in found if sense), default=0.0)
    why = Why("parts", " + ".join(pieces))
    parts_of_role = [role_of(piece) for piece in pieces]  # "Leitung / Träger": a body's part, no person
    if any(meaning.startswith("contact.") for meaning in meanings) and not all(parts_of_role):
        return [(next(meaning for meaning in meanings if meaning.startswith("contact.")), 0.95, why, "")]
    if not meanings:
        return []
    if all(parts_of_role):
        meanings = [meaning for meaning in meanings if not meaning.startswith("contact.")] or meanings
    names = [meaning.rpartition(".")[2] for meaning in meanings]
    if set(meanings) == {"link:in", "actor.offers"}:  # "Angebote und Projekte": which is which, no cell says
        return [("link:in", max(sure, 0.9), why, "")]
    if len(meanings) == len(pieces) and set(names) <= _TIMES:
        return [(f"{kind}.period", max(sure, 0.97), why, "")]
    if len(meanings) == len(pieces) and set(names) <= _PLACES and kind in ("actor", "network", "place"):
        return [(f"{kind}.address", max(sure, 0.97), why, "")]
    rest = next((meaning for meaning in meanings[1:] if meaning != meanings[0]), "")
    if _is_one_part(parts_of_role):
        rest = ""
    complete = 1.0 if len(meanings) == len(pieces) else 0.85
    return [(meanings[0], sure * complete * (0.97 if found[0][0] else 0.8), why, rest)]


_OF_ROWS: Final = {"traeger": "link:traeger_von", "foerderer": "link:foerderer_von"}
"""What projects are to bodies that have that part in them: "Projekte (Träger)"."""


def _is_one_part(roles: list[str | None]) -> bool:
    """Whether words for roles say the same: "Kooperation / Vernetzung", "Träger / Veranstalter"."""
    return None not in roles and (len(set(roles)) == 1 or set(roles) == {"traeger", "veranstalter"})


def _bracketed(kind: str, heading: Heading) -> list[tuple[str, float, Why, str]]:
    """What a heading means whose bracket says what stands in the brackets below: "Projekt (Träger)"."""
    first = _FIRST_NAMED.search(heading.text) if kind in ("project", "event") else None
    if first and (role := role_in(first["role"])):
        return [(f"link:{role}", 0.97, Why("parts", heading.text), "link:partner")]
    inside = [one or other for one, other in BRACKETS.findall(heading.text[:LONGEST])]
    outer, inner = _best(kind, heading.text), _best(kind, inside[0]) if len(inside) == 1 else (None, 0.0)
    if (
        kind == "actor"
        and outer[0]
        and outer[0].meaning == "link:in"
        and len(inside) == 1
        and (part := role_of(inside[0]))
    ):
        return [(_OF_ROWS.get(part, "link:in"), outer[1], Why("parts", heading.text), "")]
    if not outer[0] or not inner[0] or inner[1] < 0.9 or not inner[0].meaning.startswith("link:"):
        return []
    return [(outer[0].meaning, outer[1], Why("parts", heading.text), inner[0].meaning)] if _names(outer[0]) else []


def _names(sense: Sense) -> bool:
    return sense.meaning.endswith(".name")


def _best(kind: str, piece: str) -> tuple[Sense | None, float]:
    ranked = [
        (sure + tablekinds.preference(sense, known), sense)
        for sense, sure, known in understood(piece)
        if sense.kind == kind
    ]
    if not ranked:
        return None, 0.0
    sure, sense = max(ranked, key=lambda one: one[0])
    return sense, min(sure, 1.0)
