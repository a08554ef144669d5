"""What a plan says of a list, cell by cell."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from graph.errors import BadCell, BadFile, BadInput
from graph.importing.plan import as_json, plan
from graph.importing.report import REASONS, SENTENCES
from graph.matching import REASONS as KINDS_OF_REASONS

ROWS = [
    "Lesepaten;Bürgerverein Süd e.V.;Kita Sonne, GS Am Park;2018 bis 2020;Projektfonds;12.500,00",
    "Hofgarten;Bürgerverein Süd;Büro A und Partner;seit Mai 2019;Aktion Mensch;ca. 40 T€",
    "Radioprojekt;Kunst & Kiez e.V.;Jugendhaus Anker;2021;Stadt Halle;k.A.",
    "Repaircafé;Kunst & Kiez e. V.;Kita Sonne;laufend;Projektfonds;800",
]
HEAD = "Projekt;Träger;Partner;Laufzeit;Mittelgeber;Summe"


def linked(answer) -> Counter:
    labels = {entity["iri"]: entity["label"] for entity in answer["entities"]}
    return Counter((labels[link["from"]], labels[link["to"]], link["role"]) for link in answer["links"])


def test_the_answer_has_the_agreed_shape(empty, listed):
    answer = as_json(plan(empty, [listed(HEAD, *ROWS)]))
    assert list(answer) == ["entities", "links", "problems", "unmapped"]
    assert {tuple(entity) for entity in answer["entities"]} == {("iri", "class", "label", "spellings", "action")}
    assert {tuple(link) for link in answer["links"]} == {("class", "from", "to", "role", "start", "end", "cell")}


def test_a_link_names_its_cell_and_its_period(empty, listed):
    answer = as_json(plan(empty, [listed(HEAD, *ROWS)]))
    (link,) = [link for link in answer["links"] if link["cell"] == "liste.csv!C3"]
    assert (link["role"], link["start"], link["class"]) == ("partner", "2019-05", "pn:Involvement")


def test_funders_are_programmes_agencies_or_actors(empty, listed):
    answer = as_json(plan(empty, [listed(HEAD, *ROWS)]))
    classes = {entity["label"]: entity["class"] for entity in answer["entities"]}
    assert [classes[name] for name in ("Projektfonds", "Stadt Halle", "Aktion Mensch")] == [
        "pn:Programme", "pn:Agency", "pn:Actor",
    ]  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ROWS))
def test_the_order_of_rows_does_not_matter(listed, rows):
    with graph.open(None) as store:
        there = linked(as_json(plan(store, [listed(HEAD, *ROWS)])))
        assert linked(as_json(plan(store, [listed(HEAD, *rows)]))) == there


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=';"'), max_size=40))
def test_no_remark_alters_the_links_of_any_row(listed, text):
    with graph.open(None) as store:
        plain = linked(as_json(plan(store, [listed(f"{HEAD};Bemerkung", *(f"{row};" for row in ROWS))])))
        rows = [f"{ROWS[0]};{text}", *(f"{row};" for row in ROWS[1:])]
        assert linked(as_json(plan(store, [listed(f"{HEAD};Bemerkung", *rows)]))) == plain


def test_a_column_nobody_understands_is_kept_as_a_note_and_listed(empty, listed):
    result = plan(empty, [listed(f"{HEAD};Xyzzy", f"{ROWS[0]};etwas")])
    assert as_json(result)["unmapped"] == [{"file": "liste.csv", "sheet": "", "column": "Xyzzy"}]
    (project,) = [entity for entity in result.entities if entity.type_name == "project"]
    assert "Xyzzy: etwas" in result.fields_of(project).texts["note"][0]


def test_two_rows_of_a_list_of_bodies_are_two_bodies_whatever_they_share(empty, listed):
    head = "Einrichtung;Weitere Namen;Anschrift"
    answer = as_json(plan(empty, [listed(head, "Uferhof;Uferhof AG;Uferstr. 8", "Uferhof AG;;Uferstr. 8")]))
    assert len([entity for entity in answer["entities"] if entity["class"] == "pn:Actor"]) == 2


def test_a_handlungsfeld_stays_in_words_where_no_round_has_it(empty, listed):
    result = plan(empty, [listed("Projekt;Träger;HF", "Fest;Verein A;HF 2")])
    (project,) = [entity for entity in result.entities if entity.type_name == "project"]
    assert result.fields_of(project).texts["note"] == ["Handlungsfeld: HF 2"]
    assert any("HF 2" in problem["message"] for problem in as_json(result)["problems"])


@pytest.mark.parametrize(
    ("round_", "found", "said"), [("", None, "Möglich sind"), ("2022", "2022-2", ""), ("2019", "2019-2", "")]
)
def test_a_handlungsfeld_is_that_of_the_round_that_is_meant(example, listed, round_, found, said):
    result = plan(example, [listed("Projekt;Träger;HF", "Probefest;Verein A;HF 2")], round_=round_)
    (project,) = [entity for entity in result.entities if entity.type_name == "project"]
    assert result.fields_of(project).texts.get("handlungsfelder") == ([found] if found else None)
    assert any(
        "HF 2" in problem["message"] and said in problem["message"] for problem in as_json(result)["problems"]
    ) == bool(said)


def test_names_of_the_store_are_found_again(example, listed):
    answer = as_json(plan(example, [listed("Projekt;Träger;Partner", "Probefest;BA Mitte;QM Pankstraße")]))
    assert {entity["iri"].rpartition("/")[2]: entity["action"] for entity in answer["entities"]}["ba-mitte"] in (
        "same",
        "change",
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [("a.csv", b"", "empty"), ("a.xlsx", b"PK\x03\x04kaputt", "broken"), ("a.csv", b"%PDF-1.4", "type")],
)
def test_a_file_nobody_can_read_is_refused_by_name(empty, tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile) as refused:
        plan(empty, [tmp_path / name])
    assert (refused.value.file, refused.value.what) == (name, what)


def test_rdf_with_a_mistake_names_its_line(empty, tmp_path):
    (tmp_path / "a.ttl").write_text("<a> <b> <c> .\n<a> <b> .\n")
    with pytest.raises(BadCell) as refused:
        plan(empty, [tmp_path / "a.ttl"])
    assert (refused.value.what, refused.value.file, refused.value.row) == ("syntax", "a.ttl", 2)


def test_a_source_that_cannot_name_a_graph_is_refused(empty, listed):
    with pytest.raises(BadInput):
        plan(empty, [listed(HEAD, *ROWS)], source="Über uns")


def test_every_problem_and_every_reason_has_its_sentence():
    assert set(REASONS) >= set(KINDS_OF_REASONS)
    assert all(len(pair) == 2 and all(pair) for pair in (*SENTENCES.values(), *REASONS.values()))


def test_a_list_of_people_is_left_aside_and_said(empty, listed):
    """Names of people beside mail addresses become no actors; bodies beside mail addresses do."""
    people = ("Anna Muster;anna@example.org", "Bernd Beispiel;bernd@example.org", "Cem Vorlage;cem@example.org")
    found = plan(empty, [listed("Name;E-Mail", *people)])
    assert found.entities == []
    assert [problem.what for problem in found.problems] == ["personal sheet"]
    bodies = ("Kita Sonne;sonne@example.org", "Verein Hof e.V.;hof@example.org", "Schule am Hain;hain@example.org")
    assert len(plan(empty, [listed("Name;E-Mail", *bodies)]).entities) == 3
