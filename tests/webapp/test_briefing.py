"""The chapter of a round in the web: four files, offered on the page of the round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from webapp.briefing import FORMATS, TYPES

if TYPE_CHECKING:
    from flask.testing import FlaskClient

BEGINNINGS = {"docx": b"PK", "pdf": b"%PDF-1.7", "html": b"<!doctype html>", "xlsx": b"PK"}


@pytest.mark.parametrize("ending", list(FORMATS))
def test_each_format_comes_under_its_name_and_type(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/rounds/2008/briefing.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[ending]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="vernetzung-2008.{ending}"'
    assert answer.data.startswith(BEGINNINGS[ending])


@pytest.mark.parametrize("path", ["/rounds/2022", "/rounds/2022/workspace"])
def test_the_page_of_a_round_offers_all_of_them_and_other_pages_do_not(client: FlaskClient, path: str) -> None:
    links = re.findall(r'href="(/rounds/2022/briefing\.\w+)"', client.get(path).text)
    assert links == [f"/rounds/2022/briefing.{ending}" for ending in FORMATS]
    assert "briefing." not in client.get("/projects/kool-im-kiez-2").text


def test_an_unknown_round_or_ending_is_not_found_and_said(client: FlaskClient) -> None:
    answer = client.get("/rounds/1871/briefing.docx", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Es gibt keinen Eintrag „1871“" in answer.text
    assert client.get("/rounds/2022/briefing.doc").status_code == 404
