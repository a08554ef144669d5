"""How the network changed from round to round: its size, its holes, and which partnerships are new, kept, lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph import measures
from graph.directory import names
from graph.network import HUB_GROUPS, Scope, facts, partnerships
from graph.vernetzung.figure import Figure, both

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from graph.directory import Ref
    from graph.store import Store
    from graph.vernetzung.ground import Ground


@dataclass(frozen=True)
class Moment:
    """The network of the years of one planning round.

    Attributes:
        round: the round.
        actors: with at least one partner in these years. ties: of them.
        mean: partners per such actor. cut_actors: bottlenecks. parts: separate parts.
        new, kept, lost: ties against the round before; None for the first.
    """

    round: Ref | str
    actors: int
    ties: int
    mean: float
    cut_actors: int
    parts: int
    new: int | None = None
    kept: int | None = None
    lost: int | None = None


def trend(store: Store, *, handlungsfeld: str = "", hubs: bool = True, language: str = "de") -> tuple[Moment, ...]:
    """Each planning round with a first day, oldest first: what was going on in its years.

    A round lasts until the next begins; the last one until today. Counted are ties whose first day is known.
    """
    called = names(store, language)
    asked = (handlungsfeld, hubs)

    def build() -> tuple[object, tuple[Moment, ...]]:
        return facts(store).shape, tuple(_moments(store, handlungsfeld, hubs=hubs))

    def renew(old: tuple[object, tuple[Moment, ...]], _: object) -> tuple[object, tuple[Moment, ...]]:
        return old if old[0] is facts(store).shape else build()

    counted = store.followed(("trend", *asked), build, renew)[1]
    return tuple(replace(one, round=called.ref(f"{store.base_iri}round/{one.round}") or one.round) for one in counted)


def _moments(store: Store, handlungsfeld: str, *, hubs: bool) -> Iterator[Moment]:
    """The rounds, each with its slug in place of its name."""
    rounds = sorted((one.start, slug) for slug, one in facts(store).rounds.items() if one.start)
    before: nx.Graph[str] | None = None
    for place, (start, slug) in enumerate(rounds):
        following = rounds[place + 1][0] - timedelta(days=1) if place + 1 < len(rounds) else date.max
        scope = Scope(
            since=start,
            as_of=following,
            dated=True,
            handlungsfelder=frozenset({handlungsfeld} - {""}),
            without=frozenset() if hubs else frozenset(HUB_GROUPS),
        )
        network = partnerships(store, scope)
        linked = network.subgraph([actor for actor in network if network[actor]])
        change = measures.renewal(before, network) if before is not None else None
        yield Moment(
            round=slug,
            actors=len(linked),
            ties=linked.number_of_edges(),
            mean=2 * linked.number_of_edges() / len(linked) if len(linked) else 0.0,
            cut_actors=len(measures.cut_actors(linked)),
            parts=len(measures.components(linked)),
            new=len(change.new) if change else None,
            kept=len(change.kept) if change else None,
            lost=len(change.lost) if change else None,
        )
        before = network


def renewal(ground: Ground) -> Figure:
    """New, kept and lost partnerships from round to round."""
    asked = ground.question
    moments = trend(ground.store, handlungsfeld=asked.handlungsfeld, hubs=asked.hubs, language=ground.language)
    last = moments[-1] if moments else None
    known = last if last and last.new is not None else None
    return Figure(
        "renewal",
        both("Wie erneuert sich das Netz?", "How does the network renew itself?"),
        both(
            "In der jüngsten Planungsrunde: {new} neue Partnerschaften, {kept} blieben, {lost} endeten.",
            "In the latest planning round: {new} new partnerships, {kept} stayed, {lost} ended.",
            new=known.new,
            kept=known.kept,
            lost=known.lost,
        )
        if known
        else both("Dafür braucht es zwei Planungsrunden.", "That needs two planning rounds."),
        both(
            "Ein gesundes Netz behält Bewährtes und gewinnt Neues dazu.",
            "A network that is well keeps what is proven and gains what is new.",
        ),
        both(
            "Was kein Datum trägt, ist hier nicht mitgezählt; „beendet“ heißt oft nur: Projekt ausgelaufen.",
            "What bears no date is not counted; “ended” often means only that a project ran out.",
        ),
        (
            both("Planungsrunde", "Planning round"),
            both("Akteure mit Partnern", "Actors with partners"),
            both("Partnerschaften", "Partnerships"),
            both("neu", "new"),
            both("geblieben", "kept"),
            both("beendet", "lost"),
            both("Nadelöhre", "Bottlenecks"),
            both("getrennte Teile", "Separate parts"),
        ),
        tuple(
            (
                one.round,
                one.actors,
                one.ties,
                *("–" if count is None else count for count in (one.new, one.kept, one.lost)),
                one.cut_actors,
                one.parts,
            )
            for one in moments
        ),
        {"view": "actors", "lens": "new", **asked.query},
    )
