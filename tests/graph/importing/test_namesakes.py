"""Bodies of one name in different streets stay apart, and whoever is meant with a street is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.importing.plan import plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from pathlib import Path

BODIES = "Einrichtung;Straße\nKita Sonne;Bergstr. 4\nKita Sonne;Talstraße 9\n"
PROJECTS = (
    "Projekt;Träger;Partner\nBeete;Bürgerverein e.V.;Kita Sonne, Bergstraße\nChor;Bürgerverein;Kita Sonne (Talstr.)\n"
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "Einrichtungen.csv").write_text(BODIES, encoding="utf-8")
    (tmp_path / "Projekte.csv").write_text(PROJECTS, encoding="utf-8")
    return sorted(tmp_path.glob("*.csv"))


def partners(found) -> dict[str, str]:
    return {link.end.label: link.start.label for link in found.links if link.role == "partner"}


def test_two_rows_of_one_name_in_two_streets_are_two_bodies_and_nobody_is_asked(empty, files) -> None:
    found = plan(empty, files[:1])
    assert [(one.label, one.action) for one in found.entities] == [
        ("Kita Sonne (Bergstraße)", "add"),
        ("Kita Sonne (Talstraße)", "add"),
    ]


def test_a_name_with_its_street_means_the_body_there(empty, files) -> None:
    assert partners(plan(empty, files)) == {"Beete": "Kita Sonne (Bergstraße)", "Chor": "Kita Sonne (Talstraße)"}


def test_houses_that_only_cells_put_in_two_streets_are_two(empty, files) -> None:
    assert len(set(partners(plan(empty, files[1:])).values())) == 2


def test_a_bare_name_of_two_bodies_is_neither(empty, tmp_path, files) -> None:
    bare = tmp_path / "Weitere.csv"
    bare.write_text("Projekt;Partner\nFest;Kita Sonne\n", encoding="utf-8")
    assert partners(plan(empty, [*files, bare]))["Fest"] == "Kita Sonne"


def test_namesakes_that_come_again_are_the_same(empty, files) -> None:
    apply(empty, plan(empty, files), "Test")
    again = plan(empty, files)
    assert (again.weighed.added, again.weighed.removed) == (set(), set())


def test_an_association_with_two_addresses_in_cells_is_one(empty, tmp_path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Projekt;Partner\nA;Bürgerverein (Bergstr.)\nB;Bürgerverein (Talstr.)\n", encoding="utf-8")
    assert set(partners(plan(empty, [path])).values()) == {"Bürgerverein"}
