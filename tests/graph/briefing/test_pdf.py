"""The PDF for those who do not see it: tags, language, title, alternative texts; and a sentence where it cannot be."""

from __future__ import annotations

import builtins
import io
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from graph import briefing
from graph.briefing.chapter import chapter as written_chapter
from graph.errors import NotInstalled
from tests.graph.briefing.conftest import TODAY

if TYPE_CHECKING:
    from graph.store import Store


@pytest.fixture(scope="module")
def reader(example: Store) -> PdfReader:
    """The file of the example."""
    return PdfReader(io.BytesIO(briefing.content(example, "2022", "pdf", today=TODAY)))


def kinds(reader: PdfReader) -> dict[str, list[Any]]:
    """The elements of the structure tree by kind."""
    found: dict[str, list[Any]] = {}
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.setdefault(str(one.get("/S", "")), []).append(one)
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_it_says_that_it_is_accessible_german_and_what_it_is(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == "Vernetzung: IHEK 2022"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_every_part_is_tagged(reader: PdfReader, example: Store) -> None:
    document, found = written_chapter(example, "2022", today=TODAY), kinds(reader)
    headings = sum(len(found.get(f"/H{level}", [])) for level in range(1, 5))
    assert headings >= len(document.headings)
    assert len(found["/Table"]) >= len(document.tables)  # WeasyPrint makes one of each page of a table
    assert len(found["/TH"]) >= sum(len(one.headings) + len(one.rows) for one in document.tables)
    assert found["/Figure"][0]["/Alt"].startswith("Netzbild.")


def test_the_outline_leads_to_every_section(reader: PdfReader) -> None:
    assert "Quellen" in str(reader.outline)


def test_without_weasyprint_one_sentence_says_what_to_install(hostile: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise ImportError(name)
        return ours(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NotInstalled) as refused:
        briefing.content(hostile, "2022", "pdf", today=TODAY)
    assert "pankenetz[pdf]" in refused.value.command
