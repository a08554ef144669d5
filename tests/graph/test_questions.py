"""The ready questions: complete, in both languages, and true to what they promise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.questions import NAMESPACES, THEMES, Question, questions
from ontology.terms import ORG, PN, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store import Store

NAMES = [question.name for question in questions()]


def _question(name: str) -> Question:
    return next(question for question in questions() if question.name == name)


def _rows(store: Store, name: str) -> list[dict[str, str]]:
    solutions = store.query(_question(name).text)
    columns = [variable.value for variable in solutions.variables]
    return [{name: str(getattr(row[name], "value", "")) for name in columns} for row in solutions]


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_there_are_forty_and_every_theme_has_five() -> None:
    assert len(questions()) >= 40
    assert all(sum(question.theme == theme for question in questions()) >= 5 for theme in THEMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_title_and_sentence_in_both_languages(name: str) -> None:
    question = _question(name)
    for texts in (question.title, question.says):
        assert len({texts["de"], texts["en"]}) == 2
    assert question.title["de"].endswith("?")
    assert question.says["de"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_an_answer_in_the_example_with_the_columns_it_names(example: Store, name: str) -> None:
    solutions = example.query(_question(name).text)
    assert tuple(variable.value for variable in solutions.variables) == _question(name).returns
    assert next(iter(solutions), None) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_question_declares_the_prefixes_it_uses_as_the_page_explains_them(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", _question(name).text, re.MULTILINE))
    for prefix, namespace in declared.items():
        assert NAMESPACES.get(prefix, namespace) == namespace
        assert f"{prefix}:" in _question(name).text.split("SELECT", 1)[1], f"{prefix} is not used"


def test_kool_im_kiez_is_among_the_projects_with_schools_in_2024(example: Store) -> None:
    found = {tuple(map(_slug, row.values())) for row in _rows(example, "traeger-mit-schulen")}
    assert ("ag-urban", "hhs", "kool-im-kiez-2") in found


def test_arbeit_und_wirtschaft_has_no_successor(example: Store) -> None:
    rows = _rows(example, "handlungsfelder-seit-2019")
    assert [_slug(row["feld2019"]) for row in rows if not row["feld2022"]] == ["2019-2"]


def test_who_had_a_project_since_2022_is_not_listed_as_without(example: Store) -> None:
    without = {_slug(row["akteur"]) for row in _rows(example, "ohne-projekt-seit-2022")}
    assert "ag-urban" not in without
    assert "artikel1" in without


def test_projektfonds_sums_are_those_of_the_records(example: Store) -> None:
    sums = {_slug(row["traeger"]): float(row["euro"]) for row in _rows(example, "projektfonds")}
    assert sums["ag-urban"] == 153_000 + 110_000


def test_pairs_that_never_met_share_a_field_and_no_project(example: Store) -> None:
    pairs = {(_slug(row["akteur"]), _slug(row["anderer"])) for row in _rows(example, "nie-gemeinsam")}
    assert not any("qm-pankstrasse" in pair for pair in pairs)
    assert all(one < other for one, other in pairs)


def _values(store: Store, name: str, column: str) -> list[str]:
    return [_slug(row[column]) for row in _rows(store, name)]


def _things(store: Store, klass: str) -> set[str]:
    return {_slug(quad.subject.value) for quad in store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(PN[klass]))}


def _subjects(store: Store, path: str) -> set[str]:
    return {_slug(quad.subject.value) for quad in store.quads(None, ox.NamedNode(path))}


def _objects(store: Store, path: str) -> set[str]:
    return {_slug(quad.object.value) for quad in store.quads(None, ox.NamedNode(path))}


@pytest.mark.parametrize(
    ("name", "column", "wanted"),
    [
        ("projekte-ohne-feld", "projekt", lambda s: _things(s, "Project") - _subjects(s, PN.handlungsfeld)),
        ("wer-gehoert-zu-wem", "akteur", lambda s: _subjects(s, ORG.subOrganizationOf)),
        ("netzwerke-und-mitglieder", "netzwerk", lambda s: _things(s, "Network")),
        ("geld-je-programm", "programm", lambda s: _objects(s, PN.programme)),
        (
            "akteure-ohne-ort",
            "akteur",
            lambda s: _things(s, "Actor") - _subjects(s, ORG.hasSite) - _subjects(s, SCHEMA.streetAddress),
        ),
        (
            "ohne-beziehung",
            "akteur",
            lambda s: _things(s, "Actor").difference(
                *(_objects(s, p) for p in (PN.actor, ORG.member, PN["from"], PN.to))
            ),
        ),
    ],
)
def test_the_answer_is_what_looking_at_every_statement_finds(
    example: Store, name: str, column: str, wanted: Callable[[Store], set[str]]
) -> None:
    assert set(_values(example, name, column)) == wanted(example)


def test_known_money_by_programme_is_all_there_is(example: Store) -> None:
    every = example.quads(None, ox.NamedNode(PN.amount))
    of_programmes = {quad.subject for quad in example.quads(None, ox.NamedNode(PN.programme))}
    total = sum(float(quad.object.value) for quad in every if quad.subject in of_programmes)
    assert sum(float(row["euro"]) for row in _rows(example, "geld-je-programm")) == total
