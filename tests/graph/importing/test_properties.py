"""What must hold for every list: rows, cells and files do not disturb each other, and coming again changes nothing."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import graph
from graph.importing.plan import as_json, plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from pathlib import Path

    from graph.importing.plan import Plan

Rows = list[list[str]]

PROJECTS = (
    ["Projekt", "Träger", "Partner", "Laufzeit", "Ort", "Mittelgeber", "Summe", "Bemerkung"],
    [
        ["Lesepaten", "Bürgerverein Süd e.V.", "Kita Sonne, GS Am Park", "2018-2020", "", "Projektfonds", "12.500", ""],
        ["Hofgarten", "Bürgerverein Süd", "Büro A und Partner", "seit Mai 2019", "Markt", "Aktion Mensch", "4 T€", ""],
        ["Radioprojekt", "Kunst & Kiez e.V.", "Jugendhaus Anker", "2021", "", "Stadt Halle", "k.A.", "pausiert"],
        ["Repaircafé", "Kunst & Kiez e. V.", "Kita Sonne", "laufend", "Markt", "Projektfonds", "800", ""],
        ["Chor der Vielen", "Haus der Jugend", "Kirchengemeinde St. Paul; QM Mitte", "2019", "", "", "", "neu"],
    ],
)  # fmt: skip
BODIES = (
    ["Einrichtung", "Art", "Anschrift", "Gehört zu", "Website"],
    [
        ["Bürgerverein Süd e.V.", "Verein", "Hauptstr. 8, 13357 Berlin", "", "www.buergerverein.example"],
        ["Kita Sonne", "Kita", "Parkweg 2", "Kirchengemeinde St. Paul", ""],
        ["Kirchengemeinde St. Paul", "Religionsgemeinschaft", "Badstr. 50", "", ""],
        ["Haus der Jugend", "Jugendeinrichtung", "Reinickendorfer Str. 55", "", ""],
    ],
)
LISTS = {"projects": PROJECTS, "bodies": BODIES}
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STRANGE = (
    *(
        "Projekt",
        "Träger",
        "Summe",
        "Gesamt",
        "Handlungsfeld 3",
        "Stand: 2021",
        "Kita Sonne",
        "Kita Sonne (Träger)",
        "$",
    ),
    *(
        "Kunst & Kiez e.V., Bürgerverein Süd e.V.",
        "Kita Sonne = Bürgerverein Süd",
        "Legende: BV = Kita Sonne",
        "s. o.",
        "dito",
    ),
    *(
        "BV Süd (Bürgerverein Süd e.V.)",
        "alle",
        "diverse",
        "n.n.",
        "2018 bis 2020",
        "01.01.1900",
        "31.12.9999",
        "1e9 €",
        "x" * 5000,
    ),
    *("a;b", "A\nB\nC", "=SUM(A1:A9)", "\u202eabc", "Nr.", "1", "1.", "ja", "http://x.example", "Einrichtung", "-"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30) | st.sampled_from(STRANGE)


def written(path: Path, head: list[str], rows: Rows) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def planned(*paths: Path) -> Plan:
    with graph.open(None) as store:
        return plan(store, list(paths), source="liste")


def said(found: Plan) -> tuple[set[object], set[object]]:
    """Entries and links as people see them."""
    answer = as_json(found)
    labels = {entity["iri"]: (entity["class"], entity["label"]) for entity in answer["entities"]}
    links = {
        (link["class"], labels[link["from"]], labels[link["to"]], link["role"], link["start"], link["end"])
        for link in answer["links"]
    }
    return set(labels.values()), links


def elsewhere(found: Plan, line: int) -> tuple[set[object], set[frozenset[str]]]:
    """What other lines say: their links by cell, and which of their cells mean the same body.

    Not by name: a body is called by the fullest of its spellings, which may be the one in that line.
    """
    cells: dict[int, set[str]] = {}
    links = set()
    for link in found.links:
        if link.spot.row[2] != line:
            ends = (link.start.klass, link.end.klass, link.end.label)
            links.add((link.spot.cell, link.kind, link.role, link.text("start"), link.text("end"), *ends))
            cells.setdefault(id(link.start), set()).add(link.spot.cell)
    for entity in found.entities:
        for values in entity.values.values():
            cells.setdefault(id(entity), set()).update(v.spot.cell for v in values if v.spot.row[2] != line)
    return links, {frozenset(together) for together in cells.values() if together}


@QUIET
@given(st.sampled_from(sorted(LISTS)), st.data())
def test_the_order_of_rows_does_not_matter(tmp_path: Path, name: str, data: st.DataObject) -> None:
    head, rows = LISTS[name]
    turned = data.draw(st.permutations(rows))
    assert said(planned(written(tmp_path / "a.csv", head, turned))) == said(
        planned(written(tmp_path / "b.csv", head, rows))
    )


@settings(QUIET, max_examples=60)
@given(st.sampled_from(sorted(LISTS)), st.data(), TEXTS)
def test_no_text_in_a_cell_alters_another_row(tmp_path: Path, name: str, data: st.DataObject, text: str) -> None:
    head, rows = LISTS[name]
    at, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(head) - 1))
    spoilt = [list(row) for row in rows]
    spoilt[at][column] = text
    found = elsewhere(planned(written(tmp_path / "a.csv", head, spoilt)), at + 2)
    assert found == elsewhere(planned(written(tmp_path / "a.csv", head, rows)), at + 2)


@QUIET
@given(st.sampled_from(sorted(LISTS)), st.integers(0, 5))
def test_a_row_about_something_else_changes_nothing_else(tmp_path: Path, name: str, at: int) -> None:
    head, rows = LISTS[name]
    other = ["Zirkus im Zelt", "Manege gGmbH"] if name == "projects" else ["Zirkus Manege gGmbH", "gGmbH"]
    more = [*rows[:at], [*other, *[""] * (len(head) - 2)], *rows[at:]]
    plain = said(planned(written(tmp_path / "a.csv", head, rows)))
    found = said(planned(written(tmp_path / "a.csv", head, more)))
    assert plain[0] <= found[0]
    assert plain[1] <= found[1]
    assert len(found[1] - plain[1]) == (name == "projects")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_comes_again_changes_nothing(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "a.csv", *LISTS[name])
    with graph.open(None) as store:
        apply(store, plan(store, [path]), "Test")
        again = plan(store, [path])
        assert (again.weighed.added, again.weighed.removed) == (set(), set())
        assert {entity.action for entity in again.entities} == {"same"}


@QUIET
@given(st.permutations(PROJECTS[1]))
def test_a_list_that_comes_again_in_another_order_names_nothing_anew(tmp_path: Path, rows: Rows) -> None:
    with graph.open(None) as store:
        apply(store, plan(store, [written(tmp_path / "a.csv", *PROJECTS)]), "Test")
        again = plan(store, [written(tmp_path / "a.csv", PROJECTS[0], rows)])
        assert {entity.action for entity in again.entities} <= {"same", "change"}
        assert len({entity.slug for entity in again.entities}) == len(again.entities)


def test_one_workbook_or_several_files_say_the_same(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, (head, rows) in LISTS.items():
        page = book.create_sheet(name)
        for row in [head, *rows]:
            page.append(row)
    book.save(tmp_path / "alles.xlsx")
    apart = [written(tmp_path / f"{name}.csv", *LISTS[name]) for name in LISTS]
    assert said(planned(*apart)) == said(planned(tmp_path / "alles.xlsx"))
    assert said(planned(*apart[::-1])) == said(planned(*apart))


@QUIET
@given(st.sampled_from(sorted(LISTS)), st.data())
def test_a_list_without_some_columns_and_rows_takes_nothing_away(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    """What it does not speak of stays; and the same shorter list again changes nothing."""
    head, rows = LISTS[name]
    left = [0, *sorted(data.draw(st.sets(st.integers(1, len(head) - 1), min_size=1)))]
    fewer = data.draw(st.lists(st.sampled_from(rows), min_size=2, unique_by=tuple))
    assume(any(fewer[0][at] for at in left[1:]))  # a first row of nothing but a name reads as a title over the others
    with graph.open(None) as store:
        apply(store, plan(store, [written(tmp_path / "a.csv", head, rows)], source="liste"), "Test")
        for some in (rows, fewer):
            short = written(tmp_path / "a.csv", [head[at] for at in left], [[row[at] for at in left] for row in some])
            shorter = plan(store, [short], source="liste")
            lost = {quad for quad in shorter.weighed.removed if not quad.predicate.value.endswith("wasDerivedFrom")}
            assert {quad for quad in lost if "/source/" not in quad.subject.value} == set()
            apply(store, shorter, "Test")
            again = plan(store, [short], source="liste")
            assert (again.weighed.added, again.weighed.removed) == (set(), set())
