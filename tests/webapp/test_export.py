"""Taking the data along in the web: one page, every format, never a contact."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING

import pytest
from changed import SCHULE, quartier_with_a_past
from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import changes
from graph.export import export
from ontology.terms import SKOS
from webapp import create_app
from webapp.export import FORMATS, TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from graph.store import Store


def test_the_page_offers_every_format_and_the_foot_leads_to_it(client: FlaskClient) -> None:
    page = client.get("/export").text
    assert all(f'href="/export.{extension}"' in page for extension in FORMATS)
    assert 'href="/export"' in client.get("/actors").text
    assert list(FORMATS) == list(TYPES)


@pytest.mark.parametrize("extension", list(FORMATS))
def test_what_comes_is_what_the_command_line_writes(
    client: FlaskClient, example: Store, tmp_path: Path, extension: str
) -> None:
    answer = client.get(f"/export.{extension}", buffered=True)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=quartier.{extension}"
    assert answer.mimetype == TYPES[extension]
    export(example, tmp_path / f"x.{extension}")
    if extension != "xlsx":  # holds the minute it was written in
        assert sorted(answer.data) == sorted((tmp_path / f"x.{extension}").read_bytes())


def test_the_workbook_opens(client: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/export.xlsx", buffered=True).data), read_only=True)
    assert {"Akteure", "Projekte", "Beteiligungen"} <= set(book.sheetnames)
    book.close()


def test_another_format_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export.docx", buffered=True).status_code == 404


def test_no_download_holds_a_contact_or_the_history() -> None:
    with quartier_with_a_past() as store:
        secret = Quad(NamedNode(SCHULE), NamedNode(SKOS.altLabel), Literal("0305550123"), store.graphs.contacts)
        changes.commit(store, added=[secret], author="Erika", reason="Geheimgrund", check=False)
        client = create_app(store).test_client()
        for extension in FORMATS:
            content = client.get(f"/export.{extension}", buffered=True).data
            if extension in ("zip", "xlsx"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    content = b"".join(archive.read(name) for name in archive.namelist())
            assert b"0305550123" not in content
            assert b"Geheimgrund" not in content


def test_the_download_can_be_read_again(client: FlaskClient, example: Store) -> None:
    quads = set(parse(client.get("/export.nq", buffered=True).data, RdfFormat.N_QUADS))
    assert quads == {
        quad for name in (*example.graphs.all_data(), example.graphs.rounds) for quad in example.quads(graph=name)
    }


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_the_view_of_an_address_comes_as_a_file_for_network_programs(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/network.{ending}?focus=actor/hhs")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="netz-hhs.{ending}"'
    assert "Herbert-Hoover-Schule" in answer.text
    assert client.get(f"/network.{ending}?focus=actor/nobody").status_code == 404


def test_the_network_page_offers_every_form_in_one_menu(client: FlaskClient) -> None:
    page = client.get("/network?focus=actor/hhs").text
    menu = page[page.index('id="network-take"') :].split("</details>", 1)[0]
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', menu)]
    assert [client.get(link).status_code for link in links] == [200] * 6
    assert all("focus=actor" in link for link in links)
