"""Forms: every field of the shapes, filled so that saving it untouched changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graph
import graph.example
from builders import Quartier
from graph import editing
from graph.directory.values import table
from graph.errors import NotFound
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

EDITED = [kind.name for kind in entity_types().values() if kind.graph in ("data", "rounds")]


@pytest.fixture(scope="module")
def copy() -> Iterator[Store]:
    """The example, to be saved again and again without a change."""
    with graph.open(None) as store:
        graph.example.load(store)
        yield store


@pytest.mark.parametrize("kind", EDITED)
def test_a_form_has_every_field_of_its_shape_under_a_heading(kind: str) -> None:
    form = editing.form(Quartier().store(), kind)
    grouped = [one.field for _, fields in form.groups for one in fields]
    assert set(grouped) == set(entity_types()[kind].fields)
    assert all(heading["de"] and heading["en"] for heading, _ in form.groups)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", EDITED)
def test_saving_forms_of_the_example_untouched_changes_nothing(copy: Store, kind: str, language: str) -> None:
    for slug in list(table(copy, kind, "de"))[::5]:
        form = editing.form(copy, kind, slug, language=language)
        saved = editing.save(copy, kind, slug, form.texts, author="Ada", version=form.version)
        assert saved.change.id == "", (kind, slug)


@pytest.mark.parametrize("kind", ["contact", "change", "nonsense"])
def test_contacts_and_the_history_have_no_forms(kind: str) -> None:
    with pytest.raises(NotFound):
        editing.form(Quartier().store(), kind)


def test_a_field_is_rare_only_where_few_of_many_entries_have_it(copy: Store) -> None:
    fields = {one.field.name: one for one in editing.form(copy, "project").fields}
    assert fields["period_text"].rare
    assert not any(fields[name].rare for name in ("name", "start", "end", "source", "last_confirmed"))
    assert not any(one.rare for one in editing.form(Quartier().store(), "project").fields)


def test_handlungsfelder_are_never_written_without_their_round() -> None:
    quartier = Quartier()
    field = quartier.handlungsfeld("2022", "4", "Gesundheit")
    quartier.project("Hoffest", fields=[field])
    form = editing.form(quartier.store(), "project", "hoffest")
    assert form.texts["handlungsfelder"] == ("2022 · 4 Gesundheit",)


def test_two_entries_of_one_name_are_told_apart_in_a_form() -> None:
    quartier = Quartier()
    quartier.actor("Treffpunkt")
    other = quartier._entry("actor", "Treffpunkt 2", "Actor", label="Treffpunkt")
    quartier.actor("Verein", parent=other)
    form = editing.form(quartier.store(), "actor", "verein")
    assert form.texts["parent"] == ("Treffpunkt [treffpunkt-2]",)


def test_sources_that_contradict_each_other_stand_side_by_side() -> None:
    quartier, other = Quartier("liste-a"), Quartier("liste-b")
    quartier.project("Hoffest", start="2019")
    other.project("Hoffest", start="2020")
    quartier.quads += other.quads
    field = next(
        one for one in editing.form(quartier.store(), "project", "hoffest").fields if one.field.name == "start"
    )
    assert field.is_contradicted
    assert [(value.text, value.origins) for value in field.values] == [("2019", ("liste-a",)), ("2020", ("liste-b",))]


def test_what_is_given_stands_in_a_new_form_by_its_name() -> None:
    quartier = Quartier()
    quartier.project("Hoffest")
    form = editing.form(quartier.store(), "involvement", given={"project_or_event": ["project/hoffest"]})
    assert form.texts["project_or_event"] == ("Hoffest",)
