"""What an import costs, beside openpyxl and rdflib: `python -m pytest -s tests/benchmarks/bench_import.py`.

In processor seconds, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import random
import sys
from time import process_time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from openpyxl import Workbook, load_workbook

import graph
from graph import example
from graph.importing import sheets
from graph.importing.plan import as_json, plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 10_000
WHAT = ("Nachbarschafts", "Kinder", "Garten", "Musik", "Sprach", "Sport", "Kultur", "Bildungs", "Jugend", "Theater")
HOUSE = ("haus", "verein", "treff", "werkstatt", "laden", "zentrum", "initiative", "garten", "schule", "bühne")
WHERE = ("Mitte", "Nord", "Süd", "West", "Ost", "am Park", "im Hof", "an der Panke", "Wedding", "Moabit")
HEAD = ("Projekt", "Träger", "Partner", "Laufzeit", "Mittelgeber", "Summe")


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    """Ten thousand projects of a thousand bodies: as large as all the lists of a Land."""
    chance = random.Random(1)  # noqa: S311  # the same list each time
    bodies = [f"{a}{b} {c}" for a in WHAT for b in HOUSE for c in WHERE]
    book = Workbook(write_only=True)
    page = book.create_sheet("Projekte")
    page.append(HEAD)
    for number in range(ROWS):
        years = chance.choice(("2018 bis 2020", "seit Mai 2019", "2021", "04.2019–11.2020"))
        payer = chance.choice(("Projektfonds", "Aktion Mensch", "Bezirksamt Mitte"))
        traeger, partner = chance.sample(bodies, 2)
        page.append((f"{chance.choice(WHAT)}projekt {number}", traeger, partner, years, payer, number % 90 * 500))
    path = tmp_path_factory.mktemp("large") / "gross.xlsx"
    book.save(path)
    return path


def test_ten_thousand_rows_are_read_planned_and_written_in_twenty_seconds(workbook: Path, tmp_path: Path):
    """Beside rdflib, which only parses the same statements into memory."""
    gc.disable()  # as the command does
    with graph.open(tmp_path / "data") as store:
        begin = process_time()
        found = plan(store, [workbook], source="gross")
        as_json(found)
        planned = process_time() - begin
        apply(store, found, "Test")
        whole = process_time() - begin
        content = store.dump(ox.RdfFormat.N_TRIPLES)
    gc.enable()
    begin = process_time()
    peer = len(rdflib.Graph().parse(data=content, format="nt"))
    parsed = process_time() - begin
    say(
        f"{ROWS} rows, {len(found.links)} links, {peer} statements: planned in {planned:.1f} s, "
        f"written after {whole:.1f} s; rdflib parses what came of it in {parsed:.1f} s"
    )
    assert len(found.links) >= 3 * ROWS
    assert whole < max(20, 2 * parsed)  # on a busy machine everything takes longer, the peer as well


def test_reading_a_workbook_costs_no_more_than_openpyxl(workbook: Path):
    """With merged cells, comments, links and hidden sheets, which openpyxl leaves out when it streams."""
    begin = process_time()
    (sheet,) = sheets.read(workbook)
    mine = process_time() - begin
    begin = process_time()
    peer_rows = list(load_workbook(workbook, read_only=True)["Projekte"].iter_rows(values_only=True))
    peer = process_time() - begin
    say(f"{ROWS} rows read: {mine:.2f} s, openpyxl {peer:.2f} s")
    assert len(sheet.rows) == len(peer_rows)
    assert mine < 2 * peer


def test_the_example_is_loaded_within_two_seconds() -> None:
    """Beside rdflib, which only parses the same statements; measured .98 times as long, .6 s."""
    with graph.open(None) as store:
        begin = process_time()
        example.load(store)
        ours = process_time() - begin
        written = store.dump(ox.RdfFormat.N_TRIPLES)
    begin = process_time()
    rdflib.Graph().parse(data=written, format="nt")
    theirs = process_time() - begin
    say(f"the example is loaded in {ours:.2f} s; rdflib reads what it says in {theirs:.2f} s: × {ours / theirs:.2f}")
    assert ours < min(2, 1.5 * theirs)
