"""What if suggestions came true: the counts before and after, held against a network made by hand."""

from __future__ import annotations

import networkx as nx
import pytest

from builders import BASE, Quartier
from graph.errors import BadInput, NotFound
from graph.gaps.what_if import what_if


def islands() -> Quartier:
    """A pair, a QM with two who know only it, and one alone; two Handlungsfelder, of which one is worked in."""
    made = Quartier()
    made.round("2022", start="2022")
    field, other = (made.handlungsfeld("2022", str(n), f"Feld {n}") for n in (1, 2))
    a, b, c, d = (made.actor(name, sector="bildung", groups=["kinder"]) for name in "ABCD")
    qm = made.actor("QM", kind="quartiersmanagement")
    made.project("Paar", traeger=[a], partner=[b], start="2024", fields=[field])
    made.project("Rad", traeger=[qm], partner=[c, d], start="2024")
    made.project("Tisch", traeger=[a], start="2024", fields=[other])
    made.actor("E", sector="sport")
    return made


def test_ticks_join_parts_and_take_out_loneliness() -> None:
    with islands().store() as store:
        found = what_if(store, ["introduce~a~c", "introduce~a~e"])
    assert (found.before.alone, found.before.parts, found.before.largest) == (1, 2, 3)
    assert (found.after.alone, found.after.parts, found.after.largest) == (0, 1, 6)
    assert [one.ties for one in found.added] == [1, 1]


def test_taking_out_the_qm_leaves_a_tie_of_two_who_knew_each_other() -> None:
    with islands().store() as store:
        found = what_if(store, [], groups=["qm"])
    assert (found.before.actors, found.before.alone, found.after.alone, found.after.parts) == (5, 1, 1, 2)
    assert [ref.label for ref in found.leaving] == ["QM"]


def test_a_seat_ties_to_all_at_the_table_and_covers_its_field_for_the_sector() -> None:
    with islands().store() as store:
        found = what_if(store, ["table~paar~e"])
    assert (found.added[0].ties, found.added[0].project and found.added[0].project.label) == (2, "Paar")
    assert (found.before.cells, found.after.cells, found.after.of_cells) == (2, 3, 4)


def test_a_thread_stands_for_the_second_way_it_proposes() -> None:
    made = Quartier()
    actors = [made.actor(name, groups=["kinder"]) for name in "ABC"]
    for number in range(2):
        made.project(f"Projekt {number}", traeger=[actors[number]], partner=[actors[number + 1]], start="2024")
    with made.store() as store:
        found = what_if(store, ["thread~tie~a~b"])
    assert (found.before.cut_actors, found.after.cut_actors) == (1, 0)


def test_what_is_no_more_or_moves_nothing_is_named_and_ties_of_those_who_go_do_not_count() -> None:
    with islands().store() as store:
        gone = what_if(store, ["introduce~a~niemand", "quatsch", "table~nie~a", "introduce~a~c"], actors=["c"])
    assert gone.unmoved == ("introduce~a~niemand", "quatsch", "table~nie~a")
    assert [one.ties for one in gone.added] == [0]


def test_ticking_twice_counts_once_and_an_empty_quartier_answers() -> None:
    with islands().store() as store:
        assert len(what_if(store, ["introduce~a~c"] * 2).added) == 1
    with Quartier().store() as store:
        assert what_if(store, []).before.actors == 0
        with pytest.raises(BadInput):
            what_if(store, [], groups=["alle"])
        with pytest.raises(NotFound):
            what_if(store, [], actors=["nie"])


def test_large_networks_are_answered_without_circles() -> None:
    made = Quartier()
    actors = [made.actor(f"Akteur {n}") for n in range(2001)]
    for one, other in nx.path_graph(20).edges:
        made.tie(actors[one], actors[other], start="2024")
    with made.store() as store:
        found = what_if(store, [f"introduce~{actors[0].removeprefix(f'{BASE}actor/')}~akteur-1000"])
    assert found.after.circles is None
    assert found.before.alone - found.after.alone == 1
