"""Nothing of the collected records is lost in the example: both sides are counted, what became something else is named.

The records themselves are not part of the repository. `counts.json` says how many there were of what; where the
records lie beside the repository, every single row is looked up as well.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from graph.export import tables

HERE = Path(__file__).parent
RECORDS = HERE.parents[2].parent / "shared" / "data" / "pankstrasse"
COUNTS = json.loads((HERE / "counts.json").read_text(encoding="utf-8"))

PROGRAMME_OF = {
    "Projektfonds 2015": "projektfonds",
    "Bezirk": "bezirksmittel",
    "Land Berlin": "landesmittel",
    "Forschungsmittel des Bundes": "forschungsmittel-bund",
    "Soziale Stadt": "soziale-stadt",
    "Nationale Projekte des Städtebaus": "npstaedtebau",
    "Bundesprogramm SJK": "sksjk",
    "Lebendige Zentren und Quartiere": "lzq",
    "ExWoSt": "exwost",
    "BENE": "bene",
    "Demokratie leben!": "demokratie-leben",
}
"""Names of funds that mean a programme of another name (all others are programmes of their own)."""

PAYER_OF = {"Lotto-Stiftung": "lotto-stiftung", "Eigenmittel degewo": "degewo"}
"""Names of funds that mean an actor who pays."""

RENAMED = {
    "nettelbeckplatz": ("Martha-Ndumbe-Platz", "Nettelbeckplatz"),
    "maxplatz": ("Maxplatz", "nördlicher Leopoldplatz"),
    "silent-green": ("silent green Kulturquartier", "Krematorium Wedding"),
}
"""Places whose former or other name stood in brackets: name now, and what is among the other names."""

SPLIT_AMOUNTS = {"nauener-platz-umgestaltung": {"exwost": "930000", "bezirksmittel": "400000"}}
"""Projects with several funds of which a note says how much came from which."""

needs_records = pytest.mark.skipif(
    not RECORDS.is_dir(), reason="the records do not lie beside the repository; counted only"
)


@cache
def records(name: str) -> list[dict[str, str]]:
    with (RECORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def field_slug(written: str) -> str:
    return written.replace(":", "-").lower()


@pytest.fixture(scope="session")
def known(example):
    """The example's entries: table → Kennung → heading → cell."""
    found = {}
    for name, (headings, *lines) in tables(example).items():
        found[name] = {line[0]: dict(zip(headings, line, strict=True)) for line in lines}
    return found


@needs_records
@pytest.mark.parametrize(
    "name", ["actors", "places", "projects", "participation", "ties", "events", "handlungsfelder", "ihek", "notes"]
)
def test_the_counts_are_those_of_the_records(name):
    assert len(records(name)) == COUNTS[name]


def test_actors_are_actors_or_programmes(known):
    assert len(known["actors"]) == COUNTS["actors"] - COUNTS["actors of kind Förderprogramm"]
    funds = COUNTS["different fund names"] - len(PROGRAMME_OF) + len({"forschungsmittel-bund"}) - len(PAYER_OF)
    assert len(known["programmes"]) == COUNTS["actors of kind Förderprogramm"] + funds


@pytest.mark.parametrize(
    ("table", "records_of"),
    [
        ("places", "places"),
        ("projects", "projects"),
        ("events", "events"),
        ("handlungsfelder", "handlungsfelder"),
        ("statements", "ihek"),
    ],
)
def test_one_row_is_one_entry(known, table, records_of):
    assert len(known[table]) == COUNTS[records_of]


def test_participations_are_involvements_but_those_who_pay_are_fundings(known):
    into_projects = [
        cells for cells in known["involvements"].values() if cells["Projekt oder Veranstaltung"].startswith("project/")
    ]
    assert len(into_projects) == COUNTS["participation"] - COUNTS["participations as foerderer"]
    assert len(known["involvements"]) - len(into_projects) == COUNTS["organisers and participants of events"]


