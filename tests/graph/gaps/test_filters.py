"""Lists are narrowed by what was asked, and by nothing that does not exist."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.errors import BadInput, NotFound
from graph.gaps import KINDS, as_csv, as_json, choices, day_of, find_gap, gaps
from graph.network import facts

if TYPE_CHECKING:
    from graph.store import Store


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), (" 2024-02-03 ", date(2024, 2, 3))],
)
def test_a_year_or_month_means_its_last_day(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-02-30", "0000", "gestern", "2024-1", "٢٠٢٤"])
def test_any_other_date_is_refused_with_the_forms_that_are_read(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        day_of(text)
    assert caught.value.allowed == ("YYYY", "YYYY-MM", "YYYY-MM-DD")


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(example: Store) -> None:
    with pytest.raises(BadInput) as caught:
        gaps(example, "freunde")
    assert caught.value.allowed == KINDS


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_limit_out_of_range_is_refused(example: Store, limit: int) -> None:
    with pytest.raises(BadInput):
        gaps(example, "introduce", limit=limit)


@pytest.mark.parametrize("name", ["actor", "place", "handlungsfeld", "project"])
def test_an_unknown_slug_is_not_found(example: Store, name: str) -> None:
    with pytest.raises(NotFound) as caught:
        gaps(example, "table", **{name: "gibt-es-nicht"})
    assert caught.value.kind == name


@pytest.mark.parametrize(
    "gap_id", ["", "introduce", "introduce~hhs~hhs", "table~hhs~hhs", "introduce~a~b", "x~hhs~hdj"]
)
def test_an_id_that_names_no_suggestion_is_not_found(example: Store, gap_id: str) -> None:
    with pytest.raises(NotFound):
        find_gap(example, gap_id)


def test_a_handlungsfeld_keeps_lines_with_somebody_in_it(example: Store) -> None:
    found = gaps(example, "introduce", handlungsfeld="2022-4", limit=10)
    field = next(iri for iri in facts(example).nodes if iri.endswith("/handlungsfeld/2022-4"))
    holders = {link.subject for link in facts(example).links if link.relation == "field" and link.object == field}
    active = holders | {
        link.subject for link in facts(example).links if link.relation == "involvement" and link.object in holders
    }
    assert found
    assert all(any(actor.iri in active for actor in gap.actors) for gap in found)


def test_the_documents_have_the_agreed_shape(example: Store) -> None:
    for document in as_json([*gaps(example, "introduce", limit=3), *gaps(example, "table", limit=3)]):
        agreed = {"id", "kind", "actors", "subject", "score", "reasons", "introducers", "cautions", "state"}
        assert agreed <= document.keys()
        assert all({"iri", "label"} == actor.keys() for actor in document["actors"])
        assert all({"kind", "text", "evidence"} == reason.keys() for reason in document["reasons"])
        assert (document["subject"] is None) == (document["kind"] == "introduce")
        assert bool(document["patterns"]) == (document["kind"] == "introduce")


def test_the_table_has_one_row_for_each_line(example: Store) -> None:
    found = gaps(example, "introduce", limit=7)
    rows = as_csv(found, "de").split("\r\n")
    assert len(rows) == 7 + 2
    assert rows[0].startswith("id,kind,actors")


def test_what_can_be_chosen_gives_a_list(example: Store) -> None:
    offered = choices(example)
    assert {"handlungsfeld", "round", "place", "actor", "project", "event", "statement"} == offered.keys()
    assert offered["handlungsfeld"][0].slug.startswith("2022-")
    gaps(example, "introduce", place=offered["place"][0].slug, actor=offered["actor"][0].slug)


def test_every_kind_of_list_can_be_asked_for_and_finds_its_own_lines_again(example: Store) -> None:
    for kind in KINDS:
        for gap in gaps(example, kind, limit=3):
            assert gap.id.startswith(f"{kind}~")
            assert find_gap(example, gap.id).id == gap.id


@pytest.mark.parametrize("kind", ["introduce", "coverage", "renew"])
def test_a_field_with_its_matches_finds_what_either_finds(kind: str) -> None:
    quartier = Quartier()
    fields = [quartier.handlungsfeld(year, "1", "Nachbarschaft") for year in ("2019", "2022")]
    quartier.match(*fields)
    for name, field in zip(("Haus", "Treff"), fields, strict=True):
        quartier.actor(name, groups=["kinder"], fields=[field])
        quartier.statement(field[-6:-2], "Orte für Jugendliche", field=field)
    with quartier.store() as store:
        narrow = [gaps(store, kind, handlungsfeld=slug) for slug in ("2019-1", "2022-1")]
        wide = gaps(store, kind, handlungsfeld="2022-1", matches=True)
    assert {gap.id for gap in wide} == {gap.id for found in narrow for gap in found}


def test_a_round_keeps_what_is_of_one_of_its_fields(example: Store) -> None:
    found = gaps(example, "coverage", round="2022")
    assert found
    assert all(gap.id.startswith(("coverage~2022-", "coverage~-~")) for gap in found)
    assert gaps(example, "introduce", round="2022", handlungsfeld="2019-1") == []


def test_two_tables_at_once_and_a_table_for_another_list_are_refused(example: Store) -> None:
    with pytest.raises(BadInput):
        gaps(example, "table", project="kool-im-kiez-1", event=choices(example)["event"][0].slug)
    with pytest.raises(BadInput):
        gaps(example, "introduce", project="kool-im-kiez-1")
