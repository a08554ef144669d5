"""The list "Einzelfaden": what hangs on one actor or one tie, why, and what would help."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from builders import BASE, Quartier
from graph.errors import NotFound
from graph.gaps import find_gap, gaps
from graph.network import one_mode, two_mode

if TYPE_CHECKING:
    from graph.store import Store


def chain(*names: str) -> Quartier:
    """Actors, each in a project with the next."""
    made = Quartier()
    actors = [made.actor(name, groups=["kinder"]) for name in names]
    for number, (one, other) in enumerate(pairwise(actors)):
        made.project(f"{names[number]} und {names[number + 1]}", traeger=[one], partner=[other], start="2024")
    return made


def test_a_chain_is_told_by_its_ties_alone() -> None:
    """The ties to the ends each cut off one, the inner ties two; of C nothing is left to say."""
    with chain("A", "B", "C", "D", "E").store() as store:
        found = [gap.id for gap in gaps(store, "thread")]
    assert found == ["thread~tie~b~c", "thread~tie~c~d", "thread~tie~a~b", "thread~tie~d~e"]


def test_the_middle_of_a_star_is_told_with_all_who_hang_on_it() -> None:
    star = chain("B", "A", "C")
    star.tie(f"{BASE}actor/a", star.actor("D"))
    with star.store() as store:
        found = gaps(store, "thread")
    assert found[0].id == "thread~actor~a"
    assert found[0].reasons[0].text.de == "Fällt „A“ aus, verlieren 2 andere den Anschluss: „C“ und „D“."


def test_an_end_says_by_what_it_hangs_and_with_whom_a_second_way_is_near() -> None:
    """A and C share B and the same people; their acquaintance makes a ring."""
    with chain("A", "B", "C").store() as store:
        gap = find_gap(store, "thread~tie~a~b")
    assert [ref.label for ref in gap.actors] == ["A", "B"]
    assert gap.reasons[0].text.de == "„A“ hat nur einen Partner, „B“, durch: „A und B“ (2024)."
    assert gap.next_step.de == "Einen zweiten Weg schaffen: „B“ bitten, „A“ und „C“ einander vorzustellen."
    assert gap.reasons[1].evidence


def test_where_nothing_speaks_for_anybody_it_is_said() -> None:
    quartier = Quartier()
    a, b, c = (quartier.actor(name) for name in "ABC")
    for number, pair in enumerate(((a, b), (b, c))):
        quartier.tie(*pair, start=f"201{number}")
    quartier.tie(a, c, state="failed")
    with quartier.store() as store:
        gap = next(gap for gap in gaps(store, "thread", actor="a") if gap.id == "thread~tie~a~b")
    assert gap.cautions[0].de == "Diese Verbindung ist zuletzt 2010 belegt: Vielleicht gibt es sie nicht mehr."


def test_a_ring_a_pair_and_an_empty_quartier_have_no_threads() -> None:
    ring = chain("A", "B", "C")
    ring.tie(f"{BASE}actor/a", f"{BASE}actor/c")
    for made in (ring, chain("A", "B"), chain("A"), Quartier()):
        with made.store() as store:
            assert gaps(store, "thread") == []


def test_a_field_whose_projects_all_have_one_traeger_hangs_on_it() -> None:
    quartier = Quartier()
    quartier.round("2022", start="2022")
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    school, club = quartier.actor("Schule"), quartier.actor("Verein", fields=[field])
    for name in ("Lesen", "Rechnen"):
        quartier.project(name, traeger=[school], fields=[field], start="2024")
    with quartier.store() as store:
        gap = find_gap(store, "thread~field~2022-1")
        assert gap in gaps(store, "thread", handlungsfeld="2022-1")
    assert (gap.actors[0].iri, gap.subject and gap.subject.label) == (school, "2022: Bildung")
    assert "„Lesen“ und „Rechnen“" in gap.reasons[0].text.de
    assert gap.next_step.de.endswith("arbeiten schon: „Verein“.")
    assert club


def test_undated_ties_hold_nothing_on_an_earlier_day() -> None:
    quartier = chain("A", "B", "C")
    quartier.tie(f"{BASE}actor/c", quartier.actor("D"))
    with quartier.store() as store:
        assert "thread~tie~c~d" in {gap.id for gap in gaps(store, "thread")}
        earlier = {gap.id for gap in gaps(store, "thread", as_of=date(2025, 1, 1))}
    assert earlier == {"thread~tie~a~b", "thread~tie~b~c"}


@pytest.mark.parametrize("rest", ["actor~niemand", "tie~a", "tie~c~a", "field~2022-9", "wer~a", ""])
def test_what_hangs_on_nothing_is_not_found(rest: str) -> None:
    with chain("A", "B", "C").store() as store, pytest.raises(NotFound):
        find_gap(store, f"thread~{rest}")


def test_every_number_of_the_example_is_true(example: Store) -> None:
    """Take out each holder or tie of the whole list in a network made anew, and count who is cut off."""
    network = nx.Graph(one_mode(two_mode(example)))
    network.remove_nodes_from(
        [iri for iri, node in network.nodes(data=True) if node["end"] and node["end"].year < 2026]
    )
    found = [gap for gap in gaps(example, "thread", limit=500) if gap.id.split("~")[1] != "field"]
    assert len(found) > 40
    for gap in found:
        end, holder = gap.actors[0].iri, gap.actors[-1].iri
        without = network.copy()
        without.remove_edges_from([(end, holder)]) if end != holder else without.remove_node(holder)
        whole = nx.node_connected_component(network, holder) - ({holder} if end == holder else set())
        biggest = max(len(part) for part in nx.connected_components(without.subgraph(whole)))
        assert gap.score == pytest.approx((len(whole) - biggest) / (1 + len(whole) - biggest))
        assert gap.reasons[0].evidence
