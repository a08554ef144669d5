"""The quick arithmetic ranks as slow and plain loops over the records do."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import exp, log, sqrt
from typing import TYPE_CHECKING

import pytest
from drawn_districts import drawn_district
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.gaps.candidates import candidate_pairs
from graph.gaps.evidence import Evidence
from graph.gaps.filters import Filters
from graph.gaps.horizon import Horizon
from graph.gaps.introduce import pair_scores
from graph.gaps.reading import records
from graph.gaps.seat_list import PER_TABLE, SeatList
from graph.gaps.seat_words import Wording
from graph.gaps.seats import Seating
from graph.gaps.tables import Table
from graph.gaps.terms import WORD, Terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builders import Quartier

districts = st.builds(drawn_district, st.integers(15, 40), st.integers(0, 1000))
texts = st.lists(st.text("abcdeé ", max_size=24), min_size=1, max_size=6)


def plain_cosines(texts: list[str]) -> list[list[float]]:
    """tf-idf cosines of all texts, piece by piece."""
    counts = [Counter(piece for word in WORD.findall(text.lower()) for piece in plain_pieces(word)) for text in texts]
    used, having = sum(map(bool, counts)), Counter(piece for count in counts for piece in count)
    rows = [{p: (1 + log(n)) * (log((1 + used) / (1 + having[p])) + 1) for p, n in c.items()} for c in counts]
    lengths = [sqrt(sum(value**2 for value in row.values())) or 1 for row in rows]
    made = list(zip(rows, lengths, strict=True))
    return [
        [sum(value * other.get(p, 0) for p, value in row.items()) / (mine * its) for other, its in made]
        for row, mine in made
    ]


def plain_pieces(word: str) -> Iterator[str]:
    padded = f" {word} "
    yield padded
    yield from (padded[at : at + 5] for at in range(len(padded) - 4))


@given(texts)
@settings(deadline=None)
def test_texts_are_as_alike_as_their_pieces_say(texts: list[str]) -> None:
    terms = Terms(texts)
    for row, text in zip(plain_cosines(texts), texts, strict=True):
        assert terms.likeness(terms.row(text)) == pytest.approx(row)
    assert terms.alike(terms.weights).tolist() == [pytest.approx(row) for row in plain_cosines(texts)]


@given(districts)
@settings(max_examples=4, deadline=None)
def test_partners_of_a_carrier_count_as_a_walk_over_the_records_says(made: Quartier) -> None:
    """Σ w/(k−1) over the joint projects and declared ties of an actor with the carriers, at most 1."""
    with made.store() as store:
        evidence = Evidence(records(store), Horizon.of(None))
    roles = defaultdict(dict)
    for item in evidence.partnerships:
        weight = exp(-evidence.ages[item.iri] / 5)
        roles[item.subject][item.actor] = max(weight, roles[item.subject].get(item.actor, 0))
    seating = Seating(evidence)
    for project in evidence.records.projects:
        table = Table.of(evidence.records, project)
        found = dict.fromkeys(evidence.actor_at, 0.0)
        for team in roles.values():
            for one in team:
                for carrier in {*table.traeger} & team.keys() - {one}:
                    found[one] += sqrt(team[one]) * sqrt(team[carrier]) / (len(team) - 1)
        for tie in evidence.records.ties:
            for one, other in {(tie.first, tie.second), (tie.second, tie.first)}:
                found[one] += evidence.tie_weight(tie) * (other in table.traeger)
        expected = [min(found[iri], 1.0) for iri in evidence.actor_at]
        assert seating.scores(table).partners == pytest.approx(expected)


@given(districts)
@settings(max_examples=4, deadline=None)
def test_the_words_of_tables_read_together_are_those_of_each_alone(made: Quartier) -> None:
    with made.store() as store:
        evidence = Evidence(records(store), Horizon.of(None))
    wording = Wording(evidence)
    subjects = [*evidence.records.projects, *evidence.records.events, *evidence.records.demands]
    tables = [Table.of(evidence.records, subject) for subject in subjects]
    for table in wording.foreseen(tables):
        together, alone = wording.of(table), wording.of(table)
        assert [part.tolist() for part in together] == [part.tolist() for part in alone]


@given(districts)
@settings(max_examples=4, deadline=None)
def test_the_best_of_each_table_are_those_of_sorting_everybody(made: Quartier) -> None:
    with made.store() as store:
        evidence = Evidence(records(store), Horizon.of(None))
        ranked = SeatList(evidence, records(store))
        for subject in ranked._asked(Filters()):
            order = ranked._table(subject)[2].tolist()
            every = sorted((at for at in range(len(order)) if order[at] > float("-inf")), key=lambda at: -order[at])
            assert ranked._ranked(subject, Filters(), None, []) == every[:PER_TABLE]


@given(districts)
@settings(max_examples=4, deadline=None)
def test_common_partners_count_by_how_few_they_know(made: Quartier) -> None:
    """Σ 1/degree over those who work with both and are no QM, from sets."""
    with made.store() as store:
        evidence = Evidence(records(store), Horizon.of(None))
    teams = defaultdict(set)
    for item in evidence.partnerships:
        teams[item.subject].add(item.actor)
    near = defaultdict(set)
    for team in [*teams.values(), *({tie.first, tie.second} for tie in evidence.records.ties)]:
        for one in team:
            near[one] |= team - {one}
    scores = pair_scores(evidence, candidate_pairs(evidence))
    actors = evidence.records.actors
    for number, (one, other) in enumerate(zip(*scores.pairs, strict=True)):
        common = near[actors[one].iri] & near[actors[other].iri] - {actor.iri for actor in actors if actor.hub == "qm"}
        assert scores.partners[number] == pytest.approx(sum(1 / len(near[iri]) for iri in common))