def test_ties_are_ties_but_those_into_networks_are_memberships_and_those_into_programmes_fundings(known):
    elsewhere = COUNTS["ties mitglied_von or sitzt_bei a network"] + COUNTS["ties finanziert with a Förderprogramm"]
    assert len(known["ties"]) == COUNTS["ties"] - elsewhere
    assert len(known["memberships"]) == COUNTS["ties mitglied_von or sitzt_bei a network"]


def test_each_funding_comes_from_a_participation_a_tie_or_the_name_of_a_fund(known):
    named = (
        COUNTS["participations as foerderer"]
        + COUNTS["fund names per project"]
        + COUNTS["ties finanziert with a Förderprogramm"]
    )
    said_twice = 10  # a participation as Förderer and the name of the fund say the same of a project
    assert len(known["fundings"]) == named - said_twice


def test_all_notes_are_kept_and_two_sums_over_several_funds_are_notes_too(known):
    assert len(known["notes"]) == COUNTS["notes"] + 2


def test_every_address_is_a_source(known):
    assert (
        len({cells["Adresse"] for cells in known["sources"].values()})
        == len(known["sources"])
        == COUNTS["different source addresses"]
    )


def test_every_place_with_coordinates_has_its_position_and_where_it_is_from(known):
    placed = [cells for cells in known["places"].values() if cells["Lage"]]
    assert len(placed) == COUNTS["places with coordinates"]
    assert all(cells["Herkunft der Lage"] for cells in placed)


def test_the_rounds_are_all_there(known):
    assert len(known["rounds"]) == COUNTS["rounds named anywhere"]


def test_mappings_are_kept_and_hold_both_ways(known):
    inverse = {
        "Genau gleich": "Genau gleich",
        "Etwa gleich": "Etwa gleich",
        "Weiter gefasst": "Enger gefasst",
        "Enger gefasst": "Weiter gefasst",
    }
    fields = known["handlungsfelder"]
    pairs = {
        (slug, relation, other)
        for slug, cells in fields.items()
        for relation in inverse
        for other in parts(cells[relation])
    }
    assert {(other, inverse[relation], slug) for slug, relation, other in pairs} == pairs
    assert len(pairs) >= COUNTS["mapped pairs of Handlungsfelder"]


@needs_records
def test_each_actor_keeps_its_names_and_its_kind(known):
    for row in records("actors"):
        programme = row["kind"] == "Förderprogramm"
        cells = known["programmes"][row["id"].removeprefix("prog-")] if programme else known["actors"][row["id"]]
        assert (cells["Name"], cells["Kurzname"]) == (row["name"], row["short_name"])
        assert set(parts(cells["Weitere Namen"])) == set(parts(row["aliases"]))
        assert programme or cells["Art"] == row["kind"]
        assert cells["Mittelgeber" if programme else "Gehört zu"] == row["parent_id"]


@needs_records
def test_each_actor_keeps_its_address_fields_and_period(known):
    for row in records("actors"):
        if row["kind"] == "Förderprogramm":
            assert known["programmes"][row["id"].removeprefix("prog-")]["Ende"] == row["active_to"]
            continue
        cells = known["actors"][row["id"]]
        for heading, column in (
            ("Ort", "place_id"),
            ("Straße", "street"),
            ("PLZ", "postcode"),
            ("Website", "website"),
            ("Aktiv seit", "active_from"),
            ("Aktiv bis", "active_to"),
            ("Bereich", "sector"),
        ):
            assert cells[heading].casefold() == row[column].casefold()
        assert set(parts(cells["Handlungsfelder"])) == {field_slug(one) for one in parts(row["handlungsfelder"])}
        assert {one.casefold() for one in parts(cells["Zielgruppen"])} == {
            one.casefold() for one in parts(row["target_groups"])
        }


