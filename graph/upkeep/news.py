"""What is new since a data version: entries, links, facts, endings; and what happened in the world meanwhile."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # `query.rows` reads the type at run time
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from graph import changes, labels, query
from graph.directory import Ref, Row, names
from graph.directory.names import alphabetical
from graph.directory.values import Triple, filled
from graph.upkeep.stock import OVER, Standing, by_label, standings
from ontology.schema import entity_types
from ontology.terms import DCTERMS, GEO, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.directory.names import Names
    from graph.store import Store

LINKS = ("involvement", "membership", "tie", "funding")
"""Entry types that say who has to do with whom."""

LEFT_OUT = ("source", "note", "workspace", "suggestion", "decision")
"""Entry types that come with others, and are told with them."""

_ENDS = {
    "involvement": ("actor", "role", "project_or_event"),
    "membership": ("member", "role", "network"),
    "tie": ("from_actor", "kind", "to_actor"),
    "funding": ("", "", "project"),
}
_PAYERS = ("programme", "payer")
_END_PATHS = {
    field.path[0] for kind in LINKS for field in entity_types()[kind].fields if field.links_to and field.required
}
_TYPE = ox.NamedNode(RDF.type)
_PART = re.compile("(.+)[/#]geometry")
_Fact = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class Link:
    """A link in words: `one` is `role` of `other`, from `start` to `end` (ISO, "" if unknown), in `state` of a tie."""

    ref: Ref
    one: Ref | None
    role: str
    other: Ref | None
    state: str
    start: str
    end: str


@dataclass(frozen=True)
class Changed:
    """An entry and the headings of the fields that are not what they were."""

    ref: Ref
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Happened:
    """Something that began or ended in the world on that day (of a period known to the year: its first or last)."""

    ref: Ref
    day: dt.date


@dataclass(frozen=True)
class News:
    """What is new since a data version; every group by name.

    Attributes:
        since: the data version. changes: how many there were.
        new: entries that were not there. links: links that were not there.
        changed: entries and links with other facts. ended: those that were marked as ended since.
        gone: (entry type, last name) of what was withdrawn. confirmed: how many entries were only confirmed.
        begun, finished: what began and ended in the world between the two days, newest first.
    """

    since: int
    changes: int
    new: tuple[Ref, ...]
    links: tuple[Link, ...]
    changed: tuple[Changed, ...]
    ended: tuple[Changed, ...]
    gone: tuple[tuple[str, str], ...]
    confirmed: int
    begun: tuple[Happened, ...]
    finished: tuple[Happened, ...]


@dataclass
class _Net:
    """What a run of changes adds and removes altogether."""

    plus: set[ox.Quad]
    minus: set[ox.Quad]

    def after(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> None:
        for here, there, quads in ((self.plus, self.minus, added), (self.minus, self.plus, removed)):
            for quad in quads:
                if quad in there:
                    there.discard(quad)
                else:
                    here.add(quad)


@dataclass(frozen=True)
class _ChangeRow:
    iri: str
    time: dt.datetime
    version: int


def version_before(store: Store, day: dt.date) -> int:
    """The data version at the beginning of that day (UTC); 0 if nothing is older."""
    return max((one.version for one in query.rows(store, "changes", _ChangeRow) if one.time.date() < day), default=0)


def day_of(store: Store, version: int) -> dt.date | None:
    """The day (UTC) on which the first change after that data version was made; None if there is none."""
    return min(
        (one.time.date() for one in query.rows(store, "changes", _ChangeRow) if one.version > version), default=None
    )


def news(store: Store, since: int, day: dt.date, *, today: dt.date, language: str = "de") -> News:
    """What is new since that data version, and what began and ended from that day until today."""
    key = ("upkeep-news", since, day, today, language)
    return store.cached(key, lambda: _news(store, since, day, today, language))


def _news(store: Store, since: int, day: dt.date, today: dt.date, language: str) -> News:
    called = names(store, language)
    later = [one.iri.rpartition("/")[2] for one in query.rows(store, "changes", _ChangeRow) if one.version > since]
    net = _Net(set(), set())
    for change in reversed(later):
        net.after(*changes.quads(store, change))
    added, removed = _by_entry(store, net.plus), _by_entry(store, net.minus)
    came = _came(store, added, net)
    went = {iri for iri in removed if not any(store.quads(ox.NamedNode(iri), _TYPE))}
    facts = {
        iri: added.get(iri, set()) ^ removed.get(iri, set()) for iri in (added.keys() | removed.keys()) - came - went
    }
    paths = {iri: {path.value for path, _ in differing} for iri, differing in facts.items() if differing}
    confirmed = {iri for iri, names_of in paths.items() if names_of == {PN.lastConfirmed}}
    over = {iri for iri in paths if any(_is_end(fact) for fact in added.get(iri, ()))}
    kinds = {iri: kind_of(store, iri) for iri in came}
    return News(
        since=since,
        changes=len(later),
        new=by_label(ref for iri, kind in kinds.items() if kind not in LINKS and (ref := called.ref(iri))),
        links=_links(store, (iri for iri, kind in kinds.items() if kind in LINKS), called),
        changed=_changed(store, paths.keys() - confirmed - over, paths, called),
        ended=_changed(store, over, paths, called),
        gone=tuple(sorted((kind_of(store, iri), _last_name(iri, removed[iri], called)) for iri in went)),
        confirmed=len(confirmed),
        begun=_happened((one.ref, one.first) for one in _doings(store, language) if _between(day, one.first, today)),
        finished=_happened((one.ref, one.last) for one in _doings(store, language) if _between(day, one.last, today)),
    )


def kind_of(store: Store, iri: str) -> str:
    """The entry type of an entry's IRI; "" for anything else."""
    entry = labels.entry_of(store, iri)
    return entry[0] if entry else ""


