"""Fact sheets: what is wrong in one is left out with its record, and comes back as a file to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from graph.importing import mending
from graph.importing.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "Titel;A;B\nTräger;Verein Süd e.V.;Schule Nord\nPartner;Kita Sonne;Chor\nBeginn;2022;2021\nEnde;2020;2022\n"


def test_a_bad_record_is_left_out_and_comes_back(empty, tmp_path: Path) -> None:
    path = tmp_path / "steckbriefe.csv"
    path.write_text(SHEET, encoding="utf-8")
    found = plan(empty, [path])
    mending.write(tmp_path / "mend.xlsx", found)
    assert plan(empty, [path], without=found.bad_rows).errors == ()
    texts = [cell for row in load_workbook(tmp_path / "mend.xlsx").active.iter_rows(values_only=True) for cell in row]
    assert {"A", "Verein Süd e.V."} <= set(texts)
