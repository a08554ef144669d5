"""What offices write for nothing is nothing; what merely sounds like it is kept."""

from __future__ import annotations

import pytest

from graph.importing.blanks import is_unknown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "–",
        "---",
        "?",
        "k. A.",
        "k.A.",
        "N.N.",
        "n. n.",
        "unbekannt",
        "tbd",
        "(noch offen)",
        "#NV",
        "#REF!",
        "…",
    ],
)
def test_nothing_is_known(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    "text",
    ["Offene Werkstatt", "0", "K. A. Schmidt GmbH", "Name", "Folgt dem Fluss", "NN-Theater", "Wert", "●", "★", "✓"],
)
def test_something_is_written(text: str) -> None:
    assert not is_unknown(text)
