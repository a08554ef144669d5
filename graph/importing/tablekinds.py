"""What a table is about: how well its columns fit each kind."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graph.importing.columnplans import Why
from graph.importing.headings import Sense, key_headings, normal, parts, tight, understood
from graph.importing.passages import role_of
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.columnplans import ColumnPlan
    from graph.importing.profiles import Profile
    from graph.importing.regions import Heading, RawTable

NAMED: Final = ("project", "actor", "network", "event", "programme", "place", "handlungsfeld", "round")
"""Kinds whose rows bear a name."""

KINDS: Final = (*NAMED, "statement", "involvement", "funding", "membership", "tie", "source", "note")
NOTHING: Final = 0.8
"""A score that means no more than a chance likeness."""

_ENDS: Final = {
    "involvement": (
        ("involvement.project_or_event", "project.name", "event.name"),
        ("involvement.actor", "actor.name"),
        ("involvement.role",),
    ),
    "funding": (("funding.project",), ("funding.programme", "funding.payer")),
    "membership": (("membership.member",), ("membership.network",)),
    "tie": (("tie.from_actor",), ("tie.to_actor",)),
    "statement": (
        ("statement.description",),
        ("statement.handlungsfeld", "statement.type"),
        ("statement.round", "statement.type"),
    ),
    "source": (("source.title",), ("source.url",)),
    "note": (("note.about",), ("note.description",)),
}
"""What a table of links must have: one of each."""

_WEIGHTS: Final = {
    "note": 0.1,
    "source": 0.2,
    "last_confirmed": 0.2,
    "description": 0.4,
    "other_names": 0.6,
    "type": 0.4,
}
_TELLING: Final = {
    "funding.amount": 1.6,
    "tie.kind": 2.0,
    "tie.strength": 2.0,
    "tie.state": 2.0,
    **dict.fromkeys(
        (f"actor.{name}" for name in ("address", "street", "postcode", "website", "kind", "offers", "seeks")), 0.9
    ),
}
"""What tables of other kinds hardly have."""


def preference(sense: Sense, known: str) -> float:
    """What makes one reading of a heading likelier than another of the same likeness, −0.12 to 0.01.

    A word that is a role ("Träger") names the rows only if nothing better does; a body without a role comes after those
    with one.
    """
    kind, _, name = sense.meaning.partition(".")
    if name == "name" and kind in ("actor", "network", "project", "event", "programme", "place"):
        return 0.01 if known in key_headings(kind) or known in _GENERIC else -0.12
    if sense.meaning == "link:":
        return -0.02
    if kind == "involvement" and known in _GENERIC:
        return -0.12
    return 0.0


_GENERIC: Final = frozenset({"name", "titel", "bezeichnung"})


def score(kind: str, table: RawTable, columns: Sequence[ColumnPlan], profiles: Sequence[Profile]) -> float:
    """How well a table fits a kind: the weights of what its columns would mean, by how sure that is."""
    meanings = {plan.meaning for plan in columns}
    if not all(meanings & set(choices) for choices in _ENDS.get(kind, ())):
        return 0.0
    total = sum(_weight(kind, at, plan, columns) * plan.confidence for at, plan in enumerate(columns))
    if kind in NAMED and f"{kind}.name" not in meanings:
        total *= 0.3
    if kind == "membership":
        at = next(at for at, plan in enumerate(columns) if plan.meaning == "membership.network")
        total += 0.5 if profiles[at].distinct < 0.8 and profiles[at].count else -0.5
    named = next((at for at, plan in enumerate(columns) if plan.meaning == f"{kind}.name"), None)
    if kind == "project" and any(column.share("of projects") >= 0.5 for column in profiles):
        total += 0.8
    if kind == "project" and sum(_speaks_of_projects(heading.text) for heading in table.headings) > 0:
        total += 0.3
    if kind == "actor" and _begins_with_projects(columns):
        total -= 1.0
    return (
        total
        + _hint(kind, table)
        + (_look(kind, profiles[named], is_joint=bool(columns[named].rest)) if named is not None else 0.0)
    )


def _speaks_of_projects(heading: str) -> bool:
    """Whether a heading says that what stands below is a project's: "Projektlaufzeit"; not "Projekte" of bodies."""
    words = normal(heading).split()
    return any(word.startswith(_OF_PROJECTS) and len(word) > _BARE_WORD for word in words)


