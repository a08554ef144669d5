"""What a table is about: how well its columns fit each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.importing.headings import Sense, key_headings, normal, tight, understood
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.columnplans import ColumnPlan
    from graph.importing.profiles import Profile
    from graph.importing.regions import RawTable

NAMED: Final = ("project", "actor", "network", "event", "programme", "place", "handlungsfeld", "round")
"""Kinds whose rows bear a name."""

KINDS: Final = (*NAMED, "statement", "involvement", "funding", "membership", "tie", "source", "note")
_MARKS: Final = 4
"""How many columns of marks count: a hundred of them say no more of what the rows are than a few."""
OF_BODIES: Final = frozenset({"link:", "link:traeger", "link:partner", "link:foerderer", "link:veranstalter"})
"""What bodies are to a project."""
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
    """What makes one reading of a heading likelier than another of the same likeness, −0.25 to 0.01.

    A word that is a role ("Träger") names the rows only if nothing better does; a body without a role comes after those
    with one.
    """
    kind, _, name = sense.meaning.partition(".")
    if name == "name" and known in _OF_SORTS:
        return -0.25
    if name == "name" and kind in ("actor", "network", "project", "event", "programme", "place"):
        return 0.01 if known in key_headings(kind) or known in _GENERIC else -0.12
    if sense.meaning == "link:":
        return -0.02
    if kind == "involvement" and known in _GENERIC:
        return -0.12
    return 0.0


_OF_SORTS: Final = frozenset({"gruppe", "gruppen"})
"""Over bodies as over the sorts of them: "Gruppe | entsendende Organisation"."""
_GENERIC: Final = frozenset({"name", "titel", "bezeichnung"})


def score(kind: str, table: RawTable, columns: Sequence[ColumnPlan], profiles: Sequence[Profile]) -> float:
    """How well a table fits a kind: the weights of what its columns would mean, by how sure that is."""
    meanings = {plan.meaning for plan in columns}
    if not all(meanings & set(choices) for choices in _ENDS.get(kind, ())):
        return 0.0
    weights = [_weight(kind, at, plan, columns) * plan.confidence for at, plan in enumerate(columns)]
    marks = [weight for weight, plan in zip(weights, columns, strict=True) if plan.why.kind == "marks"]
    total = sum(weights) - sum(marks) * max(0.0, 1 - _MARKS / max(1, len(marks)))
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
    if kind == "project" and named is not None and _names_several(columns, profiles, named):
        total -= 1.5
    if kind == "actor" and (_begins_with_projects(columns) or _lists_projects(columns, profiles)):
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


def _lists_projects(columns: Sequence[ColumnPlan], profiles: Sequence[Profile]) -> bool:
    """Whether each row has a project of its own, under a heading for one, and bodies stand in several rows."""
    bodies = [
        column.distinct < 1 for plan, column in zip(columns, profiles, strict=True) if plan.meaning == "actor.name"
    ]
    own = [
        column.count >= _SOME and column.distinct == 1 and not column.share("several")
        for plan, column in zip(columns, profiles, strict=True)
        if plan.meaning == "link:in"
        and tight(plan.heading.text) in key_headings("project")
        and tight(plan.heading.text) != "projekte"
    ]
    return any(bodies) and len(own) == 1 and all(own)


def _names_several(columns: Sequence[ColumnPlan], profiles: Sequence[Profile], named: int) -> bool:
    """Whether "Projekte" names several in a cell, and each of their carriers has one row: then those are the rows."""
    carriers = [column for plan, column in zip(columns, profiles, strict=True) if plan.meaning == "link:traeger"]
    is_plural = tight(columns[named].heading.text) == tight(entity_types()["project"].plural_label["de"])
    each = len(carriers) == 1 and carriers[0].count >= _SOME and carriers[0].distinct == 1
    return is_plural and each and profiles[named].share("several") >= 0.5


_SOME: Final = 3
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
    if plan.why.kind == "similar" and kind in ("actor", "network") and _is_of_projects(plan.heading.text):
        return 0.8
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


def _is_of_projects(heading: str) -> bool:
    """Whether a heading as it stands names projects or what part bodies play in them.

    "Förderstelle" is like "Stelle" and "Project name" like "Name", but bodies as the rows of a list have neither.
    """
    return any(
        sense.kind == "project" and sense.meaning in (OF_BODIES | {"project.name"}) - {"link:"} and sure > 0.9
        for sense, sure, _ in understood(heading)
    )


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
