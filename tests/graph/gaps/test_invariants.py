"""What must not matter: order of rows, names, strangers, and the future."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from builders import Quartier
from graph.gaps import gaps

if TYPE_CHECKING:
    from graph.gaps import Gap

EVE = date(2020, 12, 31)
ACTORS = [f"Akteur {letter}" for letter in "ABCDEFGH"]
SECTORS = ("kultur", "bildung", "sport", "")
GROUPS = ("kinder", "jugendliche")
LISTS = ("introduce", "table", "coverage", "renew", "double")
quartiere = st.integers(0, 10_000).map(lambda seed: quartier(Random(seed)))  # noqa: S311 - test data


def quartier(chance: Random) -> Quartier:
    """A small random Quartier: actors, projects of the years 2015 to 2020, an event."""
    made = Quartier()
    made.round("2015", start="2015-01-01")
    feld = made.handlungsfeld("2015", "1", "Nachbarschaft")
    made.statement("2015", chance.choice(("Mehr Sport für Kinder", "Orte für Jugendliche")), field=feld)
    actors = [
        made.actor(
            name,
            sector=chance.choice(SECTORS),
            groups=chance.sample(GROUPS, chance.randint(0, 2)),
            fields=[feld] * chance.randint(0, 1),
        )
        for name in ACTORS
    ]
    for number in range(5):
        traeger, *partner = chance.sample(actors, chance.randint(1, 4))
        year = chance.choice(("2015", "2018", "2020", ""))
        made.project(f"Projekt {number}", traeger=[traeger], partner=partner, start=year, fields=[feld])
    made.event("Fest", actors=chance.sample(actors, 3), start="2019")
    for body in ("Kreis", "Runde"):
        network = made.actor(body, klass="Network", kind="netzwerk", groups=["kinder"])
        for member in actors[:3]:
            made.membership(member, network, start="2014")
    return made


def lists(made: Quartier, day: date | None = EVE) -> list[list[Gap]]:
    store = made.store()
    return [gaps(store, kind, as_of=day) for kind in ("introduce", "table", "thread")]


def numbers(found: list[list[Gap]]) -> list[list[tuple[str, float]]]:
    return [[(gap.id, gap.score) for gap in one] for one in found]


@settings(max_examples=6, deadline=None)
@given(quartiere, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(made: Quartier, chance: Random) -> None:
    before = lists(made)
    chance.shuffle(made.quads)
    assert lists(made) == before


@settings(max_examples=6, deadline=None)
@given(quartiere)
def test_other_names_change_no_score(made: Quartier) -> None:
    before = numbers(lists(made))
    made.quads = [_renamed(quad) for quad in made.quads]
    assert numbers(lists(made)) == before


def _renamed(quad: ox.Quad) -> ox.Quad:
    if not quad.predicate.value.endswith("prefLabel") or "/actor/" not in str(quad.subject):
        return quad
    other = ox.Literal(f"Bibliothek {quad.object}"[::-1], language="de")
    return ox.Quad(quad.subject, quad.predicate, other, quad.graph_name)


@settings(max_examples=6, deadline=None)
@given(quartiere)
def test_a_stranger_changes_no_reason(made: Quartier) -> None:
    before = lists(made)
    made.actor("Ganz woanders")
    assert [[(g.id, g.reasons) for g in one] for one in lists(made)] == [
        [(g.id, g.reasons) for g in one] for one in before
    ]


@settings(max_examples=6, deadline=None)
@given(quartiere)
def test_nothing_that_begins_after_the_day_is_seen(made: Quartier) -> None:
    before = lists(made)
    every = [f"https://w3id.org/pankenetz/id/actor/akteur-{letter}" for letter in "abcdefgh"]
    made.project("Später", traeger=every[:4], partner=every[4:], start="2021-01-01")
    made.tie(every[0], every[1], start="2021")
    made.event("Nachher", actors=every, start="2022")
    made.membership(every[2], made.actor("Verbund", klass="Network", start="2022"), start="2022")
    made.round("2021", start="2021-01-01")
    later = made.handlungsfeld("2021", "1", "Später")
    made.statement("2021", "Mehr Kultur für Ältere", field=later)
    assert lists(made) == before


@settings(max_examples=6, deadline=None)
@given(quartiere)
def test_a_planted_leak_would_be_caught(made: Quartier) -> None:
    """The same facts dated one day earlier do change the list, so that the test above can fail."""
    before = lists(made)
    every = [f"https://w3id.org/pankenetz/id/actor/akteur-{letter}" for letter in "abcdefgh"]
    made.project("Früher", traeger=every[:4], partner=every[4:], start="2020-12-31")
    after = lists(made)
    assert not any(all("/akteur-" in actor.iri for actor in gap.actors) for gap in after[0])
    assert after != before or before[0] == []


@settings(max_examples=5, deadline=None)
@given(quartiere)
def test_the_useful_order_sees_no_more_than_the_other(made: Quartier) -> None:
    with made.store() as store:
        before = gaps(store, "introduce", as_of=EVE, order="useful")
    every = [f"https://w3id.org/pankenetz/id/actor/akteur-{letter}" for letter in "abcdefgh"]
    made.project("Später", traeger=every[:4], partner=every[4:], start="2021-01-01")
    with made.store() as store:
        assert gaps(store, "introduce", as_of=EVE, order="useful") == before


@settings(max_examples=5, deadline=None)
@given(quartiere)
def test_undated_facts_count_today_and_on_no_earlier_day(made: Quartier) -> None:
    before = lists(made)
    a, b = (f"https://w3id.org/pankenetz/id/actor/akteur-{letter}" for letter in "ab")
    made.tie(a, b)
    assert lists(made) == before
    assert not any({x.iri for x in gap.actors} == {a, b} for gap in lists(made, None)[0])


def test_asking_twice_gives_the_same_lines() -> None:
    made = quartier(Random(3))  # noqa: S311 - test data
    with graph.open(None) as store:
        store.apply([], made.quads)
        assert gaps(store, "introduce") == gaps(store, "introduce")
