"""The strip "Was wäre, wenn?": ticks of any list, kept in the address, counted before and after."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def boxes(page: str) -> list[str]:
    return re.findall(r'name="tick" value="([^"]+)" form="what-if"', page)


def test_every_line_has_a_box_that_belongs_to_one_form(client: FlaskClient) -> None:
    page = client.get("/gaps").text
    assert len(boxes(page)) == 20
    assert page.count('id="what-if"') == 1
    assert "Das Netz vorher und nachher" not in page


def test_ticked_lines_stay_ticked_and_are_counted(client: FlaskClient) -> None:
    first, second = boxes(client.get("/gaps").text)[:2]
    page = client.get(f"/gaps?tick={first}&tick={second}").text
    assert page.count('form="what-if" checked') == 2
    assert "2 Vorschläge zählen mit." in page
    assert "Das Netz vorher und nachher" in page


def test_ticks_of_another_list_stay_and_filters_go_along(client: FlaskClient) -> None:
    tick = boxes(client.get("/gaps").text)[0]
    page = client.get(f"/gaps?kind=thread&place=nettelbeckplatz&tick={tick}").text
    assert f'name="tick" value="{tick}" checked' in page
    assert '<input type="hidden" name="place" value="nettelbeckplatz">' in page


def test_taking_out_the_qm_alone_is_a_question_too(client: FlaskClient) -> None:
    page = client.get("/gaps?gone=yes").text
    assert "Das Quartiersmanagement und seine Gremien sind herausgenommen" in page
    assert 'href="/gaps/handover"' in page


def test_a_tick_that_is_no_more_is_said(client: FlaskClient) -> None:
    assert "gilt nicht mehr" in unescape(client.get("/gaps?tick=introduce~nie~mand").text)


def test_lists_that_change_no_tie_have_no_boxes(client: FlaskClient) -> None:
    assert boxes(client.get("/gaps?kind=coverage").text) == []
