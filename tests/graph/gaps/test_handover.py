"""Netz ohne QM: what ends, what the fewest new ties hold, and what stays apart."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Quartier
from graph.errors import BadInput, NotFound
from graph.gaps import find_gap, gaps
from graph.gaps.handover import handover
from graph.gaps.kinds import gap_list
from graph.gaps.parting import GROUPS
from graph.gaps.structure import situation_of, structure

if TYPE_CHECKING:
    from graph.store import Store

HUB_KIND = "quartiersmanagement"
GROUPS_OF_PEOPLE = ("kinder", "jugendliche")


def wheel(*, groups: tuple[str, ...] = ("kinder",), kind: str = HUB_KIND) -> Quartier:
    """A Quartiersmanagement with three who know only it; two of them are there for the same people."""
    made = Quartier()
    qm = made.actor("QM", kind=kind)
    for name, own in (("A", groups), ("B", groups), ("C", ())):
        made.project(f"Fest {name}", traeger=[qm], partner=[made.actor(name, groups=own)], start="2024")
    return made


def test_the_fewest_ties_hold_what_they_can_and_the_rest_is_named() -> None:
    with wheel().store() as store:
        found = handover(store)
    assert [loss.actor.label for loss in found.alone] == ["A", "B", "C"]
    assert [{ref.label for ref in tie.gap.actors} for tie in found.ties] == [{"A", "B"}]
    assert [[ref.label for ref in group] for group in found.apart] == [["C"]]
    assert (found.before.alone, found.after.alone, found.mended.alone) == (0, 3, 1)
    assert (found.before.actors, found.before.largest, found.after.largest, found.mended.largest) == (3, 3, 0, 2)


def test_the_list_tells_what_a_tie_holds_and_by_what_it_hangs_today() -> None:
    with wheel().store() as store:
        (line,) = gaps(store, "handover")
        assert find_gap(store, "handover~b~a") == line
    assert line.reasons[0].text.de == "Ohne „QM“ verlieren den Anschluss: „A“. Diese Bekanntschaft hält ihn."
    assert line.reasons[0].evidence


def test_a_quartier_without_a_known_qm_offers_its_hubs_and_lets_people_choose() -> None:
    with wheel(kind="verein").store() as store:
        assert handover(store).leaving == ()
        assert gaps(store, "handover") == []
        assert structure(situation_of(store, None)).hubs[0].label == "QM"
        found = handover(store, groups=(), actors=["qm"])
    assert len(found.alone) == 3


def test_bodies_of_the_qm_end_with_it() -> None:
    quartier = wheel()
    council = quartier.actor("Rat", klass="Network", parent="https://w3id.org/pankenetz/id/actor/qm")
    quartier.membership("https://w3id.org/pankenetz/id/actor/a", council)
    with quartier.store() as store:
        assert [ref.label for ref in handover(store).leaving] == ["QM", "Rat"]
        assert [ref.label for ref in handover(store, groups=["qm"]).leaving] == ["QM"]


def test_fields_tell_whether_they_end_hang_on_one_or_hold() -> None:
    quartier = wheel()
    quartier.round("2022", start="2022")
    fields = [quartier.handlungsfeld("2022", str(n), f"Feld {n}") for n in range(4)]
    qm, a, b = (f"https://w3id.org/pankenetz/id/actor/{slug}" for slug in ("qm", "a", "b"))
    for field, carriers in zip(fields, ([qm], [qm, a], [a, b]), strict=False):
        quartier.project(f"Projekt {field[-1]}", traeger=carriers, fields=[field], start="2024")
    quartier.project("Noch eins", traeger=[b], fields=[fields[2]], start="2024")
    with quartier.store() as store:
        found = {loss.field.slug: loss for loss in handover(store).fields}
    states = {slug: loss.state for slug, loss in found.items()}
    assert states == {"2022-0": "ends", "2022-1": "thread", "2022-2": "thread", "2022-3": "empty"}
    assert next(iter(found)) == "2022-0"
    holder = found["2022-1"].holder
    assert holder is not None
    assert holder.label == "A"


def test_stakes_name_what_those_who_go_do_in_projects_that_go_on() -> None:
    quartier = wheel()
    qm = "https://w3id.org/pankenetz/id/actor/qm"
    quartier.funding(quartier.project("Garten", start="2024"), payer=qm)
    quartier.project("Vorbei", traeger=[qm], start="2015", end="2016")
    with quartier.store() as store:
        found = [(stake.role, stake.project.label) for stake in handover(store).stakes]
    assert found == [("traeger", "Fest A"), ("traeger", "Fest B"), ("traeger", "Fest C"), ("foerderer", "Garten")]


def test_on_an_earlier_day_only_what_was_known_counts() -> None:
    with wheel().store() as store:
        assert handover(store, as_of=date(2023, 12, 31)).losses == ()


@pytest.mark.parametrize(("groups", "actors", "error"), [(["nie"], [], BadInput), ([], ["nie"], NotFound)])
def test_unknown_groups_and_actors_are_refused(groups: list[str], actors: list[str], error: type[Exception]) -> None:
    with Quartier().store() as store, pytest.raises(error):
        handover(store, groups=groups, actors=actors)


def test_nobody_going_changes_nothing_even_where_nobody_is() -> None:
    for made in (Quartier(), wheel(kind="verein")):
        with made.store() as store:
            found = handover(store, groups=(), actors=())
        assert (found.losses, found.ties, found.apart) == ((), (), ())
        assert found.before == found.after == found.mended


def drawn(seed: int) -> Quartier:
    chance, made = Random(seed), Quartier()  # noqa: S311 - test data
    actors = [
        made.actor(
            f"Akteur {n}",
            kind=HUB_KIND if n == 0 else "verein",
            groups=chance.sample(GROUPS_OF_PEOPLE, chance.randint(0, 1)),
        )
        for n in range(7)
    ]
    for number in range(5):
        traeger, *partner = chance.sample(actors, chance.randint(1, 3))
        made.project(f"Projekt {number}", traeger=[traeger], partner=partner, start="2024")
    return made


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_no_smaller_set_of_plausible_ties_holds_as_much(seed: int) -> None:
    """Against all sets of pairs the list `introduce` would show, between parts of what hung together before."""
    with drawn(seed).store() as store:
        found = handover(store)
        situation = situation_of(store, None)
        network, pairs = structure(situation).network, gap_list(situation, "introduce")
        listed = pairs.gaps(_all(), 500)
    gone = {ref.iri for ref in found.leaving}
    rest = network.subgraph(set(network) - gone)
    inside = [
        pair
        for gap in listed
        if not (pair := frozenset(ref.iri for ref in gap.actors)) & gone and nx.has_path(network, *pair)
    ]

    def parts(ties: object) -> int:
        held = nx.Graph(rest)
        held.add_edges_from(ties)
        return nx.number_connected_components(held)

    best = parts(inside)
    fewest = next(n for n in range(len(inside) + 1) if any(parts(some) == best for some in combinations(inside, n)))
    assert len(found.ties) == fewest
    assert parts([[ref.iri for ref in tie.gap.actors] for tie in found.ties]) == best


def _all() -> object:
    from graph.gaps.filters import Filters

    return Filters()


def test_the_example_without_its_qm(example: Store) -> None:
    """Every actor said to stand alone has no partner but those who go; with the ties nobody named is left out."""
    found, network = handover(example), structure(situation_of(example, None)).network
    gone = {ref.iri for ref in found.leaving}
    assert all(set(network[loss.actor.iri]) <= gone for loss in found.alone)
    assert found.after.alone - found.before.alone == len(found.alone)
    apart = {ref.iri for group in found.apart for ref in group}
    assert found.mended.largest == found.before.largest - len(apart)
    assert set(GROUPS) == set(structure(situation_of(example, None)).groups)
