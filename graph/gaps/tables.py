"""What can have a table at which somebody is missing: a project, a gathering, a need or measure of the IHEK."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.gaps.gap import Ref, Text
from graph.gaps.records import PARTNERSHIP_ROLES, Demand, Event, Project
from ontology.concepts import concepts

if TYPE_CHECKING:
    from graph.gaps.records import Records

Subject = Project | Event | Demand

LONGEST = 90
"""Letters of a statement that stand for its name."""

CARRIERS = {"project": "traeger", "event": "veranstalter"}
"""Role of those whose table it is."""

CALLED = {
    "project": Text("des Projekts", "the project"),
    "event": Text("der Veranstaltung", "the gathering"),
    "Need": Text("des Bedarfs", "the need"),
    "Goal": Text("des Ziels", "the goal"),
    "Focus": Text("des Schwerpunkts", "the focus"),
    "Measure": Text("der Maßnahme", "the measure"),
}


@dataclass(frozen=True)
class Table:
    """A table as one asks for it: whose it is, what it is about, where, for whom.

    Attributes:
        ref: the entry.
        words: all that is written about it.
        called: how sentences speak of it, in the genitive.
        traeger: IRIs of those who carry or host it (of all partners where none is named); () for a statement.
        seated: IRIs of all who take part in any role.
        traits: (kind, IRI) of its fields, places and target groups.
    """

    ref: Ref
    words: str
    called: Text
    traeger: tuple[str, ...]
    seated: frozenset[str]
    traits: frozenset[tuple[str, str]]

    @property
    def iri(self) -> str:
        """The IRI of the entry."""
        return self.ref.iri

    @classmethod
    def of(cls, records: Records, subject: Subject) -> Table:
        """The table of a project, a gathering or a statement as the records have it."""
        if isinstance(subject, Demand):
            return cls(_ref(subject), subject.text, CALLED[subject.kind], (), frozenset(), _stated(subject))
        kind = "event" if isinstance(subject, Event) else "project"
        at = records.taking_part.get(subject.iri, [])
        carriers = {item.actor for item in at if item.role == CARRIERS[kind]}
        partners = {item.actor for item in at if item.role in PARTNERSHIP_ROLES}
        traits = frozenset((trait.kind, trait.value) for trait in records.traits_of.get(subject.iri, ()))
        seated = frozenset(item.actor for item in at) | records.payers.get(subject.iri, set())
        words = f"{subject.label} {subject.text}" if isinstance(subject, Project) else subject.label
        return cls(_ref(subject), words, CALLED[kind], tuple(sorted(carriers or partners)), seated, traits)

    def named(self, kind: str) -> tuple[str, ...]:
        """IRIs of its attributes of one kind, sorted."""
        return tuple(sorted(value for name, value in self.traits if name == kind))


def _ref(subject: Subject) -> Ref:
    if isinstance(subject, Demand):
        return Ref(subject.iri, called(subject), subject.slug, "statement")
    return Ref(subject.iri, subject.label, subject.slug, "event" if isinstance(subject, Event) else "project")


def called(demand: Demand) -> str:
    """The first words of a statement, as its name."""
    return demand.text if len(demand.text) <= LONGEST else demand.text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _stated(demand: Demand) -> frozenset[tuple[str, str]]:
    """The field and place of a statement, and the target groups its text speaks of."""
    found = {("field", demand.field), ("place", demand.place)}
    found |= {("target", group.iri) for group in concepts("target-group") if group.is_spoken_of(demand.text)}
    return frozenset(pair for pair in found if pair[1])