def _by_entry(store: Store, quads: Iterable[ox.Quad]) -> dict[str, set[_Fact]]:
    """What is said, whichever graph it is in, by the entry it is about; a position is a fact about its place."""
    found: dict[str, set[_Fact]] = defaultdict(set)
    for quad in quads:
        iri, path = cast("ox.NamedNode", quad.subject).value, quad.predicate
        if whole := _PART.fullmatch(iri):
            iri, path = whole[1], ox.NamedNode(GEO.hasGeometry)
        found[iri].add((path, cast("Any", quad.object)))
    return {iri: facts for iri, facts in found.items() if (kind := kind_of(store, iri)) and kind not in LEFT_OUT}


def _came(store: Store, entries: Iterable[str], net: _Net) -> set[str]:
    """Those of the entries whose classes all came with these changes, and lost none by them."""
    reclassed = {quad.subject for quad in net.minus if quad.predicate == _TYPE}
    found = {iri: set(store.quads(ox.NamedNode(iri), _TYPE)) for iri in entries if ox.NamedNode(iri) not in reclassed}
    return {iri for iri, classes in found.items() if classes and classes <= net.plus}


def _is_end(fact: _Fact) -> bool:
    path, value = fact
    return path.value == SCHEMA.endDate or (isinstance(value, ox.NamedNode) and value.value in OVER)


def _rows(store: Store, iris: Iterable[str], called: Names) -> list[Row]:
    entries = (query.rows(store, "directory-entry", Triple, entry=query.Iri(iri)) for iri in iris)
    rows = [row for triples in entries for row in filled(triples, called)]
    return sorted(rows, key=lambda row: alphabetical(row.ref.label))


def _links(store: Store, iris: Iterable[str], called: Names) -> tuple[Link, ...]:
    return tuple(_link(row) for row in _rows(store, iris, called))


def _link(row: Row) -> Link:
    first, role, second = _ENDS[row.ref.type]
    ones = row.refs(first) if first else [ref for payer in _PAYERS for ref in row.refs(payer)]
    state = row.text("state") if not any(value.key == "asserted" for value in row.values("state")) else ""
    return Link(
        ref=row.ref,
        one=next(iter(ones), None),
        role=row.text(role),
        other=next(iter(row.refs(second)), None),
        state=state,
        start=row.text("start"),
        end=row.text("end"),
    )


def _changed(store: Store, iris: Iterable[str], paths: dict[str, set[str]], called: Names) -> tuple[Changed, ...]:
    found = []
    for row in _rows(store, iris, called):
        fields = (one for one in row.kind.fields if one.path[0] in paths[row.ref.iri])
        found.append(Changed(row.ref, tuple(one.label[called.language] for one in fields)))
    return tuple(found)


def _last_name(iri: str, facts: set[_Fact], called: Names) -> str:
    """What an entry was called that is no more; a link after its ends."""
    for path, value in sorted(facts, key=str):
        if path.value in (SKOS.prefLabel, DCTERMS.title):
            return str(value.value)
    ends = sorted(called.label(value.value) for path, value in facts if path.value in _END_PATHS)
    return " – ".join(ends) or iri.rpartition("/")[2]


def _doings(store: Store, language: str) -> Iterator[Standing]:
    """What begins and ends in the world: projects, events, actors. Links do so with them."""
    return (one for one in standings(store, language) if one.ref.type in ("project", "event", "actor"))


def _between(after: dt.date, day: dt.date | None, until: dt.date) -> bool:
    return day is not None and after <= day <= until


def _happened(dated: Iterable[tuple[Ref, dt.date | None]]) -> tuple[Happened, ...]:
    found = [Happened(ref, day) for ref, day in dated if day]
    return tuple(sorted(found, key=lambda one: (one.day, one.ref.label), reverse=True))
