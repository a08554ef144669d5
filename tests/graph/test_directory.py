"""Lists, search and entries say what the graph says, in the reader's language."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Quartier
from graph import directory
from graph.directory import Order
from graph.directory.names import folded, haystack, words
from graph.errors import BadInput, NotFound
from ontology.schema import entity_types

if TYPE_CHECKING:
    from graph.store import Store


def labels(listing: directory.Listing) -> list[str]:
    return [row.ref.label for row in listing.rows]


@pytest.fixture
def kiez() -> Quartier:
    """A school, a club and a hall; the first two do a summer party, the hall lies apart."""
    quartier = Quartier()
    field = quartier.handlungsfeld("2022", "4", "Gesundheit und Bewegung")
    school = quartier.actor("Schule am Fluß", kind="grundschule", fields=[field], alt="Müllerschule")
    club = quartier.actor("Ringer e.V.", kind="sportverein")
    quartier.actor("Halle", kind="verein")
    quartier.project("Sommerfest", traeger=[school], partner=[club], start="2023", end="2024", fields=[field])
    return quartier


@pytest.mark.parametrize("text", ["fluss", "FLUẞ", "am schule", "muellerschule", "mullerschule"])
def test_a_list_is_searched_without_case_accents_and_word_order(kiez: Quartier, text: str) -> None:
    assert labels(directory.listing(kiez.store(), "actor", Order(text=text))) == ["Schule am Fluß"]


def test_a_broad_kind_finds_what_has_a_narrower_one(kiez: Quartier) -> None:
    found = directory.listing(kiez.store(), "actor", Order(filters={"kind": "vereine-und-initiativen"}))
    assert labels(found) == ["Halle", "Ringer e.V."]


def test_an_empty_list_says_which_filter_stands_in_the_way(kiez: Quartier) -> None:
    found = directory.listing(kiez.store(), "actor", Order(text="halle", filters={"kind": "grundschule"}))
    assert (found.rows, found.without) == ((), {"text": 1, "kind": 1})


def test_options_count_what_the_other_filters_leave(kiez: Quartier) -> None:
    found = directory.listing(kiez.store(), "actor", Order(text="ringer", filters={"kind": "grundschule"}))
    (facet,) = [facet for facet in found.facets if facet.field.name == "kind"]
    assert {option.key: option.count for option in facet.options if option.count}.get("sportverein") == 1


def test_a_handlungsfeld_is_never_named_without_its_round(kiez: Quartier) -> None:
    (row,) = directory.listing(kiez.store(), "handlungsfeld").rows
    assert row.ref.label == "2022 · 4 Gesundheit und Bewegung"


def test_a_handlungsfeld_of_a_round_without_a_name_is_called_after_its_address() -> None:
    quartier = Quartier()
    quartier.handlungsfeld("2022", "4", "Gesundheit")
    quartier.quads = [quad for quad in quartier.quads if not quad.subject.value.endswith("/round/2022")]
    (row,) = directory.listing(quartier.store(), "handlungsfeld").rows
    assert row.ref.label == "2022 · 4 Gesundheit"


def test_matches_in_other_rounds_are_found_only_when_asked_for(example: Store) -> None:
    filters = {"handlungsfelder": "2022-4"}
    own = directory.listing(example, "project", Order(filters=filters)).found
    assert 0 < own < directory.listing(example, "project", Order(filters=filters, matches=True)).found


def test_sorting_puts_empty_cells_last_both_ways(kiez: Quartier) -> None:
    for sort in ("projects", "-projects"):
        assert labels(directory.listing(kiez.store(), "actor", Order(sort=sort)))[-1] == "Halle"


def test_pages_hold_every_entry_exactly_once(example: Store) -> None:
    pages = directory.listing(example, "actor").pages
    slugs = [
        row.ref.slug
        for page in range(1, pages + 1)
        for row in directory.listing(example, "actor", Order(page=page)).rows
    ]
    assert len(slugs) == len(set(slugs)) == directory.listing(example, "actor").total


def test_a_page_beyond_the_last_is_not_found(kiez: Quartier) -> None:
    with pytest.raises(NotFound):
        directory.listing(kiez.store(), "actor", Order(page=2))


def test_unknown_filters_and_sort_keys_name_the_known_ones(kiez: Quartier) -> None:
    with pytest.raises(BadInput) as caught:
        directory.listing(kiez.store(), "actor", Order(sort="colour"))
    assert "kind" in caught.value.allowed


@pytest.mark.parametrize("kind", list(entity_types()))
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_type_has_a_list_in_both_languages(example: Store, kind: str, language: str) -> None:
    found = directory.listing(example, kind, language=language)
    assert found.columns
    assert found.found == found.total


def test_the_spreadsheet_holds_all_rows_and_all_fields(example: Store) -> None:
    rows = list(csv.reader(io.StringIO(directory.spreadsheet(example, "actor", Order()).removeprefix("\ufeff"))))
    assert len(rows) == 1 + directory.listing(example, "actor").total
    assert {field.label["de"] for field in entity_types()["actor"].fields} <= set(rows[0])


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@SUM(A1)", "\t=1"])
def test_the_spreadsheet_holds_no_formula(name: str) -> None:
    quartier = Quartier()
    quartier._entry("actor", "a", "Actor", label=name)
    rows = list(csv.reader(io.StringIO(directory.spreadsheet(quartier.store(), "actor", Order()))))
    assert f"'{name}" in rows[1] or name == "+49"


def test_an_entry_tells_what_an_actor_does_and_with_whom(kiez: Quartier) -> None:
    entry = directory.entry(kiez.store(), "actor", "ringer-e-v")
    (activity,) = entry.activities
    assert (activity.other.label, activity.roles, activity.start, activity.end) == (
        "Sommerfest",
        ("Partner",),
        "2023",
        "2024",
    )
    assert [(one.other.label, [ref.label for ref in one.projects]) for one in entry.partners] == [
        ("Schule am Fluß", ["Sommerfest"])
    ]


def test_an_actor_declared_and_one_through_a_project_are_told_apart(kiez: Quartier) -> None:
    active = directory.entry(kiez.store(), "handlungsfeld", "2022-4").active
    assert {one.other.label: one.declared for one in active} == {"Schule am Fluß": True, "Ringer e.V.": False}


def test_a_tie_is_shown_on_both_sides_with_its_state() -> None:
    quartier = Quartier()
    quartier.tie(quartier.actor("Eins"), quartier.actor("Zwei"), state="wished")
    for slug, other in (("eins", "Zwei"), ("zwei", "Eins")):
        (partner,) = directory.entry(quartier.store(), "actor", slug).partners
        assert (partner.other.label, bool(partner.ties[0].state)) == (other, True)


def test_money_for_a_project_is_summed() -> None:
    quartier = Quartier()
    project = quartier.project("Fest")
    for name, amount in (("Fonds A", 1000), ("Fonds B", 250)):
        quartier.funding(project, programme=quartier.programme(name), amount=amount)
    entry = directory.entry(quartier.store(), "project", "fest")
    assert (entry.total, {one.other.label for one in entry.fundings}) == (1250, {"Fonds A", "Fonds B"})


def test_an_unknown_entry_is_not_found(kiez: Quartier) -> None:
    with pytest.raises(NotFound):
        directory.entry(kiez.store(), "actor", "sommerfest")


def test_contradictions_stand_beside_the_fact(example: Store) -> None:
    notes = directory.entry(example, "actor", "qm-pankstrasse").notes
    assert any("Adolfstraße 12" in note.row.text("description") and note.sources for note in notes)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("silent green", "silent-green"), ("qm pankstraße", "qm-pankstrasse"), ("silnt gren", "silent-green")],
)
def test_search_finds_names_other_names_and_typing_errors(example: Store, text: str, slug: str) -> None:
    assert slug in [hit.ref.slug for hit in directory.search(example, text)[:3]]


@pytest.mark.parametrize("text", ["", "   ", "!?", "\u202e"])
def test_search_without_a_word_finds_nothing(example: Store, text: str) -> None:
    assert directory.search(example, text) == []


@given(st.text(max_size=60))
def test_any_text_is_found_by_its_own_words(text: str) -> None:
    assert all(word in haystack(text) for word in words(text))
    assert folded(folded(text)) == folded(text)


def test_the_overview_shows_the_fields_of_the_newest_round_that_has_some(example: Store) -> None:
    overview = directory.overview(example, today=date(2026, 11, 22))
    assert overview.round is not None
    assert (overview.round.slug, len(overview.fields)) == ("2022", 5)
    assert overview.recent[0].text("start") <= "2026-11-22"


def test_what_begins_after_the_day_is_still_to_come() -> None:
    quartier = Quartier()
    quartier.event("Früher", start="2024-05-01")
    quartier.event("Später", start="2024-07-01")
    overview = directory.overview(quartier.store(), today=date(2024, 6, 1))
    assert [[row.ref.label for row in rows] for rows in (overview.recent, overview.coming)] == [["Früher"], ["Später"]]


@pytest.mark.parametrize("ending", list(directory.FORMATS))
def test_an_entry_is_told_to_programs_with_its_involvements(example: Store, ending: str) -> None:
    body = directory.description(example, "actor", "qm-pankstrasse", ending).decode()
    assert "involvement/" in body
    assert "Quartiersmanagement" in body


def test_a_new_data_version_is_seen_at_once(kiez: Quartier) -> None:
    store = kiez.store()
    assert directory.listing(store, "actor").total == 3
    other = Quartier("office")
    other.actor("Neu")
    store.apply([], other.quads)
    assert directory.listing(store, "actor").total == 4
