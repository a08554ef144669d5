"""Remarks give bodies a role only in so many words."""

from __future__ import annotations

import pytest

from graph.importing.names import known_names
from graph.importing.remarks import linked


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(name.text, name.role) for name in linked(text, known_names(["Klinke", "casa"]))]


def test_a_remark_names_partners_and_later_carriers():
    assert roles("in Koop. mit Klinke") == [("Klinke", "partner")]
    assert roles("verlängert bis 12/21; Träger ab 2020: casa") == [("casa", "traeger")]


@pytest.mark.parametrize(
    "text",
    ["Kooperation mit Klinke geplant", "nicht mehr in Koop. mit Klinke", "evtl. gemeinsam mit casa", "Klinke fragen?"],
)
def test_a_plan_a_question_or_a_denial_gives_nobody_a_role(text: str):
    assert roles(text) == []


def test_what_neither_is_known_nor_reads_like_a_body_gets_no_role():
    assert roles("in Kooperation mit vielen Helfern") == []
