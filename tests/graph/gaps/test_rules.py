"""The rules of a list hold for any candidates."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from graph.gaps.rules import PER_ACTOR, RESERVED, Line, chosen

sides = st.lists(st.sampled_from("abcdefghijkl"), min_size=2, max_size=2, unique=True).map(sorted).map(tuple)
lines = st.builds(
    lambda pair, score, cold, new, bridge: Line(pair, pair, score, cold, new, bridge),
    sides,
    st.integers(0, 9).map(float),
    st.integers(0, 9).map(float),
    st.booleans(),
    st.booleans(),
)
candidates = st.lists(lines, max_size=40, unique_by=lambda line: line.key)


@given(candidates, st.integers(1, 12))
def test_nobody_stands_in_more_lines_than_allowed(found: list[Line], limit: int) -> None:
    taken = chosen(found, limit, lambda _: True, free=frozenset())
    assert len(taken) <= limit
    assert max(Counter(part for line in taken for part in line.parts).values(), default=0) <= PER_ACTOR


@given(candidates, st.integers(1, 12), st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(found: list[Line], limit: int, chance: object) -> None:
    before = chosen(found, limit, lambda _: True, free=frozenset())
    chance.shuffle(found)  # type: ignore[attr-defined]
    assert chosen(found, limit, lambda _: True, free=frozenset()) == before


@given(candidates, st.integers(1, 12))
def test_lines_come_best_first_and_once(found: list[Line], limit: int) -> None:
    taken = chosen(found, limit, lambda _: True, free=frozenset())
    assert [line.score for line in taken] == sorted((line.score for line in taken), reverse=True)
    assert len(set(taken)) == len(taken)


@given(candidates)
def test_a_line_without_a_reason_is_never_taken(found: list[Line]) -> None:
    taken = chosen(found, 10, lambda line: line.newcomer, free=frozenset())
    assert all(line.newcomer for line in taken)


def test_newcomers_and_bridges_get_their_lines_although_others_score_higher() -> None:
    strong = [Line((f"s{n}", f"t{n}"), (f"s{n}", f"t{n}"), 100.0 - n) for n in range(20)]
    new = [Line((f"n{n}", f"o{n}"), (f"n{n}", f"o{n}"), 1.0, 5.0 - n / 9, newcomer=True) for n in range(9)]
    bridges = [Line((f"b{n}", f"c{n}"), (f"b{n}", f"c{n}"), 2.0, bridge=True) for n in range(9)]
    taken = chosen([*strong, *new, *bridges], 20, lambda _: True, free=frozenset())
    assert sum(line.newcomer for line in taken) == 20 // RESERVED
    assert sum(line.bridge for line in taken) == 20 // RESERVED


def test_whom_the_list_is_about_may_stand_in_every_line() -> None:
    found = [Line(("a", f"x{n}"), ("a", f"x{n}"), float(n)) for n in range(9)]
    assert len(chosen(found, 9, lambda _: True, free=frozenset({"a"}))) == 9
    assert len(chosen(found, 9, lambda _: True, free=frozenset())) == PER_ACTOR
