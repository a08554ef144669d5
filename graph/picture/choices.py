"""What the explorer's form offers: rounds, Handlungsfelder, sectors; and the connections of a view as a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.directory import names
from graph.network import facts
from graph.picture.words import relation
from ontology.schema import concepts

if TYPE_CHECKING:
    from graph.picture.view import Edge, View
    from graph.store import Store

_HEADINGS = {
    "de": ("Von", "Verbindung", "Mit", "Über", "Seit", "Bis"),
    "en": ("From", "Connection", "With", "Through", "Since", "Until"),
}
_FORMULA_SIGNS = tuple("=+-@\t\r")


@dataclass(frozen=True)
class Option:
    """One choice: what stands in the address, what people read, and the round it belongs to ("" for none)."""

    slug: str
    label: str
    round: str = ""


@dataclass(frozen=True)
class Choices:
    """What can be filtered by; only what the graph uses, in order of names."""

    rounds: tuple[Option, ...]
    handlungsfelder: tuple[Option, ...]
    sectors: tuple[Option, ...]

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
    return Choices(
        rounds=tuple(
            Option(slug, called.label(f"{store.base_iri}round/{slug}")) for slug in sorted(facts(store).rounds)
        ),
        handlungsfelder=tuple(
            Option(node.slug, called.label(node.iri), min(node.rounds))
            for node in sorted(fields, key=lambda node: (min(node.rounds), len(node.notation), node.notation, node.iri))
        ),
        sectors=tuple(sorted(sectors, key=lambda option: option.label.casefold())),
    )


def rows(view: View, language: str) -> list[tuple[str, str, str, str, str, str]]:
    """The connections of a view: from, what connects, with, through, since, until; ordered like the table of nodes."""
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
            str(edge.since or ""), str(edge.until or ""),
        )
        for edge in sorted(view.edges, key=order)
    ]  # fmt: skip


def spreadsheet(view: View, language: str) -> str:
    """The connections of a view as CSV: comma, and a mark that tells Excel it is UTF-8; no cell acts as a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow(_HEADINGS[language])
    for row in rows(view, language):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell for cell in row])
    return target.getvalue()
