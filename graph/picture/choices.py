"""What the explorer's form offers: rounds, Handlungsfelder, sectors; and the connections of a view as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.directory import names
from graph.network import facts
from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS
from graph.picture.words import relation
from ontology.schema import concepts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.network import Facts
    from graph.picture.view import Edge, View
    from graph.store import Store

_HEADINGS = {
    "de": ("Von", "Verbindung", "Mit", "Über", "Seit", "Bis", "Zustand"),
    "en": ("From", "Connection", "With", "Through", "Since", "Until", "State"),
}
_NODE_HEADINGS = {
    "de": ("Name", "Art", "Verbindungen", "Gruppe um", "Kennung"),
    "en": ("Name", "Kind", "Connections", "Group around", "Identifier"),
}
_DOINGS = frozenset({"involvement", "membership", "tie"})
_MOST_BUSY = 12
_FORMULA_SIGNS = tuple("=+-@\t\r")


@dataclass(frozen=True)
class Option:
    """One choice: what stands in the address, what people read, and the round it belongs to ("" for none)."""

    slug: str
    label: str
    round: str = ""


@dataclass(frozen=True)
class Choices:
    """What can be filtered by; only what the graph uses, in order of names.

    ``years`` are the first and the last in which somebody did something with somebody; None without any. ``busiest``
    are the actors that take part in most, most first, hubs aside; their slugs are ids of nodes.
    """

    rounds: tuple[Option, ...]
    handlungsfelder: tuple[Option, ...]
    sectors: tuple[Option, ...]
    years: tuple[int, int] | None = None
    busiest: tuple[Option, ...] = ()

    def label(self, name: str, slug: str) -> str:
        """What people read for a chosen `slug` of one of the three lists; the slug itself if it is not in it."""
        return next((option.label for option in getattr(self, name) if option.slug == slug), slug)


def choices(store: Store, language: str = "de") -> Choices:
    """The choices of the present data, read once per data version."""
    return store.cached(("explorer-choices", language), lambda: _choices(store, language))


def _choices(store: Store, language: str) -> Choices:
    called = names(store, language)
    nodes = facts(store).nodes.values()
    fields = [node for node in nodes if node.type == "handlungsfeld" and node.rounds]
    used = {node.sector for node in nodes}
    sectors = [Option(one.slug, one.label[language]) for one in concepts("sector") if one.slug in used]
    doings = [link.period for link in facts(store).links if link.relation in _DOINGS]
    days = [day for period in doings for day in (period.start, period.end) if day]
    return Choices(
        busiest=_busiest(facts(store)),
        years=(min(days).year, max(days).year) if days else None,
        rounds=tuple(
            Option(slug, called.label(f"{store.base_iri}round/{slug}")) for slug in sorted(facts(store).rounds)
        ),
        handlungsfelder=tuple(
            Option(node.slug, called.label(node.iri), min(node.rounds))
            for node in sorted(fields, key=lambda node: (min(node.rounds), len(node.notation), node.notation, node.iri))
        ),
        sectors=tuple(sorted(sectors, key=lambda option: option.label.casefold())),
    )


def _busiest(known: Facts) -> tuple[Option, ...]:
    taking_part = Counter(link.subject for link in known.links if link.relation in _DOINGS)
    actors = [known.nodes[iri] for iri in taking_part if iri in known.nodes]
    actors = [node for node in actors if node.type == "actor" and not node.hub]
    actors.sort(key=lambda node: (-taking_part[node.iri], node.label.casefold(), node.iri))
    return tuple(Option(f"actor/{node.slug}", node.label) for node in actors[:_MOST_BUSY])


def rows(view: View, language: str) -> list[tuple[str, ...]]:
    """The connections of a view, ordered like the table of nodes.

    Each: from, what connects, with, through, since, until, state.
    """
    labels, kinds = view.labels, {node.id: node.kind for node in view.nodes}
    rank = {node.id: index for index, node in enumerate(view.listed)}

    def order(edge: Edge) -> tuple[int, int, str]:
        return rank[edge.source], rank[edge.target], edge.kind + edge.role

    def word(edge: Edge) -> str:
        between_actors = {kinds[edge.source], kinds[edge.target]} <= {"actor", "agency", "network"}
        return relation(edge, language, between_actors=between_actors)

    return [
        (
            labels[edge.source], word(edge), labels[edge.target], " ; ".join(edge.via),
            str(edge.since or ""), str(edge.until or ""), LOOKS[edge.look].word[language],
        )
        for edge in sorted(view.edges, key=order)
    ]  # fmt: skip


def spreadsheet(view: View, language: str) -> str:
    """The connections of a view as CSV."""
    return _csv(_HEADINGS[language], rows(view, language))


def node_sheet(view: View, chosen: Collection[str], language: str) -> str:
    """The nodes of a view as CSV; only the `chosen` ids, if there are any."""
    group = {member: cluster.core for cluster in view.clusters for member in cluster.members}
    found = [
        (node.label, KINDS[node.kind].word[language], str(node.degree), group.get(node.id, ""), node.id)
        for node in view.listed
        if not chosen or node.id in chosen
    ]
    return _csv(_NODE_HEADINGS[language], found)


def _csv(heading: tuple[str, ...], found: Iterable[tuple[str, ...]]) -> str:
    """Comma, and a mark that tells Excel it is UTF-8; no cell acts as a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    for row in (heading, *found):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell for cell in row])
    return target.getvalue()
