"""Saving: what was typed is what is stored, nothing else, and what others did meanwhile stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from builders import BASE, Quartier
from graph import changes, editing
from graph.errors import BadFields, BadInput, EditConflict, Invalid, NotFound
from ontology.terms import ORG, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.editing import Saved
    from graph.store import Store


def facts(store: Store) -> set[Quad]:
    """Everything but the history and what is derived from the rest."""
    apart = (store.graphs.history, store.graphs.derived, store.graphs.ontology)
    return {quad for quad in store.quads() if quad.graph_name not in apart}


def save(store: Store, kind: str, slug: str | None, **texts: str | list[str]) -> Saved:
    """Save these fields, one text or several each."""
    lists = {name: [text] if isinstance(text, str) else text for name, text in texts.items()}
    return editing.save(store, kind, slug, lists, author="Ada")


def values(store: Store, iri: str, path: str) -> set[str]:
    return {quad.object.value for quad in store.quads(NamedNode(iri), NamedNode(path))}


@pytest.fixture
def store() -> Store:
    """A school, a network and a project of the school."""
    quartier = Quartier()
    school = quartier.actor("Schule", place=quartier.place("Hof", at=(13.3, 52.5)), sector="bildung")
    quartier.actor("Runder Tisch", klass="Network")
    quartier.project("Hoffest", traeger=[school], start="2023")
    return quartier.store()


def test_a_new_entry_gets_an_address_from_its_name_in_the_graph_of_the_office(store: Store) -> None:
    saved = save(store, "project", None, name="Bäume für alle", start="Mai 2024")
    assert (saved.kind, saved.slug, saved.label) == ("project", "baeume-fuer-alle", "Bäume für alle")
    day = Literal("2024-05", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth"))
    iri = NamedNode(f"{BASE}project/baeume-fuer-alle")
    assert Quad(iri, NamedNode(SCHEMA.startDate), day, store.graphs.data("office")) in store


@pytest.mark.parametrize(("name", "slug"), [("new", "new-2"), ("مقهى", "project"), ("Hoffest!", "hoffest-2")])
def test_no_address_is_given_twice_nor_one_that_is_a_page(store: Store, name: str, slug: str) -> None:
    assert editing.save(store, "project", None, {"name": [name]}, author="Ada", anyway=True).slug == slug


def test_renaming_keeps_the_address_and_the_old_name(store: Store) -> None:
    save(store, "actor", "schule", name="Schule am Park")
    assert values(store, f"{BASE}actor/schule", SKOS.prefLabel) == {"Schule am Park"}
    assert values(store, f"{BASE}actor/schule", SKOS.altLabel) == {"Schule"}
    assert editing.form(store, "actor", "schule").label == "Schule am Park"


def test_a_value_from_a_list_is_replaced_in_the_graph_of_that_list(store: Store) -> None:
    save(store, "project", "hoffest", start="2024")
    graphs = {quad.graph_name for quad in store.quads(NamedNode(f"{BASE}project/hoffest"), NamedNode(SCHEMA.startDate))}
    assert graphs == {store.graphs.data("office")}
    assert values(store, f"{BASE}project/hoffest", SCHEMA.startDate) == {"2024"}


def test_a_contradiction_is_settled_by_emptying_one_of_its_rows() -> None:
    quartier, other = Quartier("liste-a"), Quartier("liste-b")
    quartier.project("Hoffest", start="2019")
    other.project("Hoffest", start="2020")
    quartier.quads += other.quads
    store = quartier.store()
    save(store, "project", "hoffest", start=["", "2020"])
    assert values(store, f"{BASE}project/hoffest", SCHEMA.startDate) == {"2020"}


def test_a_position_is_read_as_maps_give_it_and_goes_with_its_node(store: Store) -> None:
    place = f"{BASE}place/hof"
    save(store, "place", "hof", position="52.5468, 13.3685")
    wkt = [quad.object.value for quad in store.quads(NamedNode(f"{place}/geometry")) if "wkt" in str(quad.object)]
    assert wkt == ["POINT(13.3685 52.5468)"]
    save(store, "place", "hof", position=[], coordinate_source=[])
    assert not list(store.quads(NamedNode(f"{place}/geometry")))
    assert not values(store, place, "http://www.opengis.net/ont/geosparql#hasGeometry")


def test_a_handlungsfeld_stands_in_the_list_of_its_round(store: Store) -> None:
    save(store, "round", None, name="Runde 2026")
    saved = save(store, "handlungsfeld", None, round="Runde 2026", number="3", name="Grün")
    assert saved.slug == "runde-2026-3"
    lists = values(store, f"{BASE}handlungsfeld/runde-2026-3", SKOS.inScheme)
    assert lists == {f"{BASE}round/runde-2026/handlungsfelder"}


# links


@pytest.mark.parametrize("text", ["Hof", "hof ", "place/hof", f"{BASE}place/hof", "Hof [hof]"])
def test_a_link_is_understood_by_name_slug_and_address(store: Store, text: str) -> None:
    save(store, "actor", "runder-tisch", place=text)
    assert values(store, f"{BASE}actor/runder-tisch", ORG.hasSite) == {f"{BASE}place/hof"}


def test_an_unknown_link_is_refused_with_names_like_it(store: Store) -> None:
    with pytest.raises(BadFields) as refused:
        save(store, "actor", "runder-tisch", parent="Schuule")
    (problem,) = refused.value.problems
    assert (problem.field, problem.what, [one.label for one in problem.candidates]) == (
        "parent", "unknown entry", ["Schule"],
    )  # fmt: skip


def test_a_name_that_several_bear_is_asked_about() -> None:
    quartier = Quartier()
    quartier.actor("Treffpunkt")
    quartier._entry("actor", "Treffpunkt 2", "Actor", label="Treffpunkt")
    quartier.actor("Verein")
    with pytest.raises(BadFields) as refused:
        save(quartier.store(), "actor", "verein", parent="treffpunkt")
    (problem,) = refused.value.problems
    assert problem.what == "several entries"
    assert {one.text for one in problem.candidates} == {"Treffpunkt [treffpunkt]", "Treffpunkt [treffpunkt-2]"}


def test_a_linked_entry_is_created_in_the_same_change(store: Store) -> None:
    saved = save(store, "project", "hoffest", places=["neu: Kiezgarten", "neu: Kiezgarten", "Hof"])
    assert [(one.kind, one.slug, one.name) for one in saved.created] == [("place", "kiezgarten", "Kiezgarten")]
    assert values(store, f"{BASE}project/hoffest", PN.place) == {f"{BASE}place/kiezgarten", f"{BASE}place/hof"}
    changes.undo(store, saved.change.id, "Ada")
    assert not list(store.quads(NamedNode(f"{BASE}place/kiezgarten"), graph=store.graphs.data("office")))


def test_a_new_entry_of_another_type_is_asked_for_by_its_word(store: Store) -> None:
    saved = save(
        store, "involvement", None, actor="Schule", role="Partner", project_or_event="neu (Veranstaltung): Hofkonzert"
    )
    assert [one.kind for one in saved.created] == ["event"]
    assert saved.slug == "hofkonzert--schule--partner"


@pytest.mark.parametrize("text", ["https://www.example.org/fest", "Gespräch mit der Schule"])
def test_a_source_is_made_from_an_address_or_a_title(store: Store, text: str) -> None:
    before = len(list(store.quads(None, None, NamedNode(PN.Source))))
    save(store, "project", "hoffest", source=text)
    save(store, "actor", "schule", source=text)
    assert len(list(store.quads(None, None, NamedNode(PN.Source)))) == before + 1


def test_partners_come_along_with_a_new_project_in_one_change(store: Store) -> None:
    pairs = {"involvement": [("Träger", "Schule"), ("Partner", "neu: Kiezchor"), ("", "")]}
    saved = editing.save(store, "project", None, {"name": ["Sommerfest"]}, author="Ada", links=pairs)
    assert values(store, f"{BASE}involvement/sommerfest--kiezchor--partner", PN.actor) == {f"{BASE}actor/kiezchor"}
    assert not saved.warnings or "Träger" not in str(saved.warnings)
    changes.undo(store, saved.change.id, "Ada")
    assert not list(store.quads(None, None, NamedNode(f"{BASE}project/sommerfest"), store.graphs.data("office")))


def test_a_link_that_is_there_already_is_not_said_again(store: Store) -> None:
    pairs = {"involvement": [("Träger", "Schule")]}
    assert editing.save(store, "project", "hoffest", {}, author="Ada", links=pairs).change.id == ""


def test_a_partner_without_a_role_is_asked_for_it(store: Store) -> None:
    with pytest.raises(BadFields) as refused:
        editing.save(store, "project", "hoffest", {}, author="Ada", links={"involvement": [("", "Schule")]})
    assert [(one.field, one.what) for one in refused.value.problems] == [("+involvement", "no choice")]


# what is refused


def test_a_new_entry_like_an_existing_one_is_asked_about(store: Store) -> None:
    with pytest.raises(BadFields) as refused:
        save(store, "project", None, name="Hoffest")
    (problem,) = refused.value.problems
    assert (problem.field, problem.what, problem.candidates[0].slug) == ("name", "alike", "hoffest")


def test_everything_unreadable_is_named_at_once_and_nothing_is_saved(store: Store) -> None:
    before = facts(store)
    with pytest.raises(BadFields) as refused:
        save(store, "project", "hoffest", start="irgendwann", end="31.2.2024", status="Quatsch", name="Neu")
    assert [(one.field, one.what) for one in refused.value.problems] == [
        ("start", "date"), ("end", "date"), ("status", "choice"),
    ]  # fmt: skip
    assert facts(store) == before


def test_a_new_actor_is_an_actor_unless_said_otherwise(store: Store) -> None:
    saved = save(store, "actor", None, name="Nähstube")
    iri = NamedNode(f"{BASE}actor/{saved.slug}")
    assert Quad(iri, NamedNode(RDF.type), NamedNode(PN.Actor), store.graphs.data("office")) in store


def test_a_new_statement_without_its_class_is_refused(store: Store) -> None:
    with pytest.raises(BadFields) as refused:
        save(store, "statement", None, description="Mehr Bänke")
    assert [problem.field for problem in refused.value.problems] == ["type"]


def test_what_the_shapes_forbid_names_its_field(store: Store) -> None:
    with pytest.raises(Invalid) as refused:
        save(store, "project", "hoffest", name="")
    assert [finding.field for finding in refused.value.findings] == ["name"]


def test_only_entries_that_are_there_are_changed(store: Store) -> None:
    for slug in ("nirgends", "Ä b", "../actor/schule"):
        with pytest.raises(NotFound):
            save(store, "project", slug, name="X")
    with pytest.raises(BadInput):
        editing.save(store, "project", "hoffest", {"name": ["X"]}, author=" ")


# two people


def both(
    store: Store, mine: Mapping[str, Sequence[str]], theirs: Mapping[str, Sequence[str]], slug: str = "hoffest"
) -> Saved:
    """Two people open the project; the other one saves first."""
    form = editing.form(store, "project", slug)
    editing.save(store, "project", slug, {**form.texts, **theirs}, author="Ben", version=form.version)
    return editing.save(store, "project", slug, {**form.texts, **mine}, author="Ada", version=form.version)


def test_what_only_one_of_two_people_changed_is_merged(store: Store) -> None:
    saved = both(store, {"end": ["2024"]}, {"description": ["Ein Fest"], "start": ["5/2023"]})
    assert set(saved.merged) == {"description", "start"}
    texts = editing.form(store, "project", "hoffest").texts
    assert (texts["start"], texts["end"], texts["description"]) == (("5/2023",), ("2024",), ("Ein Fest",))


def test_lists_of_values_that_both_lengthened_hold_what_either_added(store: Store) -> None:
    both(store, {"places": ["neu: Garten"]}, {"places": ["Hof"]})
    assert editing.form(store, "project", "hoffest").texts["places"] == ("Garten", "Hof")


def test_a_field_that_both_changed_differently_is_asked_about_and_nothing_is_lost(store: Store) -> None:
    with pytest.raises(EditConflict) as conflict:
        both(store, {"start": ["2021"], "end": ["2024"]}, {"start": ["2022"], "description": ["Ein Fest"]})
    (found,) = conflict.value.fields
    assert (found.field, found.was, found.mine, found.theirs) == ("start", ("2023",), ("2021",), ("2022",))
    texts = conflict.value.texts
    assert (texts["start"], list(texts["end"]), texts["description"]) == (("2021",), ["2024"], ("Ein Fest",))
    version = conflict.value.version
    editing.save(store, "project", "hoffest", texts, author="Ada", version=version)
    assert editing.form(store, "project", "hoffest").texts["start"] == ("2021",)


def test_an_entry_that_is_gone_meanwhile_is_no_reason_to_lose_what_was_typed(store: Store) -> None:
    saved = save(store, "event", None, name="Lesung")
    form = editing.form(store, "event", saved.slug)
    editing.withdraw(store, "event", saved.slug, author="Ben")
    with pytest.raises(EditConflict) as conflict:
        editing.save(store, "event", saved.slug, {**form.texts, "start": ["2024"]}, author="Ada", version=form.version)
    assert conflict.value.fields == ()
    assert conflict.value.texts["start"] == ["2024"]


def test_who_changed_an_entry_since_is_known(store: Store) -> None:
    version = store.version
    save(store, "actor", "schule", name="Andere")
    save(store, "project", "hoffest", end="2024")
    assert [one.reason for one in editing.who_changed(store, "project", "hoffest", version)] == ["Projekt: Hoffest"]


# whatever is typed

TYPED = st.lists(
    st.text(max_size=30) | st.sampled_from(["neu: X", "Hof", "heute", "2024", "a ; b", '"\n}', "<x>"]), max_size=3
)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_text_typed_into_any_field_alters_another_entry_and_undo_brings_everything_back(data: st.DataObject) -> None:
    kind, slug = data.draw(st.sampled_from([("project", "hoffest"), ("actor", "schule"), ("place", "hof")]))
    store = _small()
    before = facts(store)
    field = data.draw(st.sampled_from([one.field.name for one in editing.form(store, kind, slug).fields]))
    try:
        saved = editing.save(store, kind, slug, {field: data.draw(TYPED)}, author="Ada", anyway=True)
    except (BadFields, Invalid):
        assert facts(store) == before
        return
    changed = {quad.subject.value.partition("#")[0].removesuffix("/geometry") for quad in facts(store) ^ before}
    created = {f"{BASE}{one.kind}/{one.slug}" for one in saved.created} | {one for one in changed if "/source/" in one}
    assert changed <= {f"{BASE}{kind}/{slug}", *created}
    if saved.change.id:
        changes.undo(store, saved.change.id, "Ada")
    assert facts(store) == before


def _small() -> Store:
    quartier = Quartier()
    school = quartier.actor("Schule", place=quartier.place("Hof", at=(13.3, 52.5)), sector="bildung")
    quartier.project("Hoffest", traeger=[school], start="2023")
    return quartier.store()
