"""The rules of severity "warning" as wishes: all of them, each with the field that fulfils it."""

from __future__ import annotations

from ontology.packaged import statements
from ontology.schema import entity_types
from ontology.terms import SH
from ontology.wishes import wishes


def test_every_warning_of_the_shapes_is_a_wish():
    rules = {triple.subject for triple in statements("shapes").triples if triple.object.value == SH.Warning}
    assert {wish.name for wish in wishes()} == {rule.value.rpartition("/")[2].rpartition("#")[2] for rule in rules}


def test_every_wish_names_a_field_of_its_form_or_what_should_point_to_the_entry():
    for wish in wishes():
        assert bool(wish.pointing) != bool(wish.field)
        if wish.field:
            assert entity_types()[wish.kind].field(wish.field)


def test_every_wish_says_in_both_languages_what_is_missing():
    for wish in wishes():
        assert set(wish.label) == set(wish.message) == {"de", "en"}
