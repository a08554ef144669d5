"""Upkeep finds what is missing, what to confirm and what is new; confirming says nothing but the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import BASE, Quartier
from graph import changes, checks, editing, upkeep
from graph.errors import BadInput, NotFound
from ontology.terms import PN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

TODAY = dt.date(2024, 6, 1)
LAST_CONFIRMED = PN.lastConfirmed


def lacks(store: Store, **filters: str) -> dict[tuple[str, str], list[str]]:
    """(entry type, what is missing) → names of entries."""
    found = upkeep.missing(store, **filters)
    return {(one.wish.kind, one.wish.label["de"]): [ref.label for ref in one.entries] for one in found}


def warnings(findings: Iterable[checks.Finding]) -> list[tuple[str, str]]:
    return sorted((one.entry, one.message["de"]) for one in findings if one.severity == "warning")


def wishes(store: Store) -> list[tuple[str, str]]:
    return sorted((ref.iri, one.wish.message["de"]) for one in upkeep.missing(store) for ref in one.entries)


def asked(store: Store, **more: Any) -> list[str]:
    """The names in the order in which they are asked about."""
    return [line.ref.label for line in upkeep.to_confirm(store, upkeep.Asked(**more), today=TODAY).lines]


def test_what_is_missing_in_the_example_is_what_the_reference_check_warns_of(
    example: Store, findings: list[checks.Finding]
):
    assert wishes(example) == warnings(findings)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=4))
def test_what_is_missing_is_what_the_reference_check_warns_of(drawn: list[tuple[bool, bool, bool]]):
    quartier = Quartier()
    place = quartier.place("Hof", at=(13.3, 52.5) if drawn else None)
    for number, (sited, responsible, dated) in enumerate(drawn):
        actor = quartier.actor(f"A{number}", kind="verein" if dated else "", place=place if sited else None)
        quartier.project(f"P{number}", **{"traeger" if responsible else "partner": [actor]}, start="2024" * dated)
    with quartier.store() as store:
        assert wishes(store) == warnings(checks.findings(store))


def test_missing_is_narrowed_by_type_and_handlungsfeld():
    quartier = Quartier()
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    quartier.project("Lesen", fields=[field], start="2024")
    quartier.project("Malen", start="2024")
    with quartier.store() as store:
        assert lacks(store, kind="project")["project", "Träger"] == ["Lesen", "Malen"]
        assert lacks(store, handlungsfeld="2022-1")["project", "Träger"] == ["Lesen"]


def test_nothing_is_missing_in_an_empty_store():
    with Quartier().store() as store:
        assert (upkeep.missing(store), upkeep.count_missing(store)) == ((), 0)


def test_never_confirmed_entries_come_first_then_the_oldest():
    quartier = Quartier()
    for name in ("Anna e.V.", "Berta e.V.", "Cäcilie e.V."):
        quartier.actor(name)
    with quartier.store() as store:
        editing.confirm(store, [("actor", "anna-e-v")], author="Ada", day=dt.date(2024, 5, 1))
        editing.confirm(store, [("actor", "berta-e-v")], author="Ada", day=dt.date(2022, 5, 1))
        assert asked(store) == ["Cäcilie e.V.", "Berta e.V.", "Anna e.V."]
        assert upkeep.count_due(store, today=TODAY) == 2


def test_what_is_over_is_asked_about_only_on_demand():
    quartier = Quartier()
    one, other = quartier.actor("Eins"), quartier.actor("Zwei")
    quartier.project("Alt", traeger=[one], start="2019", end="2020")
    quartier.project("Neu", traeger=[one], start="2024", end="2024")
    quartier.tie(one, other, state="ended")
    with quartier.store() as store:
        assert asked(store, kind="project") == ["Neu"]
        assert asked(store, kind="project", running=False) == ["Alt", "Neu"]
        assert asked(store, kind="tie") == []
        assert asked(store, kind="tie", running=False) == ["Eins – Zwei"]
        assert asked(store, kind="involvement") == ["Eins – Neu"]


def test_a_line_says_what_a_confirmation_confirms():
    quartier = Quartier()
    school, choir = quartier.actor("Schule"), quartier.actor("Chor")
    quartier.project("Fest", traeger=[school], partner=[choir], start="2024")
    quartier.tie(choir, school, kind="sitzt-bei")
    with quartier.store() as store:
        (fest,) = upkeep.to_confirm(store, upkeep.Asked(kind="project"), today=TODAY).lines
        assert {one.role: [ref.label for ref in one.others] for one in fest.around} == {
            "Träger": ["Schule"],
            "Partner": ["Chor"],
        }
        _, at_school = upkeep.to_confirm(store, upkeep.Asked(kind="actor"), today=TODAY).lines
        assert [(one.key, one.incoming) for one in at_school.around] == [("sitzt-bei", True)]


@pytest.mark.parametrize(
    ("more", "error"), [({"kind": "contact"}, BadInput), ({"page": 2}, NotFound), ({"page": 0}, NotFound)]
)
def test_what_the_list_does_not_have_is_refused(more, error):
    with Quartier().store() as store, pytest.raises(error):
        upkeep.to_confirm(store, upkeep.Asked(**more), today=TODAY)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(["actor/eins", "actor/zwei", "project/fest", "tie/1", "involvement/1"]), min_size=1),
    st.dates(),
)
def test_confirming_changes_nothing_but_the_day(chosen: list[str], day: dt.date):
    quartier = Quartier()
    one, other = quartier.actor("Eins"), quartier.actor("Zwei")
    quartier.project("Fest", traeger=[one], partner=[other], start="2024")
    quartier.tie(one, other)
    with quartier.store() as store:
        before = {quad for quad in store.quads() if quad.graph_name != store.graphs.history}
        done = editing.confirm(store, [tuple(one.split("/")) for one in chosen], author="Ada", day=day)
        after = {quad for quad in store.quads() if quad.graph_name != store.graphs.history}
        assert {str(quad.predicate) for quad in before ^ after} == {f"<{LAST_CONFIRMED}>"}
        assert {quad.subject.value.removeprefix(BASE) for quad in after - before} == set(chosen)
        changes.undo(store, done.id, "Ada")
        assert {quad for quad in store.quads() if quad.graph_name != store.graphs.history} == before


def news(store: Store, since: int = 0) -> upkeep.News:
    return upkeep.news(store, since, dt.date(2024, 5, 1), today=TODAY)


def test_news_tell_new_entries_links_changes_and_endings_apart():
    quartier = Quartier()
    quartier.actor("Schule")
    quartier.project("Fest", start="2024")
    with quartier.store() as store:
        editing.save(store, "actor", None, {"name": ["Chor"], "type": ["Akteur"]}, author="Ada")
        link = {"actor": ["Chor"], "project_or_event": ["Fest"], "role": ["Träger"]}
        editing.save(store, "involvement", None, link, author="Ada")
        editing.save(store, "actor", "schule", {"website": ["https://schule.example"]}, author="Ada")
        editing.end(store, "project", "fest", "2024-05", author="Ada")
        found = news(store)
    assert [ref.label for ref in found.new] == ["Chor"]
    assert [(one.one.label, one.role, one.other.label) for one in found.links] == [("Chor", "Träger", "Fest")]
    assert [(one.ref.label, one.fields) for one in found.changed] == [("Schule", ("Website",))]
    assert [(one.ref.label, one.fields) for one in found.ended] == [("Fest", ("Ende",))]


def test_what_came_and_went_again_is_no_news():
    with Quartier().store() as store:
        saved = editing.save(store, "project", None, {"name": ["Chor"]}, author="Ada")
        changes.undo(store, saved.change.id, "Ada")
        found = news(store)
        assert (found.changes, found.new, found.gone) == (2, (), ())


def test_a_withdrawn_entry_is_told_by_its_last_name():
    quartier = Quartier()
    quartier.actor("Chor")
    with quartier.store() as store:
        editing.withdraw(store, "actor", "chor", author="Ada")
        assert news(store).gone == (("actor", "Chor"),)


def test_confirmations_are_only_counted():
    quartier = Quartier()
    quartier.actor("Chor")
    with quartier.store() as store:
        editing.confirm(store, [("actor", "chor")], author="Ada")
        found = news(store)
        assert (found.confirmed, found.changed) == (1, ())


def test_news_tell_what_began_and_ended_in_the_world():
    quartier = Quartier()
    quartier.project("Alt", start="2020", end="2024-05-20")
    quartier.project("Neu", start="2024-05-10")
    quartier.project("Bald", start="2024-07")
    with quartier.store() as store:
        found = news(store)
        assert [(one.ref.label, one.day) for one in found.begun] == [("Neu", dt.date(2024, 5, 10))]
        assert [(one.ref.label, one.day) for one in found.finished] == [("Alt", dt.date(2024, 5, 20))]


def test_a_fact_that_only_moves_to_another_graph_is_no_news():
    quartier = Quartier()
    quartier.actor("Chor")
    with quartier.store() as store:
        moved = next(store.quads(ox.NamedNode(f"{BASE}actor/chor")))
        there = ox.Quad(*moved.triple, store.graphs.data("office"))
        changes.commit(store, added=[there], removed=[moved], author="Ada", reason="moved")
        assert (news(store).new, news(store).changed, news(store).gone) == ((), (), ())
