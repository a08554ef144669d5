"""The interface speaks German and English, completely."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

WEBAPP = Path(__file__).parents[2] / "webapp"
CATALOGUE = WEBAPP / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def english() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _said() -> set[str]:
    found = extract_from_dir(
        str(WEBAPP), METHODS, keywords=KEYWORDS, options_map={"templates/**.html": {"trimmed": "true"}}
    )
    messages = (message for _, _, message, _, _ in found)
    return {message if isinstance(message, str) else message[0] for message in messages}


def test_every_german_text_has_its_english(english: Catalog) -> None:
    translated = {one.id if isinstance(one.id, str) else one.id[0] for one in english if one.id and one.string}
    assert sorted(_said() - translated) == []


def test_no_english_is_left_of_texts_that_are_gone(english: Catalog) -> None:
    kept = {one.id if isinstance(one.id, str) else one.id[0] for one in english if one.id}
    assert sorted(kept - _said()) == []


def test_no_translation_is_the_german_itself(english: Catalog) -> None:
    """But for words that both languages share."""
    same = {one.id for one in english if one.id and one.string == one.id and " " in str(one.id)}
    assert same == set()


def test_the_small_cut_of_the_typeface_has_every_letter_the_interface_says(english: Catalog) -> None:
    sheet = (WEBAPP / "static" / "css" / "pankenetz.css").read_text(encoding="utf-8")
    (ranges,) = set(re.findall(r"unicode-range: ([^;]+);", sheet))
    bounds = [part.strip().removeprefix("U+").partition("-")[::2] for part in ranges.split(",")]
    known = {chr(one) for first, last in bounds for one in range(int(first, 16), int(last or first, 16) + 1)}
    said = {letter for texts in _translations(english).items() for form in texts for text in form for letter in text}
    assert said - known == set()


def _translations(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Singular and plural of each translated message; not the header, which names the version of Babel."""
    forms = [(_forms(one.id), _forms(one.string)) for one in catalogue if one.id and one.string]
    return dict(forms)


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_catalogue_says_what_the_written_one_says(english: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert _translations(read_mo(file)) == _translations(english)