_OF_PROJECTS: Final = ("projekt", "massnahmen", "vorhaben", "foerderzeit", "umsetzung")
_BARE_WORD: Final = len("massnahmen")


def _begins_with_projects(columns: Sequence[ColumnPlan]) -> bool:
    """Whether the first column that says anything names one project in each row, under a heading that says so."""
    first = next((plan for plan in columns if plan.meaning != "ignore"), None)
    if first is None or first.meaning != "link:in" or tight(first.heading.text) == "projekte":
        return False
    return any(sense.meaning == "project.name" and sure > _SAID for sense, sure, _ in understood(first.heading.text))


_SAID: Final = 0.85


def _look(kind: str, names: Profile, *, is_joint: bool) -> float:
    """What the names themselves say of a kind, −2.5 to 0.5: a cell that names a row names one thing.

    Args:
        kind: of the rows.
        names: what stands in the column of names.
        is_joint: its heading says that something else stands there as well.
    """
    several = 0.0 if is_joint else names.share("several")
    match kind:
        case "actor":
            return 0.5 * (names.share("body") - names.share("network")) - 2 * several
        case "network":
            same = 2.5 if names.count > 1 and names.distinct <= 0.5 else 0.0  # rows are members, then
            return 0.5 * (names.share("network") - names.share("body")) - several - same
        case "project" | "event" | "programme":
            return -0.5 * names.share("body") - (0.0 if is_joint else 3 * names.share("titles"))
    return 0.0


def _weight(  # noqa: PLR0911  # one return for each sort of column
    kind: str, at: int, plan: ColumnPlan, columns: Sequence[ColumnPlan]
) -> float:
    type_name, _, name = plan.meaning.rpartition(".")
    if not plan.understood or plan.meaning in ("note", "ignore"):
        return 0.0
    if plan.meaning == f"{kind}.name":
        return _name_weight(kind, at, plan, columns)
    if any(plan.meaning in choices for choices in _ENDS.get(kind, ())):
        return 2.6 if plan.meaning == "involvement.role" else 1.7
    if type_name == "contact":
        return 0.5 if kind == "actor" else 0.2
    if kind in ("project", "event") and plan.meaning == "link:mitglied_von" and plan.why.kind == "marks":
        return 0.3  # bodies sit in networks
    if kind == "event" and plan.meaning in ("project.amount", "project.fund", "link:foerderer"):
        return 0.2  # money is given to projects
    if kind == "actor" and name in ("start", "end", "period"):
        return 0.4  # what bodies do has its time
    if plan.meaning in ("link:veranstalter", "link:teilnahme"):
        return 1.0 if kind == "event" else 0.6
    return _TELLING.get(plan.meaning) or _WEIGHTS.get(name, 1.0 if plan.meaning.startswith("link:") else 0.8)


def _name_weight(kind: str, at: int, plan: ColumnPlan, columns: Sequence[ColumnPlan]) -> float:
    """A heading that names entries of this kind only says most; one that is a role or stands far right says least."""
    first = next((index for index, other in enumerate(columns) if other.meaning != "ignore"), 0)
    if plan.why.kind == "position":
        is_other = kind == "actor" and any(  # "Was?" names no body
            sense.meaning in ("project.name", "event.name") and sure > _SAID
            for sense, sure, _ in understood(plan.heading.text)
        )
        return 0.6 if is_other or at != first or kind not in ("project", "actor", "event") else 1.6
    known = {plan.why.detail, tight(plan.heading.text)}
    if not known & key_headings(kind) and plan.why.kind != "parts":
        return 1.6 if plan.why.detail in _GENERIC else 1.4
    if at != first and tight(plan.heading.text) == tight(
        entity_types()["actor" if kind == "network" else kind].plural_label["de"]
    ):
        return 1.6  # "Projekte" beside other rows' names: several in a cell
    if kind in ("place", "handlungsfeld", "programme", "round"):
        return 2.4 if at == first else 1.2
    return 3.0 if at == first else 2.8


