"""The way out: everything in one archive that needs no server and no program of ours."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

import pytest

import graph
from builders import Quartier
from graph.errors import BadInput
from graph.export import export_all
from graph.importing.plan import plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

DAY = dt.date(2027, 12, 31)


@pytest.fixture(scope="module")
def store() -> Store:
    quartier = Quartier()
    schule, hof = quartier.actor("Schule am Park", place=quartier.place("Park")), quartier.actor("Höfe & Gärten")
    quartier.project("Hoffest", traeger=[schule], partner=[hof], start="2024", fields=[])
    quartier.handlungsfeld("2022", "1", "Bildung")
    quartier.tie(schule, hof)
    return quartier.store()


@pytest.fixture(scope="module")
def archive(store: Store, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    path = tmp_path_factory.mktemp("archive") / "quartier.zip"
    export_all(store, path, DAY)
    return zipfile.ZipFile(path)


def test_every_entry_has_its_page_and_every_link_leads_to_one(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    pages = [name for name in names if name.startswith("seite/") and name.endswith(".html")]
    assert {"seite/index.html", "seite/actors/index.html", "seite/actors/schule-am-park.html"} <= set(pages)
    for name in pages:
        for address in re.findall(r'href="([^"#]+)"', archive.read(name).decode()):
            target = unquote(urljoin(name, address))
            is_folder = target.endswith("/") and any(one.startswith(target) for one in names)
            assert target in names or is_folder or re.match("https?://", target), f"{name}: {address}"


def test_a_page_says_what_is_stored_and_loads_nothing(archive: zipfile.ZipFile) -> None:
    page = archive.read("seite/actors/schule-am-park.html").decode()
    assert "Schule am Park" in page
    assert "<script" not in page
    assert not re.search(r'(src|<link[^>]*href)="(https?:)?//', page)


def test_it_holds_tables_data_and_pictures(archive: zipfile.ZipFile) -> None:
    data = {f"daten/{name}" for name in ("quartier.trig", "quartier.nq", "netz.graphml", "pankenetz.ttl", "shapes.ttl")}
    rest = {"LIESMICH.txt", "tabellen/quartier.xlsx", "tabellen/actors.csv", "bilder/netz.html", "bilder/netz.svg"}
    assert data | rest <= set(archive.namelist())


def test_what_went_out_comes_in_again(archive: zipfile.ZipFile, store: Store, tmp_path: Path) -> None:
    archive.extract("daten/quartier.trig", tmp_path)
    with graph.open(None) as other:
        apply(other, plan(other, [tmp_path / "daten" / "quartier.trig"]), "Ada")
        said, again = ({q for name in one.graphs.all_data() for q in one.quads(graph=name)} for one in (store, other))
        assert said <= again


def test_hostile_names_are_text_and_an_empty_quartier_has_its_archive(tmp_path: Path) -> None:
    quartier = Quartier()
    quartier._entry("actor", "x", "Actor", label="<script>alert(1)</script>")
    for number, one in enumerate((quartier.store(), graph.open(None))):
        export_all(one, tmp_path / f"{number}.zip", DAY)
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            pages = [archive.read(name) for name in archive.namelist() if name.startswith("seite/")]
        assert pages
        assert not any(b"<script>alert" in page for page in pages)


def test_it_is_a_zip_and_nothing_else(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        export_all(store, tmp_path / "quartier.rar", DAY)
    with pytest.raises(BadInput):
        export_all(store, tmp_path / "nowhere" / "quartier.zip", DAY)