@needs_records
def test_each_place_keeps_name_kind_and_position(known):
    drawn = {"qm-gebiet", "panke"}  # their points gave way to an outline and a course; the point stands in the remark
    for row in records("places"):
        cells = known["places"][row["id"]]
        name, other = RENAMED.get(row["id"], (row["name"], ""))
        assert (cells["Name"], cells["Art"]) == (name, row["kind"])
        assert other in cells["Weitere Namen"]
        if row["id"] in drawn:
            assert f"{row['lat']}, {row['lon']}" in cells["Bemerkung"]
        else:
            assert cells["Lage"] == (f"POINT({row['lon']} {row['lat']})" if row["lat"] else "")


@needs_records
@pytest.mark.parametrize(("file", "place"), [("panke.geojson", "panke"), ("qm_area.geojson", "qm-gebiet")])
def test_the_river_and_the_outline_are_drawn_point_by_point(known, file, place):
    geometry = json.loads((RECORDS / file).read_text(encoding="utf-8"))["features"][0]["geometry"]
    points = geometry["coordinates"] if geometry["type"] == "LineString" else geometry["coordinates"][0]
    drawn = re.findall(r"(-?[\d.]+) (-?[\d.]+)", known["places"][place]["Lage"])
    assert [(float(longitude), float(latitude)) for longitude, latitude in drawn] == [tuple(point) for point in points]
    assert known["places"][place]["Herkunft der Lage"] == "Von Hand gezeichnet"


@needs_records
def test_each_project_keeps_what_was_written(known):
    for row in records("projects"):
        cells = known["projects"][row["id"]]
        assert (cells["Name"], cells["Beschreibung"], cells["Beginn"], cells["Ende"], cells["Runde"]) == (
            row["name"],
            row["description_de"],
            row["start"],
            row["end"],
            row["round"],
        )
        assert row["status"] in (cells["Stand"][:1].lower() + cells["Stand"][1:], cells["Stand laut Quelle"])
        assert set(parts(cells["Handlungsfelder"])) == {field_slug(one) for one in parts(row["handlungsfelder"])}
        assert set(parts(cells["Orte"])) == set(parts(row["place_ids"]))
        assert {one.casefold() for one in parts(cells["Zielgruppen"])} == {
            one.casefold() for one in parts(row["target_groups"])
        }


@needs_records
def test_each_fund_of_a_project_is_a_funding_and_each_amount_is_kept(known):
    paid = {
        (c["Projekt"], c["Programm"] or c["Zahlende Stelle"]): c["Betrag (Euro)"] for c in known["fundings"].values()
    }
    names = {cells["Name"]: slug for slug, cells in known["programmes"].items()}
    for row in records("projects"):
        funds = [PAYER_OF.get(name) or PROGRAMME_OF.get(name) or names[name] for name in parts(row["fund"])]
        amounts = {fund: paid[row["id"], fund] for fund in funds if paid[row["id"], fund]}
        if len(funds) == 1:
            assert amounts == ({funds[0]: row["amount_eur"]} if row["amount_eur"] else {})
        elif row["id"] in SPLIT_AMOUNTS:
            assert amounts == SPLIT_AMOUNTS[row["id"]]
            assert sum(map(int, amounts.values())) == int(row["amount_eur"])
        elif row["amount_eur"]:
            sums = [c["Text"].replace(".", "") for c in known["notes"].values() if c["Zu"] == f"project/{row['id']}"]
            assert any(f"Gesamtsumme laut Quelle: {row['amount_eur']} Euro" in text for text in sums)


@needs_records
def test_each_participation_is_kept_with_role_and_period(known):
    involved = Counter(
        (c["Projekt oder Veranstaltung"], c["Akteur"], c["Rolle"], c["Beginn"], c["Ende"])
        for c in known["involvements"].values()
    )
    paid = {(c["Projekt"], c["Programm"] or c["Zahlende Stelle"]) for c in known["fundings"].values()}
    roles = {"traeger": "Träger"}
    for row in records("participation"):
        if row["role"] == "foerderer":
            assert (row["project_id"], row["actor_id"].removeprefix("prog-")) in paid
        else:
            role = roles.get(row["role"], row["role"].capitalize())
            assert involved[f"project/{row['project_id']}", row["actor_id"], role, row["from"], row["to"]] == 1


