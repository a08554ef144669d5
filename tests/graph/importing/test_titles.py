"""Cells that name several projects come apart at what is known, never inside a title."""

from __future__ import annotations

import pytest

from graph.importing.titles import read_titles

KNOWN = {"Chor", "Bauen, Werken und Feilen", "Kicken/Klicken", "Holz und Garten"}


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Chor\nHolz und Garten", ["Chor", "Holz und Garten"]),
        ("Chor, Bauen, Werken und Feilen", ["Chor", "Bauen, Werken und Feilen"]),
        ("Kicken/Klicken, Chor", ["Kicken/Klicken", "Chor"]),
        ("Holz und Garten", ["Holz und Garten"]),
        ("Nie gehört und neu", ["Nie gehört und neu"]),
        ("-", []),
    ],
)
def test_titles_come_apart_where_they_are_known(cell: str, titles: list[str]) -> None:
    assert [name.text for name in read_titles(cell, KNOWN.__contains__).names] == titles


def test_the_role_behind_a_title_is_that_of_the_body_of_the_row() -> None:
    found = read_titles("Chor (Träger), Holz und Garten (Partner)", KNOWN.__contains__).names
    assert [(name.text, name.role) for name in found] == [("Chor", "traeger"), ("Holz und Garten", "partner")]
