"""The round beside the one before it: which partnerships are new, which were kept, which are no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from graph import measures
from graph.briefing.document import Heading, Paragraph, Table
from graph.network import Scope, facts, one_mode, two_mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion

_MOST: Final = 40
_ROUNDS: Final = 8
"""Rounds in the table; earlier ones tell little of this one."""
_NAMES: Final = {"neu": "Neue", "geblieben": "Gebliebene", "beendet": "Beendete"}


def comparison(occasion: Occasion) -> Iterator[Block]:
    """The section; without a round before or without days, what is missing."""
    yield Heading("Vergleich mit der Runde davor")
    if not occasion.before or not occasion.begun:
        yield Paragraph(
            "Dafür braucht es zwei Planungsrunden mit bekanntem Beginn. Sobald Beginn und Ende dieser und der vorigen "
            "Runde eingetragen sind, steht hier, welche Partnerschaften neu sind, blieben oder endeten.",
            "note",
        )
        return
    before = occasion.table("round")[occasion.before].ref.label
    change = measures.renewal(_network(occasion, occasion.before), _network(occasion, occasion.slug))
    pairs = {"neu": change.new, "geblieben": change.kept, "beendet": change.lost}
    yield Paragraph(
        f"Gegenüber der Planungsrunde {before} gab es {len(change.new)} neue Partnerschaften, {len(change.kept)} "
        f"blieben, {len(change.lost)} endeten."
    )
    yield Paragraph(
        "Gezählt ist, was ein Datum trägt. „Beendet“ heißt oft nur, dass ein Projekt ausgelaufen ist; die Beteiligten "
        "kennen sich weiter.",
        "note",
    )
    yield from _trend(occasion)
    for name, found in pairs.items():
        if found:
            yield _table(occasion, name, found)


def _network(occasion: Occasion, slug: str) -> nx.Graph[str]:
    """Who worked with whom from the beginning of a round until the next began, or until the day of the chapter."""
    known = facts(occasion.store).rounds
    start = known[slug].start
    following = [one.start for one in known.values() if start and one.start and one.start > start]
    last = min([*(day - timedelta(days=1) for day in following), occasion.day])
    network = one_mode(two_mode(occasion.store, Scope(since=start, as_of=last, dated=True)))
    return network.subgraph([actor for actor in network if network[actor]])


def _trend(occasion: Occasion) -> Iterator[Block]:
    """All rounds up to the day, oldest first, by the same count."""
    known = [(one.start, slug) for slug, one in facts(occasion.store).rounds.items() if one.start]
    begun = sorted((start, slug) for start, slug in known if start <= occasion.day)
    rows: list[tuple[Cell, ...]] = []
    before: nx.Graph[str] | None = None
    for _, slug in begun[-_ROUNDS:]:
        network = _network(occasion, slug)
        change = measures.renewal(before, network) if before is not None else None
        counts = map(len, (change.new, change.kept, change.lost)) if change else ("–",) * 3
        size = (len(network), network.number_of_edges())
        rows.append((occasion.table("round")[slug].ref.label, *size, *counts, len(measures.cut_actors(network))))
        before = network
    headings = ("Planungsrunde", "Akteure mit Partnern", "Partnerschaften", "neu", "geblieben", "beendet", "Nadelöhre")
    caption = "Die Planungsrunden nebeneinander"
    yield Table("Rundenvergleich", caption, headings, tuple(rows), (28, 14, 17, 9, 11, 10, 11))


def _table(occasion: Occasion, name: str, found: tuple[tuple[str, str], ...]) -> Table:
    """Each partnership once, under the one of the two that has most of them."""
    ends = Counter(iri for pair in found for iri in pair)
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for pair in found:
        head, other = sorted(pair, key=lambda iri: (-ends[iri], occasion.called(iri).casefold(), iri))
        partners[head].append(occasion.called(other))
    order = sorted(partners, key=lambda iri: (occasion.called(iri).casefold(), iri))
    rows = tuple((occasion.called(iri), "; ".join(sorted(partners[iri], key=str.casefold))) for iri in order)
    first = f" (die ersten {_MOST} von {len(rows)} Zeilen)" if len(rows) > _MOST else ""
    caption = f"{_NAMES[name]} Partnerschaften{first}"
    return Table(f"Partnerschaften {name}", caption, ("Akteur", "mit"), rows[:_MOST], (35, 65))
