"""The shapes as tables and fields: what forms, import and export rely on."""

from __future__ import annotations

import pytest

from ontology.schema import entity_types, names_by_class
from ontology.terms import GEO, PN, RDF, XSD

TABLES = {
    "actors": "Klasse*, Name*, Kurzname, Weitere Namen+, Art, Bereich, Ebene, Gehört zu, Ort, Straße, PLZ,"
    " Handlungsfelder+, Zielgruppen+, Bietet+, Sucht+, Website, Aktiv seit, Aktiv bis, Beschreibung",
    "programmes": "Name*, Kurzname, Weitere Namen+, Art, Mittelgeber+, Website, Beginn, Ende, Beschreibung",
    "places": "Name*, Weitere Namen+, Art, Straße, PLZ, Lage, Herkunft der Lage, An der Panke, Beschreibung",
    "rounds": "Name*, Kurzname, Beginn, Ende, IHEK, Beschreibung",
    "handlungsfelder": "Runde*, Nummer*, Name*, Name (englisch), Genau gleich+, Etwa gleich+,"
    " Weiter gefasst+, Enger gefasst+",
    "statements": "Klasse*, Runde, Handlungsfeld, Ort, Text*",
    "projects": "Name*, Weitere Namen+, Beschreibung, Beginn, Ende, Läuft ohne festes Ende, Zeitraum laut Quelle,"
    " Stand, Stand laut Quelle, Runde, Handlungsfelder+, Orte+, Zielgruppen+",
    "events": "Name*, Beginn, Ende, Zeitraum laut Quelle, Ort, Thema",
    "involvements": "Akteur*, Projekt oder Veranstaltung*, Rolle*, Beginn, Ende, Zeitraum laut Quelle",
    "fundings": "Projekt, Programm, Zahlende Stelle, Betrag (Euro), Beginn, Ende, Zeitraum laut Quelle",
    "memberships": "Mitglied*, Netzwerk*, Rolle, Anlass, Beginn, Ende",
    "ties": "Von*, Mit*, Art*, Zustand*, Stärke, Anlass, Beginn, Ende",
    "notes": "Zu+, Feld, Text*",
    "sources": "Titel*, Adresse, Art, Datum, Abgerufen",
}
TYPES = entity_types()
FIELDS = [(entity, field) for entity in TYPES.values() for field in entity.fields]


def test_the_tables_come_in_the_agreed_order() -> None:
    assert [entity.plural for entity in TYPES.values()][: len(TABLES)] == list(TABLES)
    rest = "contact workspace suggestion decision judgement story view question weighting change"
    assert list(TYPES)[len(TABLES) :] == rest.split()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_in_order_with_what_is_required_and_what_may_be_many(table: str) -> None:
    entity = next(entity for entity in TYPES.values() if entity.plural == table)
    columns = [f"{field.label['de']}{'*' * field.required}{'+' * field.many}" for field in entity.fields]
    assert columns == [*TABLES[table].split(", "), "Quelle+", "Zuletzt bestätigt", "Bemerkung"]


@pytest.mark.parametrize(("entity", "field"), FIELDS, ids=[f"{entity.name}-{field.name}" for entity, field in FIELDS])
def test_every_field_speaks_german_and_english_and_says_what_it_holds(entity, field) -> None:
    for texts in (field.label, field.help, field.message, field.group, entity.label, entity.plural_label, entity.help):
        assert set(texts) == {"de", "en"}
    assert field.help["de"].endswith((".", "?"))
    assert field.severity == "violation"
    assert field.path[0].startswith("http")
    assert [bool(field.datatypes), bool(field.links_to), bool(field.choices)].count(True) == 1


@pytest.mark.parametrize("entity", TYPES.values(), ids=list(TYPES))
def test_no_heading_and_no_name_stands_for_two_fields_of_a_table(entity) -> None:
    owners: dict[str, str] = {}
    for field in entity.fields:
        for heading in (*field.label.values(), *field.alternatives):
            assert owners.setdefault(heading.casefold(), field.name) == field.name, heading
    assert len({field.name for field in entity.fields}) == len(entity.fields)


@pytest.mark.parametrize(
    ("table", "heading", "name"),
    [
        ("actor", "Träger", "name"), ("actor", "Kooperationspartner", "name"), ("actor", "Anschrift", "street"),
        ("project", "Laufzeit", "period_text"), ("project", "von", "start"), ("project", "bis", "end"),
        ("project", "HF", "handlungsfelder"), ("funding", "Fördersumme", "amount"),
        ("involvement", "Einrichtung", "actor"), ("involvement", "Projektträger", "actor"),
        ("place", "Koordinaten", "position"),
    ],
)  # fmt: skip
def test_headings_of_the_offices_own_spreadsheets_are_known(table: str, heading: str, name: str) -> None:
    assert heading in TYPES[table].field(name).alternatives


def test_agencies_and_networks_are_entries_of_the_table_of_actors() -> None:
    assert TYPES["actor"].classes == (PN.Actor, PN.Agency, PN.Network)
    assert {names_by_class()[iri] for iri in TYPES["actor"].classes} == {"actor"}
    assert [choice.label["de"] for choice in TYPES["actor"].field("type").choices] == ["Akteur", "Amt", "Netzwerk"]
    assert names_by_class()[PN.Statement] == names_by_class()[PN.Need] == "statement"


def test_special_fields_say_how_their_values_are_written() -> None:
    start, name = TYPES["project"].field("start"), TYPES["project"].field("name")
    assert (start.datatype, start.datatypes) == (XSD.date, (XSD.gYear, XSD.gYearMonth, XSD.date))
    assert (name.datatype, name.language) == (RDF.langString, "de")
    assert TYPES["place"].field("position").path == (GEO.hasGeometry, GEO.asWKT)
    assert TYPES["involvement"].field("project_or_event").links_to == ("project", "event")
    assert TYPES["event"].field("place").links_to == ("place",)
    assert TYPES["tie"].field("kind").scheme == "tie-kind"


def test_entries_lie_in_the_part_of_the_holdings_that_the_model_names() -> None:
    apart = {entity.name: entity.graph for entity in TYPES.values() if entity.graph != "data"}
    assert apart == {
        "statement": "rounds", "workspace": "rounds", "suggestion": "rounds",
        "decision": "rounds", "judgement": "rounds", "story": "rounds",
        "view": "rounds", "question": "rounds", "weighting": "rounds", "contact": "contacts", "change": "history",
    }  # fmt: skip


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(KeyError, match="farbe"):
        TYPES["actor"].field("farbe")
