"""What the same source said before: a list takes back only what it speaks of, too, and of entries that it names.

A column that is missing takes nothing, nor does a row: a list of this year's projects does not unmake last year's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph.importing.evidence import COLUMNS, FROM, table_of
from graph.importing.further_names import plain
from graph.importing.said import ENDS, Said, value
from graph.importing.speaking import Scope, scope, told
from ontology.terms import PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.importing.entities import Cast, Entity
    from graph.importing.plan import Plan
    from graph.importing.speaking import Naming
    from graph.store import Store

    Node = ox.NamedNode
    Pair = tuple[Node, Node]

TYPE: Final = ox.NamedNode(RDF.type)
_NOTE: Final = ox.NamedNode(SKOS.note)
_HEADED: Final = re.compile(r"([^:]{1,60}): ")
"""A line of a note that says under which heading it stood."""

_DATES: Final = (ox.NamedNode(SCHEMA.startDate), ox.NamedNode(SCHEMA.endDate))
_LABEL, _OTHER = ox.NamedNode(SKOS.prefLabel), ox.NamedNode(SKOS.altLabel)
_ENTRIES: Final = ("actor", "programme", "place", "project", "event")
_BARE: Final = frozenset({str(RDF.type), SKOS.prefLabel, SKOS.altLabel, PN.shortName, PN.kind, PN.sector, FROM.value})
"""What an entry has that lists only name."""


@dataclass
class Settled:
    """What comes and goes.

    Attributes:
        mixed: what keeps one of its dates beside one that is new, so that the two may not go together.
        missing: names of entries that had rows in such a table, and that the lists no longer name.
    """

    added: set[ox.Quad] = field(default_factory=set)
    removed: set[ox.Quad] = field(default_factory=set)
    mixed: set[Node] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)


class Earlier:
    """What the graph of a source says, held against what lists say now.

    Args:
        store: it.
        plan: what the lists say. graph: of their source.
        node: the IRI of an entry.
        tables: IRIs of the sources of their tables.
        firm: subjects and predicates that lists do not change: people did.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what was said and what is
        self,
        store: Store,
        plan: Plan,
        graph: Node,
        node: Callable[[Entity], Node],
        tables: set[str],
        firm: frozenset[Pair],
    ) -> None:
        self._store, self._graph, self._tables = store, graph, tables
        self._said = Said(store, graph)
        self._by_hand = {subject for subject, _ in firm}
        self._scopes: dict[Node, list[Scope]] = defaultdict(list)
        known: dict[int, Scope] = {}
        for row in plan.facts.told:
            if id(row.table) not in known:
                known[id(row.table)] = scope(row.table)
            said = known[id(row.table)]
            self._scopes[node(cast("Cast", plan.cast).entity(row.about))].append(said)
        self._known, self._plan, self._node = known, plan, node
        self._now = list(known.values())
        self._before: dict[str, list[Scope]] = defaultdict(list)
        for quad in store.quads(None, COLUMNS, graph=graph):
            self._before[value(quad.subject)].append(told(value(quad.object)))
        self._is_whole = all(
            any(one.kind == other.kind and one.meanings <= other.meanings for other in self._now)
            for scopes in self._before.values()
            for one in scopes
        )
        self._outcome = Settled()

    def settled(self, wanted: dict[Node, set[ox.Quad]], guessed: set[Pair]) -> Settled:
        """What to add and remove.

        Args:
            wanted: what the lists say, by subject, in the graph of the source.
            guessed: subjects and predicates of which they only let it be guessed.
        """
        for subject, quads in wanted.items():
            self._settle(subject, quads, guessed)
        self._remove_links(wanted.keys())
        self._remove_orphans(wanted.keys())
        self._remove_sources(wanted)
        self._outcome.missing = sorted(self._missing(wanted.keys()), key=str.casefold)
        return self._outcome

    @cached_property
    def _joined(self) -> dict[frozenset[Node], list[Scope]]:
        """The tables with rows that claim links, by the two ends of these; only what was said before asks for it."""
        found: dict[frozenset[Node], list[Scope]] = defaultdict(list)
        cast_ = cast("Cast", self._plan.cast)
        for row in self._plan.facts.told:
            for claim in row.claims:
                ends = frozenset({self._node(cast_.entity(claim.start)), self._node(cast_.entity(claim.end))})
                found[ends].append(self._known[id(row.table)])
        return found

    def _settle(self, subject: Node, quads: set[ox.Quad], guessed: set[Pair]) -> None:
        stored = _by_path(self._store.quads(subject, graph=self._graph))
        if not stored:
            self._outcome.added |= quads
            return
        fields = _by_path(quads)
        dates = {"kept": False, "new": False}
        for path in {**fields, **stored}:
            new, old = fields.get(path, set()), stored.get(path, set())
            if path == _NOTE and old:
                new = self._noted(subject, new, old)
            elif old and ((subject, path) in guessed or path == TYPE):
                new = old
            elif not self._replaces(subject, path, old - new, bool(new)):
                new = new | old
            elif path == FROM:
                new |= {quad for quad in old if table_of(value(quad.object)) not in self._tables}
            if path in _DATES:
                dates["kept" if path not in fields else "new"] |= bool(new)
            self._outcome.added |= new - old
            self._outcome.removed |= old - new
        if all(dates.values()):
            self._outcome.mixed.add(subject)

    def _replaces(self, subject: Node, path: Node, going: set[ox.Quad], is_said: bool) -> bool:
        """Whether the lists speak of a field of an entry or link, so that what they do not say is gone."""
        if not going or path == FROM:
            return True
        name, is_many = self._said.field(subject, path)
        if path == _OTHER and not self._is_whole:
            return False  # a spelling of a table that is not there
        spoken = any(name in one.fields for one in self._said_of(subject))
        return (spoken and bool(name)) or (is_said and not is_many)

    def _said_of(self, subject: Node) -> list[Scope]:
        """The tables that have rows about an entry, or that claim a link."""
        if self._said.kind(subject) not in ENDS:
            return self._scopes.get(subject, [])
        return self._joined.get(frozenset(self._said.ends(subject)), [])

    def _noted(self, subject: Node, new: set[ox.Quad], old: set[ox.Quad]) -> set[ox.Quad]:
        """The notes: of what stood under headings that are there again, what stands there now; and all others."""
        lines, before = _lines(new), _lines(old)
        kept = [line for line in before if line not in lines and not self._is_noted_anew(subject, line)]
        if not kept:
            return new
        if {*before} == {*lines, *kept}:
            return old
        language = next(iter(new or old)).object.language  # type: ignore[union-attr]  # a note is a text
        text = ox.Literal("\n".join([*lines, *kept]), language=language)
        return {ox.Quad(subject, _NOTE, text, self._graph)}

    def _is_noted_anew(self, subject: Node, line: str) -> bool:
        """Whether lists say now what there is to say where a line of a note came from."""
        said = self._said_of(subject)
        now = frozenset(meaning for one in said for meaning in one.meanings)
        before = [one for node in self._said.evidence(subject) for one in self._before.get(table_of(node), ())]
        if said and before and all(one.meanings <= now for one in before):
            return True
        if headed := _HEADED.match(line):
            return any(headed[1] in one.headings for one in said)
        return any("note" in one.fields for one in said)

    # links that lists no longer claim

    def _remove_links(self, wanted: Iterable[Node]) -> None:
        stay = set(wanted) | self._by_hand
        for about, scopes in self._scopes.items():
            for quad in list(self._store.quads(None, None, about, self._graph)):
                link = cast("Node", quad.subject)
                if self._said.kind(link) in ENDS and link not in stay and self._said.is_ours(link):
                    stay.add(link)
                    if self._is_taken_back(link, about, scopes):
                        self._outcome.removed |= set(self._store.quads(link, graph=self._graph))
                    else:
                        stay.discard(link)

    def _is_taken_back(self, link: Node, about: Node, scopes: list[Scope]) -> bool:
        """Whether all tables that claimed a link are there again, with a row about one of its ends, and do not now."""
        sources = self._said.evidence(link)
        return bool(sources) and all(self._is_denied(link, about, scopes, table_of(one)) for one in sources)

    def _is_denied(self, link: Node, about: Node, scopes: list[Scope], table: str) -> bool:
        kind, (start, end) = self._said.kind(link), self._said.ends(link)
        own, other = ("start", end) if about == start else ("end", start)
        role = self._said.role(link)
        fits = [
            (naming, rank)
            for one in self._before.get(table, ())
            for naming in one.namings
            if (rank := _fit(naming, kind, role, self._said.kind(start)))
        ]
        best = max((rank for _, rank in fits), default=0)
        claimed = {(naming.own, naming.meaning) for naming, rank in fits if rank == best}
        if not claimed or {side for side, _ in claimed} != {own}:
            return False
        names = {
            plain(value(quad.object))
            for path in (_LABEL, _OTHER, ox.NamedNode(PN.shortName))
            for quad in self._store.quads(other, path)
        }
        now = [
            naming
            for one in scopes
            for naming in one.namings
            if naming.link == kind
            and naming.own == own
            and (naming.only is None or names & set(map(plain, naming.only)))
        ]
        return all(
            any(naming.meaning == meaning or _fit(naming, kind, role, self._said.kind(start)) > 2 for naming in now)
            for _, meaning in claimed
        )

    # entries that were only named

    def _remove_orphans(self, wanted: Iterable[Node]) -> None:
        """Remove what lists only named where they no longer do, and nobody speaks of."""
        named = {quad.object for quad in self._outcome.removed if isinstance(quad.object, ox.NamedNode)}
        for node in sorted(named - set(wanted) - self._by_hand, key=str):
            if self._said.kind(node) not in _ENTRIES or not self._said.is_ours(node):
                continue
            said = set(self._store.quads(node, graph=self._graph))
            is_bare = {quad.predicate.value for quad in said} <= _BARE
            if said and is_bare and not self._had_row(node) and not self._is_named(node):
                self._outcome.removed |= said

    def _had_row(self, node: Node) -> bool:
        """Whether a table about such things had a row about an entry."""
        abouts = {one.about for source in self._said.evidence(node) for one in self._before.get(table_of(source), ())}
        return ("body" if self._said.kind(node) in ("actor", "programme") else self._said.kind(node)) in abouts

    def _is_named(self, node: Node) -> bool:
        apart = (self._store.graphs.history, self._store.graphs.derived)
        return any(
            quad not in self._outcome.removed and quad.graph_name not in apart
            for quad in self._store.quads(None, None, node)
        )

    def _remove_sources(self, wanted: dict[Node, set[ox.Quad]]) -> None:
        """Remove the sources of rows that nothing comes from any more."""
        gone = {quad.object for quad in self._outcome.removed if quad.predicate == FROM}
        if gone:
            gone -= {quad.object for quads in wanted.values() for quad in quads if quad.predicate == FROM}
        for node in cast("set[Node]", gone):
            if node not in self._by_hand and not self._is_named(node):
                self._outcome.removed |= set(self._store.quads(node, graph=self._graph))

    def _missing(self, wanted: Iterable[Node]) -> Iterator[str]:
        """The names of entries that had rows in tables of a kind that is there again, and that have none now."""
        kinds = {one.kind for one in self._now} - {"membership", "tie"}
        abouts = {
            table: {"actor" if one.about == "body" else one.about for one in scopes if one.kind in kinds}
            for table, scopes in self._before.items()
        }
        gone = {cast("Node", quad.subject) for quad in self._outcome.removed if quad.predicate == TYPE}
        present = {*wanted} | gone
        found = {
            cast("Node", quad.subject)
            for quad in (self._store.quads(None, FROM, graph=self._graph) if any(abouts.values()) else ())
            if self._said.kind(cast("Node", quad.subject)) in abouts.get(table_of(value(quad.object)), ())
        }
        for node in found - present:
            if label := min((value(quad.object) for quad in self._store.quads(node, _LABEL)), default=""):
                yield label


def _fit(naming: Naming, link: str, role: str, start: str) -> int:
    """How well a column can be what claimed a link: 0 not at all, 3 for its role and sort of money."""
    if naming.link != link:
        return 0
    if link == "funding":
        return 3 if not naming.hint or (naming.hint == "programme") == (start == "programme") else 2
    if link == "membership":
        return 3
    if naming.role == role:
        return 3 if not naming.is_loose or role else 2
    return 3 if not naming.role and naming.only is not None else 2 if not naming.role else int(naming.is_loose)


def _by_path(quads: Iterable[ox.Quad]) -> dict[Node, set[ox.Quad]]:
    found: dict[Node, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        found[quad.predicate].add(quad)
    return found


def _lines(notes: Iterable[ox.Quad]) -> list[str]:
    return [line for quad in sorted(notes, key=str) for line in value(quad.object).split("\n")]
