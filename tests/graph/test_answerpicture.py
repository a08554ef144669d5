"""The drawing of an answer's network: all parts in sight, none over another."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.answerpicture import drawn

PAIRS = [(f"a{n}", f"b{n}") for n in range(9)] + [("a0", f"c{n}") for n in range(9)]


def test_parts_stand_in_rows_and_not_one_beside_the_other_without_end() -> None:
    picture = drawn(PAIRS)
    assert picture.width < 1600
    assert set(picture.places) == {name for pair in PAIRS for name in pair}


def test_a_large_part_is_drawn_no_wider_than_it_is_arranged() -> None:
    """Names make small ones wider; sixty things so much wider would be out of sight."""
    from graph.layout.arrangement import positions

    pairs = [(f"a{n}", f"a{n * 7 % 60}") for n in range(60)] + [(f"a{n}", f"a{n + 1}") for n in range(59)]
    across = [x for x, _ in positions(nx.Graph(pairs)).values()]
    assert drawn(pairs).width <= max(1000, max(across) - min(across) + 180) + 0.1


def test_the_same_pairs_have_the_same_places_whatever_their_order() -> None:
    assert drawn(PAIRS).places == drawn(PAIRS[::-1]).places


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("ijklmnop")), max_size=12))
def test_everything_lies_within_the_drawing_and_nothing_on_anything(pairs: list[tuple[str, str]]) -> None:
    picture = drawn(pairs)
    assert len(set(picture.places.values())) == len({name for pair in pairs for name in pair})
    assert all(0 < x < picture.width and 0 < y < picture.height for x, y in picture.places.values())
