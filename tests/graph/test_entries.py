"""Values between cell and graph: what is read, what is refused, and that writing and reading are inverse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import entries
from graph.errors import BadInput
from ontology import concepts
from ontology.schema import entity_types
from ontology.terms import XSD

KINDS = entity_types()
START, AMOUNT, ALONG = (
    KINDS["project"].field("start"),
    KINDS["funding"].field("amount"),
    KINDS["place"].field("along_panke"),
)
CONFIRMED, POSITION = KINDS["actor"].field("last_confirmed"), KINDS["place"].field("position")
WEBSITE, KIND, CLASS = KINDS["actor"].field("website"), KINDS["actor"].field("kind"), KINDS["actor"].field("type")
NAME, NAME_EN = KINDS["handlungsfeld"].field("name"), KINDS["handlungsfeld"].field("name_en")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("silent green", "silent-green"),
        ("Südost-Europa Kultur e.V.", "suedost-europa-kultur-e-v"),
        ("Straße", "strasse"),
        ("Café à la Panke", "cafe-a-la-panke"),
        ("!!!", ""),
        ("مسجد", ""),
    ],
)
def test_a_slug_is_readable_ascii(name, expected):
    assert entries.slug(name) == expected


@given(st.text())
def test_a_slug_can_stand_in_an_iri_or_is_empty(name):
    made = entries.slug(name)
    assert made == "" or (entries.SLUG.fullmatch(made) and len(made) <= 60)


@given(st.lists(st.text(min_size=1).map(entries.text).filter(bool), unique=True))
def test_values_joined_into_one_cell_are_split_into_the_same(values):
    assert entries.split(entries.join(values)) == values


@given(st.text())
def test_a_text_written_to_csv_comes_back_the_same(cell):
    assert entries.from_csv(entries.to_csv(cell)) == cell


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+49", "-1", "@x", "'=x"])
def test_no_csv_cell_begins_like_a_formula(cell):
    assert entries.to_csv(cell).startswith("'")


def test_a_semicolon_without_spaces_separates_too():
    assert entries.split("Kinder;Jugendliche ;; Kinder") == ["Kinder", "Jugendliche"]


@pytest.mark.parametrize(
    ("written", "value", "datatype"),
    [
        ("2024", "2024", XSD.gYear),
        ("2024-05", "2024-05", XSD.gYearMonth),
        ("2024-05-17", "2024-05-17", XSD.date),
        ("17.5.2024", "2024-05-17", XSD.date),
        ("5/2024", "2024-05", XSD.gYearMonth),
        ("29.02.2024", "2024-02-29", XSD.date),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(written, value, datatype):
    term = entries.term(START, written)
    assert (term.value, term.datatype.value) == (value, datatype)


@pytest.mark.parametrize(
    "written", ["bald", "24", "2024-13", "2023-02-29", "2024-05-17T10:00", "0000", "２０２４", "2024-123", "-"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(BadInput) as refused:
        entries.term(START, written)
    assert (refused.value.what, refused.value.where) == ("date", written)


def test_a_year_is_no_day():
    with pytest.raises(BadInput, match="day"):
        entries.term(CONFIRMED, "2024")


@given(st.dates(min_value=dt.date(1, 1, 1)))
def test_every_day_of_the_calendar_can_be_written(day):
    assert entries.term(CONFIRMED, day.isoformat()).value == day.isoformat()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("13.600.000", "13600000"),
        ("1.250,50", "1250.5"),
        ("1250,50", "1250.5"),
        ("1250.5", "1250.5"),
        ("10.000 €", "10000"),
        ("007", "7"),
        ("0,00", "0"),
    ],
)
def test_an_amount_is_read_as_germans_write_it(written, value):
    assert entries.term(AMOUNT, written).value == value


@given(st.decimals(min_value=0, max_value=10**12, places=3))
def test_an_amount_written_and_read_is_the_same_amount(amount):
    stored = entries.term(AMOUNT, f"{amount:f}".replace(".", ","))
    assert Decimal(entries.term(AMOUNT, entries.written(AMOUNT, stored)).value) == amount


@pytest.mark.parametrize("written", ["viel", "1,2,3", "1.2.3", "NaN", "1e6", ""])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(BadInput, match="number"):
        entries.term(AMOUNT, written)


def test_yes_and_no_are_read_in_both_languages():
    assert [entries.term(ALONG, word).value for word in ("ja", "Nein", "yes", "FALSE")] == [
        "true",
        "false",
        "true",
        "false",
    ]


def test_a_position_may_be_written_as_maps_show_it() -> None:
    assert entries.term(POSITION, "52.5468, 13.3685").value == "POINT(13.3685 52.5468)"


@pytest.mark.parametrize(
    "written", ["95.5, 13.4", "52.5", "POINT(13.4)", "POINT(200 52)", "POINT(1..2 3)", "POINT(13 52", "CIRCLE(1 2)"]
)
def test_a_position_is_wkt_on_this_earth(written):
    with pytest.raises(BadInput, match="position"):
        entries.term(POSITION, written)


@pytest.mark.parametrize("written", ["berlin.de", "ftp://berlin.de", "https://a b", "javascript:alert(1)"])
def test_an_address_begins_with_http(written):
    with pytest.raises(BadInput, match="address"):
        entries.term(WEBSITE, written)


@pytest.mark.parametrize("written", ["Volkshochschule", "volkshochschule", "VHS"])
def test_a_choice_is_found_by_label_slug_or_other_spelling(written):
    assert entries.term(KIND, written).value == "https://w3id.org/pankenetz/scheme/actor-kind/volkshochschule"


def test_a_choice_that_is_not_on_the_list_is_refused_with_the_list():
    with pytest.raises(BadInput) as refused:
        entries.term(CLASS, "Person")
    assert refused.value.allowed == ("Akteur", "Amt", "Netzwerk")


def test_every_concept_written_is_read_as_itself():
    for choice in concepts("actor-kind"):
        term = entries.term(KIND, choice.label["de"])
        assert term.value == choice.iri
        assert entries.term(KIND, entries.written(KIND, term)) == term


def test_texts_carry_the_language_of_their_field():
    assert entries.term(NAME, "Bildung").language == "de"
    assert entries.term(NAME_EN, "Education").language == "en"


@given(st.text(min_size=1).filter(entries.text))
def test_any_text_is_kept_as_text(text):
    term = entries.term(NAME, text)
    assert entries.written(NAME, term) == entries.text(text)


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "a--b-", "ä", "a/b", "a#b"])
def test_an_iri_takes_no_slug_that_is_none(name):
    with pytest.raises(BadInput, match="slug"):
        entries.iri("https://example.org/id/", KINDS["actor"], name)
