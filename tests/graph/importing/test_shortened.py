"""Long and short names of one list: one body where nobody would ask, two where anything speaks for two."""

from __future__ import annotations

import pytest

from graph import matching
from graph.importing.plan import as_json, plan
from graph.importing.takeover import apply

HEAD = "Projekt;Träger"
TOWN = "Stadtfest;Stadt Neuss"


def bodies(store, path) -> dict[str, str]:
    """What the bodies are called, with what would be done."""
    answer = as_json(plan(store, [path], source="liste"))
    return {one["label"]: one["action"] for one in answer["entities"] if one["class"] not in ("pn:Project", "pn:Place")}


def rows(*names: str) -> list[str]:
    return [f"Projekt {chr(65 + at)}{chr(97 + at)};{name}" for at, name in enumerate(names)]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Jugendamt", "Jugendamt Neuss"),
        ("Likedeeler", "Likedeeler e. V."),
        ("Haus der Kulturen", "Haus der Kulturen e.V."),
        ("Kita St. Cornelius", "Kath. Kita Sankt Cornelius"),
        ("Evangelische Luthergemeinde", "Lutherkirche"),
        ("Pfarrei St. Peter u. Paul", "Kath. Pfarrei St. Peter und Paul"),
        ("Pfarrei Guter Hirte", "Pfarrei Zum Guten Hirten"),
        ("Drei-Auen-Schule", "Drei-Auen-Grundschule"),
        ("ZAM", "Zukunftsarbeit Molschd (ZAM)"),
        ("GWG Neuss", "GWG Gemeinnützige Wohnungs-Genossenschaft e.G. Neuss"),
        ("Klex", "Klex – Kinder- und Jugendzentrum"),
        ("oskar.", "oskar. Das Begegnungszentrum in der Gartenstadt"),
        ("AWO", "AWO Kreisverband Neuss e.V."),
        ("Amt f. Soziale Arbeit", "Amt für soziale Arbeit"),
    ],
)
def test_a_name_and_its_short_form_are_one_body(empty, listed, short: str, long: str):
    assert len(bodies(empty, listed(HEAD, TOWN, *rows(short, long)))) == 2
    assert len(bodies(empty, listed(HEAD, TOWN, *rows(long, short)))) == 2


@pytest.mark.parametrize(
    "names",
    [
        ("Bürgerhaus", "Bürgerhaus Neuss", "Bürgerhaus Erfttal"),
        ("Kita Hombüchel", "Kita Hombüchel II"),
        ("Haus A", "Haus B"),
        ("Bürgerverein Nord e.V.", "Bürgerverein Nord-West e.V."),
        ("Ev. Kita St. Martin", "Kath. Kita St. Martin"),
        ("Riehlschule", "Förderverein der Riehlschule e.V."),
        ("Zeche Emil gGmbH", "Zeche Emil e.V."),
        ("Stadt Neuss", "Jugendamt der Stadt Neuss"),
        ("AWO Kreisverband Neuss e.V.", "AWO Kita Sternchen", "AWO Seniorenzentrum Neuss"),
        ("Jugendamt Neukölln", "Jugendamt Mitte"),
        ("Diakonie", "Kita Regenbogen (Diakonie)"),
        ("Lesekreis", "Lesekreis Neuss, Abt. Krimi"),
        ("Sportverein Plauen 1904 e.V.", "Sportverein Plauen 1940 e.V."),
        ("VHS Neuss", "VHS Grevenbroich"),
        ("Stephanuskirche", "Stephanus gGmbH"),
    ],
)
def test_two_bodies_are_never_one(empty, listed, names: tuple[str, ...]):
    found = bodies(empty, listed(HEAD, "Stadtfest;Stadt Grevenbroich", *rows(*names)))
    assert len(found) == len(names) + 1


def test_what_a_row_names_side_by_side_is_two_bodies(empty, listed):
    found = bodies(empty, listed("Projekt;Träger;Partner", "Fest;Haus der Kulturen e.V.;Haus der Kulturen"))
    assert len(found) == 2


def test_two_rows_of_one_table_are_two_bodies(empty, listed):
    found = bodies(empty, listed("Einrichtung;Anschrift", "Speicherhaus e.V.;Kaje 1", "Speicherhaus;Kaje 1"))
    assert len(found) == 2


def test_what_a_person_told_apart_stays_two(empty, listed):
    matching.judge(empty, "Likedeeler", "Likedeeler e. V.", same=False, author="Büro", group="body")
    assert len(bodies(empty, listed(HEAD, *rows("Likedeeler", "Likedeeler e. V.")))) == 2


def test_a_short_name_finds_its_body_in_the_store_if_one_alone_is_called_so(empty, listed):
    apply(empty, plan(empty, [listed(HEAD, *rows("Jugendwerkstatt Neuss e.V."))], source="alt"), "Test")
    assert bodies(empty, listed(HEAD, TOWN, *rows("Jugendwerkstatt")))["Jugendwerkstatt Neuss e.V."] in (
        "same",
        "change",
    )
    apply(empty, plan(empty, [listed(HEAD, *rows("Jugendwerkstatt Kaarst e.V."))], source="alt2"), "Test")
    assert len(bodies(empty, listed(HEAD, TOWN, *rows("Jugendwerkstatt")))) == 2
    assert bodies(empty, listed(HEAD, TOWN, *rows("Jugendwerkstatt")))["Jugendwerkstatt"] != "same"


@pytest.mark.parametrize(
    "names",
    [
        ("Stadt Neuss", "Seniorenbeirat der Stadt Neuss"),
        ("Stadt Neuss", "Stadt Neuss, Amt für Bildung"),
        ("Vogtlandkreis", "Jugendamt Vogtlandkreis"),
        ("Jugendamt Neukölln", "Jugendamt Mitte"),
        ("BA Spandau", "BA Spandau, Abt. Jugend"),
        ("Kulturverein Neuss", "Baugesellschaft Neuss GmbH", "Stadt Neuss"),
        ("Kita Hombüchel", "Kita Hombüchel II"),
        ("Verfügungsfonds", "Vergabebeirat Verfügungsfonds"),
    ],
)
def test_nobody_is_asked_what_nobody_would_ask(empty, listed, names: tuple[str, ...]):
    head = "Projekt;Förderprogramm;Träger" if "Verfügungsfonds" in names else HEAD
    lines = ["Fest;Verfügungsfonds;", f"Markt;;{names[1]}"] if "Verfügungsfonds" in names else rows(*names)
    assert "unsure" not in bodies(empty, listed(head, *lines)).values()


@pytest.mark.parametrize("names", [("IB", "IB Mitte gGmbH"), ("Grünbau", "Grünbau Ruhr gGmbH")])
def test_what_is_doubtful_is_asked(empty, listed, names: tuple[str, ...]):
    assert "unsure" in bodies(empty, listed(HEAD, *rows(*names))).values()


def test_two_tables_that_call_a_body_long_and_short_change_nothing_when_they_come_again(empty, listed):
    paths = [
        listed("Einrichtung;Anschrift", "Charisma e.V.;Kaje 1", name="a.csv"),
        listed("Name;Website", "Charisma;www.charisma.example", name="b.csv"),
    ]
    apply(empty, plan(empty, paths, source="liste"), "Test")
    again = plan(empty, paths, source="liste")
    assert [(one.label, one.action) for one in again.entities] == [("Charisma e.V.", "same")]
    assert (again.weighed.added, again.weighed.removed) == (set(), set())
