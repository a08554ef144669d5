"""Taking over a list: one change, said again nothing, corrected what was corrected, never over people's heads."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from graph import changes
from graph.errors import BadRows
from graph.importing.plan import as_json, plan
from graph.importing.takeover import apply
from ontology.terms import DCTERMS, PN, PROV, SCHEMA, SKOS

HEAD = "Projekt;Projektträger;Partner;Beginn;Ende;Beschreibung"
FEST = "Sommerfest;Bürgerverein Süd e.V.;Kita Sonne, Kita Mond;2021;2022;Ein Fest im Hof"
BASE = "https://w3id.org/pankenetz/id/"


def taken(store, *paths: Any):
    return apply(store, plan(store, paths, source="liste"), "Test")


def texts(store, slug: str, path: str) -> set[str]:
    return {quad.object.value for quad in store.quads(ox.NamedNode(BASE + slug), ox.NamedNode(str(path)))}


def edit(store, slug: str, path: str, text: str) -> None:
    """What a form does: replace a text, in the graph of the office."""
    node, field = ox.NamedNode(BASE + slug), ox.NamedNode(str(path))
    new = ox.Quad(node, field, ox.Literal(text, language="de"), store.graphs.data("office"))
    changes.commit(
        store, added=[new], removed=list(store.quads(node, field)), author="Büro", reason="Von Hand", check=False
    )


def test_a_list_becomes_one_change_that_can_be_taken_back(empty, listed):
    change = taken(empty, listed(HEAD, FEST))
    assert texts(empty, "project/sommerfest", SCHEMA.startDate) == {"2021"}
    changes.undo(empty, change.id, "Test")
    assert texts(empty, "project/sommerfest", SKOS.prefLabel) == set()


def test_a_list_taken_back_can_be_taken_over_again(empty, listed):
    path = listed(HEAD, FEST)
    changes.undo(empty, taken(empty, path).id, "Test")
    taken(empty, path)
    assert texts(empty, "project/sommerfest", SKOS.prefLabel) == {"Sommerfest"}


def test_entries_and_links_say_file_and_row_and_day_they_come_from(empty, listed):
    taken(empty, listed(HEAD, FEST))
    (source,) = texts(empty, "project/sommerfest", PROV.wasDerivedFrom)
    assert source == f"{BASE}source/liste-csv-2"
    assert texts(empty, "source/liste-csv-2", DCTERMS.title) == {"liste.csv, Zeile 2"}
    assert len(texts(empty, "source/liste-csv-2", PN.retrieved)) == 1


def test_the_same_list_again_is_no_change(empty, listed):
    path = listed(HEAD, FEST)
    taken(empty, path)
    assert taken(empty, path).id == ""


def test_a_corrected_list_changes_what_was_corrected_and_nothing_else(empty, listed):
    taken(empty, listed(HEAD, FEST))
    change = taken(empty, listed(HEAD, FEST.replace("im Hof", "am Fluss")))
    assert (change.added, change.removed) == (1, 1)
    assert texts(empty, "project/sommerfest", DCTERMS.description) == {"Ein Fest am Fluss"}


def test_what_a_corrected_list_no_longer_says_is_gone(empty, listed):
    taken(empty, listed(HEAD, FEST))
    taken(empty, listed(HEAD, FEST.replace(", Kita Mond", "")))
    assert texts(empty, "actor/kita-mond", SKOS.prefLabel) == set()
    assert texts(empty, "actor/kita-sonne", SKOS.prefLabel) == {"Kita Sonne"}


def test_what_was_edited_by_hand_stays_and_the_conflict_is_said_with_its_cell(empty, listed):
    taken(empty, listed(HEAD, FEST))
    edit(empty, "project/sommerfest", DCTERMS.description, "Von Hand")
    result = plan(empty, [listed(HEAD, FEST.replace("im Hof", "am Fluss"))], source="liste")
    apply(empty, result, "Test")
    assert texts(empty, "project/sommerfest", DCTERMS.description) == {"Von Hand"}
    (problem,) = [one for one in as_json(result)["problems"] if "Von Hand" in one["message"]]
    assert (problem["file"], problem["cell"]) == ("liste.csv", "F2")
    assert "von Hand eingetragen" in problem["message"]


def test_a_link_removed_by_hand_does_not_come_back(empty, listed):
    path = listed(HEAD, FEST)
    taken(empty, path)
    node = ox.NamedNode(f"{BASE}involvement/sommerfest--kita-mond--partner")
    said = list(empty.quads(node, graph=empty.graphs.data("liste")))
    changes.commit(empty, added=[], removed=said, author="Büro", reason="War nicht dabei", check=False)
    taken(empty, path)
    assert (len(said) > 3, list(empty.quads(node))) == (True, [])


def test_another_list_adds_to_an_entry_and_speaks_not_against_it(empty, listed):
    taken(empty, listed(HEAD, FEST))
    other = plan(
        empty, [listed(HEAD, "Sommerfest;Bürgerverein Süd;Kita Stern;2020;2022;", name="zwei.csv")], source="zwei"
    )
    apply(empty, other, "Test")
    assert texts(empty, "project/sommerfest", SCHEMA.startDate) == {"2021"}
    assert any("2020" in problem["message"] for problem in as_json(other)["problems"])
    assert texts(empty, "involvement/sommerfest--kita-stern--partner", PN.actor) == {f"{BASE}actor/kita-stern"}


@pytest.mark.parametrize(
    ("row", "cell", "word"),
    [
        ("Fest;Verein;;2022;2020;", "D2", "vor dem Beginn"),
        ("Fest;Verein;;;;;$ 3,000", "G2", "Euro"),
    ],
)
def test_a_row_that_cannot_be_right_stops_the_list_or_is_left_out(empty, listed, row: str, cell: str, word: str):
    path = listed(f"{HEAD};Summe", row, FEST.replace("Sommerfest", "Anderes"))
    result = plan(empty, [path])
    with pytest.raises(BadRows):
        apply(empty, result, "Test")
    assert empty.version == 0
    (problem,) = [one for one in as_json(result)["problems"] if one["severity"] == "error"]
    assert (problem["cell"], word in problem["message"]) == (cell, True)
    apply(empty, plan(empty, [path], without=result.bad_rows), "Test")
    assert texts(empty, "project/anderes", SKOS.prefLabel) == {"Anderes"}
    assert texts(empty, "project/fest", SKOS.prefLabel) == set()


def test_a_column_that_is_missing_takes_nothing(empty, listed):
    taken(empty, listed(HEAD, FEST))
    change = taken(empty, listed("Projekt;Projektträger", "Sommerfest;Bürgerverein Süd e.V."))
    assert change.removed == 0
    assert texts(empty, "project/sommerfest", DCTERMS.description) == {"Ein Fest im Hof"}
    assert texts(empty, "involvement/sommerfest--kita-mond--partner", PN.actor) == {f"{BASE}actor/kita-mond"}


def test_a_cell_left_blank_takes_back_what_stood_there(empty, listed):
    taken(empty, listed(HEAD, FEST))
    taken(empty, listed(HEAD, "Sommerfest;Bürgerverein Süd e.V.;;;;"))
    assert texts(empty, "project/sommerfest", DCTERMS.description) == set()
    assert texts(empty, "project/sommerfest", SCHEMA.startDate) == set()
    assert texts(empty, "actor/kita-mond", SKOS.prefLabel) == set()


def test_an_entry_that_is_no_longer_listed_stays_and_that_is_said(empty, listed):
    taken(empty, listed(HEAD, FEST, "Lesepaten;Kita Stern;;2021;;"))
    result = plan(empty, [listed(HEAD, FEST)], source="liste")
    assert apply(empty, result, "Test").removed == 0
    (said,) = [one for one in as_json(result)["problems"] if "nicht mehr in der Liste" in one["message"]]
    assert ("Lesepaten" in said["message"], said["severity"]) == (True, "note")
    assert texts(empty, "involvement/lesepaten--kita-stern--traeger", PN.actor) == {f"{BASE}actor/kita-stern"}


def test_a_list_in_another_layout_denies_only_the_links_it_could_name(empty, listed):
    taken(empty, listed(HEAD, FEST))
    matrix = listed("Projekt;Kita Sonne;Kita Stern", "Sommerfest;;X", "Lesepaten;X;X", name="matrix.csv")
    taken(empty, matrix)
    assert texts(empty, "involvement/sommerfest--kita-sonne--partner", PN.actor) == set()
    assert texts(empty, "involvement/sommerfest--kita-mond--partner", PN.actor) == {f"{BASE}actor/kita-mond"}
    assert texts(empty, "involvement/sommerfest--buergerverein-sued-e-v--traeger", PN.actor) != set()


def test_a_link_that_a_table_claimed_which_is_not_there_again_stays(empty, listed):
    rows = listed("Name;Art;Projekte", "Kita Mond;Kita;Sommerfest", name="akteure.csv")
    taken(empty, listed(HEAD, "Sommerfest;Bürgerverein Süd e.V.;;2021;;"), rows)
    taken(empty, listed(HEAD, "Sommerfest;Bürgerverein Süd e.V.;;2021;;"))
    assert texts(empty, "involvement/sommerfest--kita-mond--partner", PN.actor) == {f"{BASE}actor/kita-mond"}
    taken(empty, listed("Name;Art;Projekte", "Kita Mond;Kita;", name="akteure.csv"))
    assert texts(empty, "involvement/sommerfest--kita-mond--partner", PN.actor) == set()


def test_a_guess_replaces_nothing_that_was_said(empty, listed):
    taken(empty, listed("Name;Art", "Kontakt Süd e.V.;Jugendeinrichtung", name="akteure.csv"))
    taken(empty, listed("Projekt;Träger", "Fest;Kontakt Süd e.V."))
    (kind,) = texts(empty, "actor/kontakt-sued-e-v", PN.kind)
    assert kind.endswith("/jugendeinrichtung")


def test_remarks_stay_but_for_those_under_headings_that_are_there_again(empty, listed):
    taken(empty, listed("Projekt;Träger;Bemerkung;Gefühlte Lage", "Fest;Verein A e.V.;läuft aus;heiter"))
    taken(empty, listed("Projekt;Träger;Bemerkung", "Fest;Verein A e.V.;läuft weiter"))
    assert texts(empty, "project/fest", SKOS.note) == {"läuft weiter\nGefühlte Lage: heiter"}
    assert taken(empty, listed("Projekt;Träger;Bemerkung", "Fest;Verein A e.V.;läuft weiter")).id == ""


def test_since_in_a_list_of_members_is_when_they_joined(empty, listed):
    taken(
        empty, listed("Mitglieder der Stadtteilkonferenz Süd;", "Einrichtung;seit", "Kita Sonne;2015", "Kita Mond;2016")
    )
    assert texts(empty, "actor/kita-sonne", SCHEMA.startDate) == set()
    assert texts(empty, "membership/kita-sonne--stadtteilkonferenz-sued", SCHEMA.startDate) == {"2015"}
