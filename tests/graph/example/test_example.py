"""The example is whole, valid, sourced, quick to load, and holds no personal data."""

from __future__ import annotations

import re

import graph
from graph import changes
from graph.example import FOLDER, load
from graph.export import tables


def test_no_shape_is_violated(findings):
    """The example may be committed unchecked because this holds."""
    assert [finding for finding in findings if finding.severity == "violation"] == []


def test_loading_it_twice_changes_nothing():
    with graph.open(None) as store:
        first, second = load(store), load(store)
        assert (first.added > 10_000, second.added, second.removed, store.version) == (True, 0, 0, 1)


def test_undoing_the_load_leaves_nothing():
    with graph.open(None) as store:
        changes.undo(store, load(store).id, "Test")
        assert tables(store) == {}


def test_every_entry_names_its_source(example):
    for name, (headings, *lines) in tables(example).items():
        unsourced = [line[0] for line in lines if not line[headings.index("Quelle")]]
        assert name == "sources" or unsourced == []


def test_nobody_can_be_written_or_called_with_what_the_tables_say():
    """Organisations only: no mail address, no telephone number."""
    for table in FOLDER.glob("*.csv"):
        texts = re.sub(r"https?://[^\s,;]+", "", table.read_text(encoding="utf-8"))
        assert not re.search(r"\w@\w|\b0\d{2,5}[ /-]\d{4,}|\+49", texts), table.name


def test_titles_of_sources_name_no_person_though_their_addresses_may(example):
    """Members of parliament and of the district have their names in a few addresses; nothing else repeats them."""
    (headings, *lines) = tables(example)["sources"]
    address = headings.index("Adresse")
    persons = "schulze|tomiak|gothe|hanke|geisel|altmaier|noell"
    assert not any(
        re.search(persons, " ".join([*line[:address], *line[address + 1 :]]), re.IGNORECASE) for line in lines
    )


def test_openstreetmap_is_credited_wherever_a_position_comes_from_it(example):
    (headings, *lines) = tables(example)["places"]
    rows = [dict(zip(headings, line, strict=True)) for line in lines]
    from_map = [row for row in rows if row["Herkunft der Lage"] == "OpenStreetMap"]
    assert len(from_map) == 52
    assert all("openstreetmap-berlin-poi" in row["Quelle"] for row in from_map)
    assert "OpenStreetMap contributors" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_entries_of_different_types_may_share_a_slug(example):
    """A school and its building, an area and its project: the segment of the IRI tells them apart."""
    slugs = {name: {line[0] for line in lines[1:]} for name, lines in tables(example).items()}
    assert "wiesenburg" in slugs["places"]
    assert "wittlerblock" in slugs["places"] & slugs["projects"]


def test_a_mapping_from_one_of_two_fields_leads_to_the_broader_field(example):
    (headings, *lines) = tables(example)["handlungsfelder"]
    broader = {line[0]: line[headings.index("Weiter gefasst")].split(" ; ") for line in lines}
    assert "2019-3" in broader["2022-4"]
    assert "2019-3" in broader["2022-1"]
