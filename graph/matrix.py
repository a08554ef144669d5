"""The network as a table: who works in which field, which sectors work together, what happens where.

Above some twenty nodes a table reads better than a picture, and an empty cell is a question.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from graph.directory import Ref, names
from graph.entries import to_csv
from graph.errors import BadInput
from graph.network import PARTNERSHIP_ROLES, Scope, edges_of, facts, one_mode, two_mode
from ontology.schema import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import networkx as nx

    from graph.store import Store

    Network = nx.MultiGraph[str]

LEVELS: Final = 5
"""Shades of the heat map above 0."""


@dataclass(frozen=True)
class Item:
    """A row or column: its key in the address, what it is called, and its entry if it is one."""

    key: str
    label: str
    ref: Ref | None = None


@dataclass(frozen=True)
class Cell:
    """What is at one crossing.

    Attributes:
        count: projects, partnerships.
        evidence: what was counted: projects, or pairs of partners; each with its name.
        level: shade from 0 (nothing) to `LEVELS`.
        expected: how many there would be by chance; None where that says nothing.
    """

    count: int = 0
    evidence: tuple[tuple[Ref, ...], ...] = ()
    level: int = 0
    expected: float | None = None


@dataclass(frozen=True)
class Matrix:
    """A table of crossings.

    Attributes:
        rows, columns: in order.
        cells: by (key of row, key of column); what is missing is empty.
        empty: how many crossings are empty.
    """

    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: str, column: str) -> Cell:
        """The crossing of two keys."""
        return self.cells.get((row, column), Cell())

    @property
    def empty(self) -> int:
        """How many crossings have nothing."""
        filled = sum(cell.count > 0 for cell in self.cells.values())
        return len(self.rows) * len(self.columns) - filled


def matrix(store: Store, view: str, *, round_: str = "", hubs: bool = True, language: str = "de") -> Matrix:
    """One of the `VIEWS`.

    "fields": actors by Handlungsfelder of a round, counting projects in which they are Träger, partner or host.
    "sectors": sectors by sectors, counting pairs of partners, beside what chance would make of it.
    "places": Handlungsfelder of a round by places, counting projects.

    Args:
        store: the open graph.
        view: which one.
        round_: slug of the planning round; the latest with projects in its fields if empty.
        hubs: with Quartiersmanagement, authorities and funders.
        language: of the names.

    Raises:
        BadInput: there is no such view.
        NotFound: there is no such round.
    """
    if view not in VIEWS:
        raise BadInput("view", view, tuple(VIEWS))
    chosen = round_ or latest_round(store)
    key = ("matrix", view, chosen, hubs, language)
    return store.cached(key, lambda: VIEWS[view](_Ground(store, chosen, language, hubs=hubs)))


def sectors(store: Store) -> Mapping[str, str]:
    """Slug of the sector of each actor that has one, by IRI."""
    return {iri: node.sector for iri, node in facts(store).nodes.items() if node.sector}


def latest_round(store: Store) -> str:
    """Slug of the round that began last among those with projects in their fields; "" if there is none."""
    known = facts(store)
    used = {link.object for link in known.links if link.relation == "field"}
    slugs = {slug for iri in used if iri in known.nodes for slug in known.nodes[iri].rounds}
    begun = [(known.rounds[slug].start, slug) for slug in slugs if slug in known.rounds and known.rounds[slug].start]
    return max(begun, default=(None, ""))[1]


class _Ground:
    """The network of one round, and how its parts are called."""

    def __init__(self, store: Store, round_: str, language: str, *, hubs: bool) -> None:
        self.called, self.language, self.hubs = names(store, language), language, hubs
        rounds = frozenset({round_} - {""})
        self.network: Network = two_mode(store, Scope(rounds=rounds, roles=PARTNERSHIP_ROLES))
        self.fields = self._of_type("handlungsfeld", lambda node: not rounds or bool(rounds & set(node["rounds"])))

    def projects(self, field: str) -> set[str]:
        """The projects of a field."""
        found = {other for other, edge in edges_of(self.network, field) if edge["kind"] == "field"}
        return {other for other in found if self.network.nodes[other]["type"] == "project"}

    def around(self, project: str, kind: str, types: Iterable[str]) -> set[str]:
        """What a project is linked with by one kind of link."""
        wanted = set(types)
        found = {other for other, edge in edges_of(self.network, project) if edge["kind"] == kind}
        return {
            other
            for other in found
            if self.network.nodes[other]["type"] in wanted and (self.hubs or not self.network.nodes[other]["hub"])
        }

    def item(self, iri: str) -> Item:
        """An entry as a row or column."""
        ref = self.called.ref(iri)
        return Item(f"{ref.type}/{ref.slug}" if ref else iri, self.called.label(iri), ref)

    def evidence(self, iris: Iterable[str]) -> tuple[tuple[Ref, ...], ...]:
        """Entries that were counted, in order of their names."""
        refs = [ref for iri in iris if (ref := self.called.ref(iri))]
        return tuple((ref,) for ref in sorted(refs, key=lambda ref: (ref.label.casefold(), ref.iri)))

    def _of_type(self, kind: str, wanted: Callable[[Mapping[str, Any]], bool]) -> list[str]:
        found = [iri for iri, node in self.network.nodes(data=True) if node["type"] == kind and wanted(node)]
        nodes = self.network.nodes
        return sorted(
            found, key=lambda iri: (nodes[iri]["rounds"], len(nodes[iri]["notation"]), nodes[iri]["notation"])
        )


def _fields(ground: _Ground) -> Matrix:
    shared: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for field in ground.fields:
        for project in ground.projects(field):
            for actor in ground.around(project, "involvement", ("actor", "network")):
                shared[actor, field].add(project)
    return _counted(ground, shared, ground.fields)


def _places(ground: _Ground) -> Matrix:
    shared: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for field in ground.fields:
        for project in ground.projects(field):
            for place in ground.around(project, "site", ("place",)):
                shared[place, field].add(project)
    return _counted(ground, shared, ground.fields)


def _counted(ground: _Ground, shared: Mapping[tuple[str, str], set[str]], columns: list[str]) -> Matrix:
    """Rows by how much they have, most first."""
    totals: Counter[str] = Counter()
    for (row, _), found in shared.items():
        totals[row] += len(found)
    rows = sorted(totals, key=lambda iri: (-totals[iri], ground.called.label(iri).casefold(), iri))
    most = max(map(len, shared.values()), default=0)
    items = {iri: ground.item(iri) for iri in (*rows, *columns)}
    cells = {
        (items[row].key, items[column].key): Cell(len(found), ground.evidence(found), _level(len(found), most))
        for (row, column), found in shared.items()
    }
    return Matrix(tuple(items[iri] for iri in rows), tuple(items[iri] for iri in columns), cells)


def _sectors(ground: _Ground) -> Matrix:
    """Ties between actors of known sectors; by chance: each end of a tie falls on a sector as often as it has ends."""
    network = one_mode(ground.network)
    shown = {
        actor: str(node["sector"])
        for actor, node in network.nodes(data=True)
        if node["sector"] and (ground.hubs or not node["hub"])
    }
    pairs: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    ends: Counter[str] = Counter()
    for one, other in network.edges:
        if one in shown and other in shown:
            pairs[_sorted(shown[one], shown[other])].append((one, other))
            ends.update((shown[one], shown[other]))
    labels = {one.slug: one.label[ground.language] for one in concepts("sector")}
    order = sorted(ends, key=lambda sector: (-ends[sector], labels.get(sector, sector)))
    cells = {}
    total = ends.total() / 2
    for one, other in [*combinations(order, 2), *((sector, sector) for sector in order)]:
        found = pairs[_sorted(one, other)]
        share = ends[one] * ends[other] / ends.total() ** 2
        expected = total * share * (1 if one == other else 2)
        cell = Cell(len(found), _pairs(ground, found), _against(len(found), expected), expected)
        cells[one, other] = cells[other, one] = cell
    items = tuple(Item(sector, labels.get(sector, sector)) for sector in order)
    return Matrix(items, items, cells)


VIEWS: Final[Mapping[str, Callable[[_Ground], Matrix]]] = {"fields": _fields, "sectors": _sectors, "places": _places}
"""By name, in the order of the page."""


def _pairs(ground: _Ground, found: list[tuple[str, str]]) -> tuple[tuple[Ref, ...], ...]:
    rows = [tuple(ref for iri in pair if (ref := ground.called.ref(iri))) for pair in found]
    rows = [tuple(sorted(row, key=lambda ref: ref.label.casefold())) for row in rows]
    return tuple(sorted(rows, key=lambda row: [(ref.label.casefold(), ref.iri) for ref in row]))


def _sorted(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _level(count: int, most: int) -> int:
    """Shades by the square root, so that one project is already seen beside twenty."""
    return math.ceil(LEVELS * math.sqrt(count / most)) if count else 0


def _against(count: int, expected: float) -> int:
    """Shades by how far above chance: 1 for less than half of it, 3 about chance, 5 for twice and more."""
    if not count:
        return 0
    ratio = count / expected
    return next((level for level, limit in enumerate((0.5, 0.8, 1.25, 2.0), 1) if ratio < limit), LEVELS)


def spreadsheet(found: Matrix, heading: str) -> str:
    """The counts as CSV: comma, a mark that tells Excel it is UTF-8; no cell acts as a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow([to_csv(text) for text in (heading, *(column.label for column in found.columns))])
    for row in found.rows:
        counts = (found.cell(row.key, column.key).count for column in found.columns)
        writer.writerow([to_csv(row.label), *counts])
    return target.getvalue()
