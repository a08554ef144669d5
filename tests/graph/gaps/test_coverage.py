"""Where a need is stated and nobody works: the rules, and what is unknown told apart from nobody."""

from __future__ import annotations

from datetime import date

import pytest

from builders import Quartier
from graph.gaps import Gap, find_gap, gaps

YEAR = date.today().year  # noqa: DTZ011 - a calendar year, as in the code
PLATZ, ELSEWHERE = (f"https://w3id.org/pankenetz/id/place/{name}" for name in ("platz", "anderswo"))


class Office(Quartier):
    """Field 1 of the round 2022 has a running project of Haus; what more is said, each test adds."""

    def __init__(self, **project: object) -> None:
        super().__init__()
        self.field = self.handlungsfeld("2022", "1", "Nachbarschaft")
        self.spot = self.place("Platz", at=(13.37, 52.55))
        self.place("Anderswo")
        self.haus = self.actor("Haus", sector="nachbarschaft")
        running = {"start": str(YEAR), "end": str(YEAR), "fields": [self.field], "traeger": [self.haus]}
        self.project("Fest", **{**running, **project})  # type: ignore[arg-type]

    def need(self, text: str, **more: str) -> str:
        return self.statement("2022", text, field=self.field, **more)


def lines(office: Quartier, dimension: str) -> list[Gap]:
    found = gaps(office.store(), "coverage", limit=100)
    return [gap for gap in found if gap.id.split("~")[2] == dimension]


def test_a_need_at_a_place_without_any_project_there_is_a_gap_with_its_statement() -> None:
    office = Office(places=[ELSEWHERE])
    need = office.need("Mehr Begegnung", place=office.spot)
    (gap,) = lines(office, "place")
    assert gap.headline is not None
    assert gap.headline.de == "Nachbarschaft (2022): niemand am Ort „Platz“"
    assert gap.reasons[0].text.de == "Das IHEK (Runde 2022) nennt als Bedarf: „Mehr Begegnung“."
    assert gap.reasons[0].evidence == (need,)


def test_projects_that_do_not_say_where_leave_it_open() -> None:
    office = Office()
    office.need("Mehr Begegnung", place=office.spot)
    (gap,) = lines(office, "place")
    assert gap.headline is not None
    assert "keine Angabe" in gap.headline.de
    assert "1 von 1" in gap.cautions[0].de


def test_a_project_at_the_place_closes_the_gap() -> None:
    office = Office(places=[PLATZ])
    office.need("Mehr Begegnung", place=office.spot)
    assert lines(office, "place") == []


def test_an_old_project_does_not_close_it_but_is_named() -> None:
    office = Office(places=[ELSEWHERE])
    office.project("Damals", traeger=[office.haus], start="2009", end="2010", fields=[office.field], places=[PLATZ])
    office.need("Mehr Begegnung", place=office.spot)
    (gap,) = lines(office, "place")
    assert gap.reasons[1].text.de == "Früher war dort „Haus“ mit „Damals“ (2009–2010)."


def test_a_project_without_years_is_unknown_not_now() -> None:
    office = Office(places=[ELSEWHERE])
    office.project("Irgendwann", traeger=[office.haus], fields=[office.field], places=[PLATZ])
    office.need("Mehr Begegnung", place=office.spot)
    (gap,) = lines(office, "place")
    assert gap.headline is not None
    assert "keine Angabe" in gap.headline.de


@pytest.mark.parametrize(("groups", "found"), [(["kinder"], 1), (["jugendliche"], 0)])
def test_a_need_that_names_people_asks_who_is_there_for_them(groups: list[str], found: int) -> None:
    office = Office(groups=groups)
    office.need("Orte für Jugendliche schaffen")
    assert len(lines(office, "target")) == found


def test_a_need_that_names_a_sector_asks_who_of_it_is_there() -> None:
    office = Office()
    office.need("Mehr Sportangebote im Hof")
    office.actor("Verein", sector="sport")
    (gap,) = lines(office, "sector")
    assert [ref.label for ref in gap.introducers] == ["Verein"]


def test_an_authority_whose_name_speaks_of_the_need_is_missed_until_it_takes_part() -> None:
    office = Office()
    office.need("Orte für Jugendliche schaffen")
    amt = office.actor("Jugendamt", klass="Agency", kind="fachamt")
    (gap,) = lines(office, "agency")
    assert [actor.label for actor in gap.actors] == ["Jugendamt"]
    office.project("Treff", traeger=[amt], start=str(YEAR), fields=[office.field])
    assert lines(office, "agency") == []


def test_a_field_nobody_works_in_gives_one_line_and_no_more() -> None:
    office = Office(fields=[])
    office.need("Mehr Sportangebote für Jugendliche", place=office.spot)
    found = gaps(office.store(), "coverage")
    assert [gap.id for gap in found] == ["coverage~2022-1~field~-"]


def test_no_statement_no_gap() -> None:
    assert gaps(Office().store(), "coverage") == []


def test_work_in_a_field_matched_with_it_counts() -> None:
    office = Office()
    other = office.handlungsfeld("2019", "3", "Nachbarn")
    office.statement("2019", "Mehr Begegnung", field=other)
    office.match(other, office.field)
    found = gaps(office.store(), "coverage", round="2019")
    assert [gap.id.split("~")[2] for gap in found] == ["agency"]


def test_a_cell_is_found_by_its_id() -> None:
    office = Office()
    office.need("Mehr Sportangebote für Jugendliche", place=office.spot)
    with office.store() as store:
        for gap in gaps(store, "coverage", limit=50):
            assert find_gap(store, gap.id) == gap


@pytest.mark.parametrize(("year", "told"), [(YEAR - 2, ""), (YEAR - 9, f"ist zuletzt {YEAR - 9} verzeichnet")])
def test_an_authority_not_seen_for_long_is_told_with_its_last_year(year: int, told: str) -> None:
    office = Office()
    office.need("Mehr Sport für Kinder")
    office.project("Turnen", traeger=[office.actor("Sportamt", klass="Agency")], start=str(year), end=str(year))
    (gap,) = lines(office, "agency")
    assert gap.cautions[0].de.startswith("„Sportamt“ ist zuletzt") == bool(told)
    assert told in gap.cautions[0].de


def test_an_authority_not_seen_for_half_a_generation_is_not_called_missing() -> None:
    office = Office()
    office.need("Mehr Sport für Kinder")
    office.project("Turnen", traeger=[office.actor("Sportamt", klass="Agency")], start="2005", end="2005")
    assert all("Sportamt" not in gap.headline.de for gap in lines(office, "agency") if gap.headline)


def test_an_authority_without_any_date_is_not_taken_for_gone() -> None:
    office = Office()
    office.need("Mehr Sport für Kinder")
    office.actor("Sportamt", klass="Agency")
    (gap,) = lines(office, "agency")
    assert gap.actors[0].label == "Sportamt"