@needs_records
def test_each_tie_is_a_tie_a_membership_or_a_funding(known):
    member = {
        (c["Mitglied"], c["Netzwerk"], c["Anlass"], c["Beginn"], c["Ende"]) for c in known["memberships"].values()
    }
    tied = {(c["Von"], c["Mit"], c["Anlass"], c["Beginn"], c["Ende"], c["Art"]) for c in known["ties"].values()}
    paid = {
        (c["Zahlende Stelle"], c["Programm"], c["Beginn"], c["Ende"])
        for c in known["fundings"].values()
        if not c["Projekt"]
    }
    for row in records("ties"):
        ends, days = (row["actor_a"], row["actor_b"]), (row["from"], row["to"])
        kind = row["relation"].replace("_", " ").replace("ehoert", "ehört").capitalize()
        programme = (row["actor_a"], row["actor_b"].removeprefix("prog-"), *days)
        in_network = known["actors"].get(row["actor_b"], {}).get("Klasse") == "Netzwerk" and row["relation"] in (
            "mitglied_von",
            "sitzt_bei",
        )
        found = (
            (*ends, row["via"], *days) in member
            if in_network
            else (*ends, row["via"], *days, kind) in tied or programme in paid
        )
        assert found, row


@needs_records
def test_each_event_keeps_day_place_topic_and_who_was_there(known):
    there = {(c["Projekt oder Veranstaltung"], c["Akteur"], c["Rolle"]) for c in known["involvements"].values()}
    for row in records("events"):
        cells = known["events"][row["id"]]
        assert (cells["Name"], cells["Beginn"], cells["Ort"], cells["Thema"]) == (
            row["name"],
            row["date"],
            row["place_id"],
            row["topic"],
        )
        assert cells["Ende"] >= cells["Beginn"]
        assert {(f"event/{row['id']}", actor, "Veranstalter") for actor in parts(row["organiser_ids"])} <= there
        assert {(f"event/{row['id']}", actor, "Teilnahme") for actor in parts(row["participant_ids"])} <= there


@needs_records
def test_each_handlungsfeld_keeps_name_and_matches(known):
    for row in records("handlungsfelder"):
        cells = known["handlungsfelder"][field_slug(f"{row['round']}:{row['number']}")]
        assert (cells["Name"], cells["Name (englisch)"], cells["Nummer"], cells["Runde"]) == (
            row["label_de"],
            row["label_en"],
            row["number"],
            row["round"],
        )
        matched = {
            other
            for heading in ("Genau gleich", "Etwa gleich", "Weiter gefasst", "Enger gefasst")
            for other in parts(cells[heading])
        }
        assert {field_slug(other) for other in parts(row["maps_to"])} <= matched


@needs_records
def test_each_statement_and_each_note_is_kept_word_for_word(known):
    said = Counter((c["Runde"], c["Klasse"], c["Ort"], c["Text"]) for c in known["statements"].values())
    assert said == Counter((row["round"], row["kind"], row["place"], row["text_de"]) for row in records("ihek"))
    notes = Counter(cells["Text"] for cells in known["notes"].values())
    assert not Counter(row["note"] for row in records("notes")) - notes


@needs_records
@pytest.mark.parametrize(
    ("name", "table"), [("actors", "actors"), ("places", "places"), ("projects", "projects"), ("events", "events")]
)
def test_each_entry_names_the_address_its_row_came_from(known, name, table):
    address = {slug: cells["Adresse"] for slug, cells in known["sources"].items()}
    for row in records(name):
        slug = row["id"].removeprefix("prog-")
        cells = known[table].get(row["id"]) or known["programmes"][slug]
        assert row["source_url"] in {address[source] for source in parts(cells["Quelle"])}