def _hint(kind: str, table: RawTable) -> float:
    """What the names of sheet, title and file say of a kind."""
    named = entity_types()["actor" if kind == "network" else kind]
    words = {tight(label) for label in (named.plural_label["de"], named.plural_label["en"], named.plural)} | {kind}
    words |= _HINTS.get(kind, frozenset())
    words -= {"orte", "place", "note", "runde"} if kind != "place" else set()
    places = ((table.sheet, 0.6), (table.title, 0.35), (table.file.rpartition(".")[0], 0.45))
    return max((weight for text, weight in places if any(word in tight(text) for word in words)), default=0.0)


_HINTS: Final = {
    "network": frozenset({"netzwerke", "gremien", "networks"}),
    "actor": frozenset({"einrichtung", "traegerliste", "institution"}),
    "project": frozenset({"massnahme", "projekt", "vorhaben"}),
    "event": frozenset({"termine", "veranstaltung", "kalender"}),
}
"""Words in the names of sheets and files, besides the names of the kinds."""


def settled(kind: str, columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """The columns once the kind is sure: bodies have roles, one amount is the amount, a town is no place."""
    paid = _with_sources(_without_addresses(kind, columns), profiles)
    told = _with_givers(_of_carriers(kind, _with_roles(kind, paid, profiles)))
    return _without_towns(_one_amount(told), profiles)


def _with_roles(kind: str, columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """Bodies of no named role carry the project (host the event) if nobody else does, else are partners.

    Several in a cell, under a heading in the plural, are partners as well, unless those have a column of their own.
    """
    meanings = [plan.meaning for plan in columns]
    has_traeger = "link:traeger" in meanings or "link:veranstalter" in meanings
    found = []
    for plan, column in zip(columns, profiles, strict=True):
        if plan.meaning == "link:":
            is_plural = tight(plan.heading.text).endswith(("e", "en"))
            are_partners = is_plural and ("link:partner" not in meanings or column.share("several") > 0.5)
            role = "partner" if has_traeger or are_partners else "traeger" if kind == "project" else "veranstalter"
            has_traeger |= role != "partner"
            found.append(replace(plan, meaning=f"link:{role}", confidence=min(plan.confidence, 0.75)))
        else:
            found.append(replace(plan, rest="link:partner") if plan.rest == "link:" else plan)
    return tuple(found)


def _of_carriers(kind: str, columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Bodies that are headed "Träger" (or "Förderer") carry (or fund) what "Projekte" beside them names."""
    named = next((plan.heading.text for plan in columns if plan.meaning == f"{kind}.name"), "")
    meaning = {"traeger": "link:traeger_von", "foerderer": "link:foerderer_von"}.get(role_of(named) or "", "")
    if kind != "actor" or not meaning:
        return columns
    return tuple(
        replace(plan, meaning=meaning, confidence=min(plan.confidence, 0.8))
        if plan.meaning == "link:in" and plan.why.kind == "heading" and plan.why.detail in key_headings("project")
        else plan
        for plan in columns
    )


def _with_givers(columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Who supports, beside those who work along and where nobody else pays, gives money."""
    pays = any(plan.meaning in ("link:foerderer", "project.fund", "funding.payer") for plan in columns)
    helps = [plan.meaning == "link:partner" and tight(plan.heading.text).startswith("unterstuetz") for plan in columns]
    works = any(plan.meaning == "link:partner" and not one for plan, one in zip(columns, helps, strict=True))
    if pays or not works:
        return columns
    return tuple(
        replace(plan, meaning="link:foerderer", confidence=min(plan.confidence, 0.75))
        if one and plan.why.kind != "mapping"
        else plan
        for plan, one in zip(columns, helps, strict=True)
    )


def _with_sources(columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """A source with an amount right of it ("Quelle 1 | Betrag 1") is one of money."""
    found = list(columns)
    for at, (plan, after) in enumerate(pairwise(columns)):
        is_paid = after.meaning in ("project.amount", "funding.amount") and not profiles[at].share("url")
        if plan.meaning == "project.source" and is_paid and plan.why.kind != "mapping":
            found[at] = replace(plan, meaning="link:foerderer", confidence=min(plan.confidence, 0.75))
    return tuple(found)


def _is_address_of_body(kind: str, heading: Heading) -> bool:
    """Whether a heading asks where a body of the row is: "Träger | Straße", "ZE_ORT"."""
    if len(parts(heading.text)) > 1:
        return False
    *before, last = normal(heading.text).split() or [""]
    whose = " ".join(before) or heading.group
    return last in _ADDRESS and any(
        sense.kind == kind and sure > 0.9 and sense.meaning in _OF_BODIES for sense, sure, _ in understood(whose)[:3]
    )


_ADDRESS: Final = frozenset({"ort", "plz", "strasse", "adresse", "anschrift", "hausnummer", "sitz", "postleitzahl"})
_OF_BODIES: Final = frozenset({"link:", "link:traeger", "link:partner", "link:foerderer", "link:veranstalter"})


def _without_addresses(kind: str, columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Where the bodies of a project are is not where the project is."""
    if kind not in ("project", "event"):
        return columns
    return tuple(
        replace(plan, meaning="note")
        if (plan.meaning.startswith("link:") or plan.meaning.endswith((".place", ".places")))
        and plan.why.kind != "mapping"
        and _is_address_of_body(kind, plan.heading)
        else plan
        for plan in columns
    )


_AMOUNTS: Final = ("foerder", "bewillig", "zuwend", "zuschuss", "gesamt", "summe", "total", "betrag")
"""What the heading of the amount that was paid contains, the surest first."""


def _one_amount(columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Of several amounts (asked for, granted, in all) the one that was granted, or the sum; the others are notes.

    Amounts year by year without a sum are all notes: none of them is the amount.
    """
    amounts = [at for at, plan in enumerate(columns) if plan.meaning in ("project.amount", "funding.amount")]
    if len(amounts) < 2:
        return columns

    headings = [tight(columns[at].heading.text) for at in amounts]
    by_year = len({re.sub("(?:19|20)[0-9][0-9]", "", heading) for heading in headings}) == 1
    best = (
        None
        if by_year
        else min(amounts, key=lambda at: (columns[at].why.kind == "values", _rank(tight(columns[at].heading.text))))
    )
    return tuple(
        replace(plan, meaning="note") if at in amounts and at != best else plan for at, plan in enumerate(columns)
    )


def _rank(heading: str) -> int:
    if heading.startswith("davon"):
        return len(_AMOUNTS) + 1
    return next((place for place, word in enumerate(_AMOUNTS) if word in heading), len(_AMOUNTS))


def _without_towns(columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """The "Ort" of an address is a town, which its postcode says already."""
    addressed = any(plan.meaning.endswith((".postcode", ".street", ".address")) for plan in columns)
    return tuple(
        replace(plan, meaning="ignore", why=Why("town"))
        if addressed and plan.meaning.endswith(".place") and tight(plan.heading.text) in _TOWNS and _few(profile)
        else plan
        for plan, profile in zip(columns, profiles, strict=True)
    )


def _few(column: Profile) -> bool:
    return column.distinct <= 0.5 or column.count <= 3


_TOWNS: Final = frozenset({"ort", "stadt", "gemeinde", "wohnort"})
