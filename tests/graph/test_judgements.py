"""What people judge is kept with who, when and why, read by staff only, replaced by a newer word, and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

import graph
from builders import BASE, Quartier
from graph import changes, checks, export
from graph.errors import BadInput, NotFound
from graph.importing import load_tables
from graph.matching import judge, judgements

KITA = f"{BASE}actor/kita-sonne"


@pytest.fixture
def store():
    quartier = Quartier()
    quartier.actor("Kita Sonne")
    quartier.place("Hof")
    return quartier.store()


def test_a_judgement_says_what_by_whom_when_and_why(store):
    judge(store, "Sonne  Kita", KITA, same=True, author="Ada", reason="Telefonat")
    (one,) = judgements(store)
    assert (one.name, one.key, one.same, one.group, one.author, one.reason) == (
        "Sonne Kita", KITA, True, "body", "Ada", "Telefonat",
    )  # fmt: skip
    assert (dt.datetime.now(dt.UTC) - one.time).total_seconds() < 60
    assert [found for found in checks.findings(store) if "/judgement/" in found.entry] == []


def test_a_newer_judgement_on_the_same_two_replaces_the_older_whichever_way_round(store):
    judge(store, "Sonne", KITA, same=True, author="Ada")
    change = judge(store, KITA, "SONNE", same=False, author="Ben")
    assert [(one.same, one.author) for one in judgements(store)] == [(False, "Ben")]
    changes.undo(store, change.id, "Ada")
    assert [(one.same, one.author) for one in judgements(store)] == [(True, "Ada")]


@pytest.mark.parametrize(
    ("one", "other", "group", "error"),
    [
        ("A", "B", "", BadInput),
        ("A", "B", "tiere", BadInput),
        ("A", " a ", "body", BadInput),
        ("", KITA, "", BadInput),
        (KITA, f"{BASE}place/hof", "", BadInput),
        ("A", f"{BASE}actor/unbekannt", "", NotFound),
        ("A", f"{BASE}source/test", "", NotFound),
    ],
)
def test_what_cannot_be_judged_is_refused(store, one, other, group, error):
    with pytest.raises(error):
        judge(store, one, other, same=True, author="Ada", group=group)
    assert judgements(store) == ()


def test_judgements_name_staff_and_are_not_for_the_public(store):
    judge(store, "Sonne", KITA, same=True, author="Ada Beispiel")
    readable = {role: {str(text) for _, _, text, _ in store.dataset(role).quads()} for role in ("public", "reader")}
    assert "Ada Beispiel" not in readable["public"]
    assert "Ada Beispiel" in readable["reader"]


def test_judgements_travel_in_exports_and_come_back_by_import(store, tmp_path):
    with graph.open(None) as other:
        judge(store, "Sonne e.V.", KITA, same=False, author="Ada", reason="zwei")
        judge(store, "Fest A", "Fest B", same=True, author="Ada", group="project")
        export.export(store, tmp_path / "alles.zip")
        import zipfile

        zipfile.ZipFile(tmp_path / "alles.zip").extractall(tmp_path / "alles")
        load_tables(other, tmp_path / "alles", source="alles", author="Ada", reason="Umzug")
        assert judgements(other) == judgements(store) != ()
