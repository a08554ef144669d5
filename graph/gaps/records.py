"""The plain records the search for missing partnerships starts from, read once per data version."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - the rows of a query are filled by looking at these types
from functools import cached_property

PARTNERSHIP_ROLES = frozenset({"traeger", "partner", "ort"})
"""Roles that make two actors of one project partners; funders and commissioners sit everywhere and say nothing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One body of the Quartier.

    Attributes:
        klass: local name of its class: Actor, Agency or Network.
        hub: qm, senat, bezirk, bund, agency (any other) or funder if it is one of those, else "".
        sector: slug of its sector, "" if unknown.
        parents: IRIs of the bodies it belongs to.
        callings: IRIs of its kind and sector.
    """

    iri: str
    slug: str
    label: str
    klass: str = "Actor"
    hub: str = ""
    sector: str = ""
    parents: tuple[str, ...] = ()
    place: str = ""
    callings: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """One project with the words it is described in."""

    iri: str
    slug: str
    label: str
    text: str = ""
    start: date | None = None
    end: date | None = None
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One gathering; bodies are no events but memberships."""

    iri: str
    slug: str
    label: str
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its shape; an area (polygon) is no place where people meet."""

    iri: str
    label: str
    wkt: str = ""

    @property
    def is_area(self) -> bool:
        """Whether the place is drawn as an area."""
        return "POLYGON" in self.wkt.upper()


@dataclass(frozen=True, slots=True)
class Field:
    """A Handlungsfeld of one round; `start` is the day its round begins."""

    iri: str
    slug: str
    label: str
    round: str = ""
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What a concept document states: a need, goal, focus or measure.

    Attributes:
        kind: Need, Goal, Focus or Measure.
        round: slug of the round, "" if none is named; `start` is the day that round begins.
        field, place: IRIs, "" where none is named.
    """

    iri: str
    slug: str
    kind: str
    text: str
    round: str = ""
    field: str = ""
    place: str = ""
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """Something an actor or project has (or a field is matched with).

    Attributes:
        entry: IRI of who has it.
        kind: field, place, target, offers, seeks or match.
        value: IRI of what it has.
    """

    entry: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Involvement:
    """An actor in a project or event."""

    iri: str
    actor: str
    subject: str
    role: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor in a network or body."""

    iri: str
    member: str
    network: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A declared relation of two actors."""

    iri: str
    first: str
    second: str
    kind: str
    state: str = "asserted"
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """Money of an actor for a project."""

    iri: str
    project: str
    payer: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was read; `url` is "" for what has no address."""

    iri: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Records:
    """All records, sorted by IRI so that no ranking can depend on the order of rows.

    Attributes:
        sources: sources of each statement or entry that has any, by its IRI.
        words: label of each concept in German and English, by its IRI.
    """

    actors: tuple[Actor, ...] = ()
    projects: tuple[Project, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    fields: tuple[Field, ...] = ()
    demands: tuple[Demand, ...] = ()
    traits: tuple[Trait, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    memberships: tuple[Membership, ...] = ()
    ties: tuple[Tie, ...] = ()
    fundings: tuple[Funding, ...] = ()
    sources: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def taking_part(self) -> dict[str, list[Involvement]]:
        """Project or event → who is in it, in the order of the records."""
        found: defaultdict[str, list[Involvement]] = defaultdict(list)
        for item in self.involvements:
            found[item.subject].append(item)
        return dict(found)

    @cached_property
    def payers(self) -> dict[str, set[str]]:
        """Project → who pays for it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for funding in self.fundings:
            found[funding.project].add(funding.payer)
        return dict(found)

    @cached_property
    def traits_of(self) -> dict[str, list[Trait]]:
        """Entry → what it has."""
        found: defaultdict[str, list[Trait]] = defaultdict(list)
        for trait in self.traits:
            found[trait.entry].append(trait)
        return dict(found)
