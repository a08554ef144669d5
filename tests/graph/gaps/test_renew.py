"""Former partners: both still at work, four years without anything in common, never among the gaps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.gaps import gaps

if TYPE_CHECKING:
    from graph.gaps import Gap

YEAR = date.today().year  # noqa: DTZ011 - a calendar year, as in the code


def iri(name: str) -> str:
    return f"https://w3id.org/pankenetz/id/actor/{name}"


def friends(*, until: int = 6) -> Quartier:
    """Schule and Chor had a project that ended `until` years ago; each has one of its own now."""
    quartier = Quartier()
    schule, chor = quartier.actor("Schule"), quartier.actor("Chor")
    ended = str(YEAR - until)
    quartier.project("Hoffest", traeger=[schule], partner=[chor], start=ended, end=ended)
    quartier.project("Garten", traeger=[schule], start=str(YEAR - 1), end=str(YEAR))
    quartier.project("Singen", traeger=[chor], start=str(YEAR - 1), end=str(YEAR))
    return quartier


def renewed(quartier: Quartier) -> list[Gap]:
    return gaps(quartier.store(), "renew")


def test_two_who_once_worked_together_are_told_when_and_in_what() -> None:
    (gap,) = renewed(friends())
    assert gap.id == "renew~chor~schule"
    assert gap.reasons[0].text.de == f"Haben in „Hoffest“ ({YEAR - 6}) zusammengearbeitet."
    assert gap.cautions[0].de.startswith(f"Seit {YEAR - 6} ist nichts Gemeinsames")
    assert gap.strength == ""


def test_partners_of_the_last_four_years_are_no_former_ones() -> None:
    assert renewed(friends(until=2)) == []


def test_who_met_lately_is_in_touch() -> None:
    quartier = friends()
    quartier.event("Runde", actors=[iri("schule"), iri("chor")], start=str(YEAR - 1))
    assert renewed(quartier) == []


def test_a_tie_that_holds_on_is_no_former_one() -> None:
    quartier = friends()
    quartier.tie(iri("schule"), iri("chor"), start="2001")
    assert renewed(quartier) == []


def test_who_has_done_nothing_for_four_years_is_not_called() -> None:
    quartier = Quartier()
    schule, chor = quartier.actor("Schule"), quartier.actor("Chor")
    quartier.project("Hoffest", traeger=[schule], partner=[chor], start="2010", end="2011")
    quartier.project("Garten", traeger=[schule], start=str(YEAR))
    assert renewed(quartier) == []


def test_unknown_dates_make_nobody_a_former_partner_and_are_said() -> None:
    quartier = Quartier()
    schule, chor = quartier.actor("Schule"), quartier.actor("Chor")
    quartier.project("Hoffest", traeger=[schule], partner=[chor])
    for name, actor in (("Garten", schule), ("Singen", chor)):
        quartier.project(name, traeger=[actor], start=str(YEAR))
    assert renewed(quartier) == []
    quartier.project("Altes", traeger=[schule], partner=[chor], start="2009", end="2010")
    (gap,) = renewed(quartier)
    assert "fehlen die Jahre" in gap.cautions[1].de


@pytest.mark.parametrize("kind", ["introduce", "renew"])
def test_former_partners_stand_in_their_own_list_only(kind: str) -> None:
    found = gaps(friends().store(), kind)
    assert bool(found) == (kind == "renew")
