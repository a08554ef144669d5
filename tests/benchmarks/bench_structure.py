"""What hangs on whom, whom to invite, what holds: `python -m pytest -s tests/benchmarks/bench_structure.py`.

A network of 20 000 actors; each of our answers beside plain networkx in the same run.

Measured November 2026 on 2 busy cores: who hangs on cut actors 0.09 s (networkx 422 s), whom to invite 0.44 s and 25 %
fewer than networkx' 9 907, ties that join 52 times as fast; in a district of 20 000, the network being there, threads
1.4 s, handover 2.8 s, what if 0.7 s, invitation 1.2 s.
"""

from __future__ import annotations

import sys
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any

import networkx as nx

from builders import Quartier
from graph import measures
from graph.gaps import gaps
from graph.gaps.handover import handover
from graph.gaps.invitation import invitation
from graph.gaps.structure import situation_of, structure
from graph.gaps.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Callable

ACTORS = 20_000
NETWORK: nx.Graph[int] = nx.gnm_random_graph(ACTORS, 26_000, seed=1)


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def seconds(work: Callable[[], Any]) -> float:
    """Of this process alone: the networks are big enough for the first run not to matter."""
    begin = process_time()
    work()
    return process_time() - begin


def test_who_hangs_on_whom_is_named_in_the_time_networkx_needs_for_who_it_hangs_on() -> None:
    """All cut actors with all their pieces; networkx names the cut actors alone, and a piece costs it a search each."""

    def by_searching() -> None:
        for actor in sample:
            others = nx.node_connected_component(NETWORK, actor) - {actor}
            list(nx.connected_components(NETWORK.subgraph(others)))

    cuts = measures.cuts(NETWORK)
    sample = [cut.actor for cut in cuts[:20]]
    mine = seconds(lambda: [cut.loses for cut in measures.cuts(NETWORK)])
    bare = seconds(lambda: list(nx.articulation_points(NETWORK)))
    peer = seconds(by_searching) / len(sample) * len(cuts)
    say(f"{len(cuts)} cut actors with losses: {mine:.2f} s; networkx without losses {bare:.2f} s, with {peer:.0f} s")
    assert mine < 4 * bare
    assert mine < peer / 100


def test_an_invitation_is_shorter_than_networkx_dominating_set() -> None:
    """Beside `nx.dominating_set`, which takes whatever comes: at most 20 times its time, at most 0.8 of its length."""
    reach = {one: [one, *NETWORK[one]] for one in NETWORK}
    found = measures.cover(reach, NETWORK)
    mine = seconds(lambda: measures.cover(reach, NETWORK))
    peer = seconds(lambda: nx.dominating_set(NETWORK))
    others = len(nx.dominating_set(NETWORK))
    say(
        f"invitation: {len(found.chosen)} (no list below {found.at_least}) in {mine:.2f} s; "
        f"networkx: {others} in {peer:.2f} s"
    )
    assert len(found.chosen) < 0.8 * others
    assert mine < 20 * peer + 1


def test_joining_costs_no_more_than_a_spanning_forest_of_networkx() -> None:
    """10 000 parts, 200 000 candidates."""
    lots = Random(1)  # noqa: S311 - test data
    pairs = [(lots.randrange(10_000), lots.randrange(10_000)) for _ in range(200_000)]

    def peer() -> None:
        network: nx.Graph[int] = nx.Graph()
        network.add_weighted_edges_from((one, other, number) for number, (one, other) in enumerate(pairs))
        list(nx.minimum_spanning_edges(network, data=False))

    mine, other = seconds(lambda: measures.joining([0] * 10_000, pairs)), seconds(peer)
    say(f"joining: {mine:.2f} s, networkx {other:.2f} s: {other / mine:.1f} times as fast")
    assert mine < other


def test_a_district_of_twenty_thousand_is_answered_while_one_waits() -> None:
    """Each page's question, once the network and the list of pairs are there."""
    with district().store() as store:
        say(f"reading and candidate pairs: {seconds(lambda: gaps(store, 'introduce')):.1f} s")
        say(f"the network of partners: {seconds(lambda: structure(situation_of(store, None)).works_in):.1f} s")
        for name, work in {
            "thread": lambda: gaps(store, "thread", limit=20),
            "handover": lambda: handover(store),
            "handover of another": lambda: handover(store, groups=(), actors=["akteur-7"]),
            "what if": lambda: what_if(store, [f"introduce~akteur-{n}~akteur-{n + 999}" for n in range(1, 20)]),
            "invitation": lambda: invitation(store),
        }.items():
            took = seconds(work)
            say(f"{name}: {took:.2f} s")
            assert took < 5


def district() -> Quartier:
    """20 000 actors, a QM that knows one in twenty, 6 000 projects of four."""
    lots, made = Random(1), Quartier()  # noqa: S311 - test data
    made.round("2022", start="2022")
    fields = [made.handlungsfeld("2022", str(number), f"Feld {number}") for number in range(6)]
    places = [made.place(f"Ort {number}") for number in range(500)]
    actors = [
        made.actor(f"Akteur {n}", sector="bildung", fields=[fields[n % 6]], place=places[n % 500])
        for n in range(ACTORS)
    ]
    qm = made.actor("QM", kind="quartiersmanagement")
    for actor in actors[::20]:
        made.tie(qm, actor, start="2023")
    for number in range(6_000):
        carrier, *partners = lots.sample(actors, 4)
        made.project(
            f"Projekt {number}", traeger=[carrier], partner=partners, start="2024", fields=[fields[number % 6]]
        )
    return made
