"""What people said about columns wins, is kept, and is refused if it means nothing."""

from __future__ import annotations

import json

import pytest
from drawn import meanings, plan

from graph.errors import BadFile, BadInput
from graph.importing import mapping


def test_what_a_person_says_wins_and_is_found_again_by_the_headings(tmp_path) -> None:
    drawing = "Projekt | Träger | Xyzzy\nChor | Kirche | Kita Sonne"
    said = mapping.remembered({"columns": {"xyzzy": "link:partner"}})
    found = plan(drawing, mapping=said)
    assert (found.columns[2].meaning, found.columns[2].why.kind, found.columns[2].confidence) == (
        "link:partner",
        "mapping",
        1.0,
    )
    mapping.save(tmp_path / "m.json", [found])
    again = plan(drawing, mapping=mapping.load(tmp_path / "m.json"))
    assert (again.kind, meanings(again)) == (found.kind, meanings(found))


def test_a_person_can_say_what_the_whole_table_is() -> None:
    table = {
        "headings": ["Wer", "Gruppe"],
        "kind": "membership",
        "columns": {"Wer": "membership.member", "Gruppe": "membership.network"},
    }
    found = plan("Wer | Gruppe\nKita Sonne | Tisch 7", mapping=mapping.remembered({"tables": [table]}))
    assert (found.kind, meanings(found)) == ("membership", ["membership.member", "membership.network"])


@pytest.mark.parametrize("content", ["{", "[]", '{"tables": [{"kind": "project"}]}', '{"columns": 5}'])
def test_a_mapping_that_is_none_is_refused(tmp_path, content) -> None:
    (tmp_path / "m.json").write_text(content)
    with pytest.raises(BadFile) as caught:
        mapping.load(tmp_path / "m.json")
    assert caught.value.what == "broken"


@pytest.mark.parametrize("content", [{"columns": {"a": "unsinn"}}, {"tables": [{"headings": ["a"], "kind": "kuchen"}]}])
def test_a_mapping_to_what_there_is_not_names_what_there_is(tmp_path, content) -> None:
    (tmp_path / "m.json").write_text(json.dumps(content))
    with pytest.raises(BadInput) as caught:
        mapping.load(tmp_path / "m.json")
    assert caught.value.allowed
