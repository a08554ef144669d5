"""Two entries become one: links, names and sources are kept, each once; old addresses lead on; undo brings all back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import BASE, Quartier
from graph import changes, checks, matching
from graph.errors import Conflict, NotFound
from graph.merging import clashes, merge, replaced_by
from ontology.terms import DCTERMS, ORG, PN, PNS, PROV, SCHEMA, SKOS


def values(store, iri: str, path: str) -> set[str]:
    return {quad.object.value for quad in store.quads(ox.NamedNode(iri), ox.NamedNode(str(path)))}


def present(store) -> set[ox.Quad]:
    return {quad for quad in store.quads() if quad.graph_name != store.graphs.history}


def twins() -> tuple[Quartier, str, str]:
    quartier = Quartier()
    keep = quartier.actor("Kita Sonne", short="KS", start="2010")
    gone = quartier.actor("Kita Sonne e.V.", alt="Sonnenkinder", description="Ein Kinderladen", start="2009")
    return quartier, keep, gone


def test_links_of_the_gone_entry_lead_to_the_kept_one_in_the_graph_they_stand_in():
    quartier, keep, gone = twins()
    project = quartier.project("Hoffest", traeger=[gone], start="2020")
    store = quartier.store()
    merged = merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    (link,) = store.quads(None, ox.NamedNode(PN["in"]), ox.NamedNode(project))
    assert values(store, link.subject.value, PN.actor) == {keep}
    assert link.graph_name.value == f"{BASE}graph/data/test"
    assert merged.moved == 1


def test_the_other_name_stays_as_another_name_and_what_differs_as_a_remark_with_its_source():
    quartier, keep, gone = twins()
    store = quartier.store()
    merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    assert values(store, keep, SKOS.altLabel) == {"Kita Sonne e.V.", "Sonnenkinder"}
    assert values(store, keep, SCHEMA.startDate) == {"2010"}
    assert values(store, keep, DCTERMS.description) == {"Ein Kinderladen"}
    (note,) = [quad.subject.value for quad in store.quads(None, ox.NamedNode(PN.about), ox.NamedNode(keep))
               if "/note/" in quad.subject.value]  # fmt: skip
    assert values(store, note, DCTERMS.description) == {"Bei „Kita Sonne e.V.“ stand: 2009"}
    assert values(store, note, PROV.wasDerivedFrom) == {f"{BASE}source/test"}
    assert not any(store.quads(ox.NamedNode(gone), ox.NamedNode(SKOS.prefLabel)))


def test_a_person_chooses_where_both_say_different_things():
    quartier, keep, _ = twins()
    store = quartier.store()
    assert [clash.field.name for clash in clashes(store, "actor", "kita-sonne", "kita-sonne-e-v")] == ["name", "start"]
    merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada", chosen=["name", "start"])
    assert values(store, keep, SKOS.prefLabel) == {"Kita Sonne e.V."}
    assert values(store, keep, SCHEMA.startDate) == {"2009"}
    assert values(store, keep, SKOS.altLabel) == {"Kita Sonne", "Sonnenkinder"}


def test_a_link_both_have_becomes_one_with_what_either_says():
    quartier, keep, gone = twins()
    project = quartier.project("Hoffest", traeger=[keep])
    quartier.involvement(gone, project, role="traeger", start="2020")
    store = quartier.store()
    merged = merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    (link,) = {quad.subject for quad in store.quads(None, ox.NamedNode(PN["in"]), ox.NamedNode(project))}
    assert values(store, link.value, SCHEMA.startDate) == {"2020"}
    assert [(one.why, one.label) for one in merged.dropped] == [("double", "Kita Sonne e.V. – Hoffest – Träger")]


def test_links_that_contradict_each_other_are_both_kept():
    quartier, keep, gone = twins()
    project = quartier.project("Hoffest")
    for actor, year in ((keep, "2019"), (gone, "2021")):
        quartier.involvement(actor, project, role="partner", start=year)
    store = quartier.store()
    assert merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada").dropped == ()
    assert len(list(store.quads(None, ox.NamedNode(PN.actor), ox.NamedNode(keep)))) == 2


def test_a_tie_between_the_two_and_a_mutual_tie_the_kept_one_has_already_are_dropped():
    quartier, keep, gone = twins()
    friend = quartier.actor("Schule")
    quartier.tie(keep, gone)
    quartier.tie(keep, friend)
    quartier.tie(friend, gone)
    store = quartier.store()
    merged = merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    assert sorted(one.why for one in merged.dropped) == ["double", "self"]
    assert len(list(store.quads(None, ox.NamedNode(PN.to), ox.NamedNode(friend)))) == 1


def test_what_belonged_to_the_gone_entry_does_not_belong_to_itself_afterwards():
    quartier = Quartier()
    keep = quartier.actor("Verein")
    quartier.actor("Vereinshaus", parent=keep)
    store = quartier.store()
    assert [one.why for one in merge(store, "actor", "verein", "vereinshaus", "Ada").dropped] == ["self"]
    assert values(store, keep, ORG.subOrganizationOf) == set()


def test_old_addresses_lead_on_also_after_a_second_merge():
    quartier, _, _ = twins()
    quartier.actor("Kita Sonnenschein")
    store = quartier.store()
    merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    merge(store, "actor", "kita-sonnenschein", "kita-sonne", "Ada")
    assert (
        replaced_by(store, "actor", "kita-sonne-e-v")
        == replaced_by(store, "actor", "kita-sonne")
        == "kita-sonnenschein"
    )
    assert replaced_by(store, "actor", "kita-sonnenschein") is None


def test_positions_of_places_are_kept_too():
    quartier = Quartier()
    keep = quartier.place("Hof")
    quartier.place("Hofplatz", at=(13.37, 52.54))
    store = quartier.store()
    merge(store, "place", "hof", "hofplatz", "Ada")
    (part,) = store.quads(ox.NamedNode(keep), ox.NamedNode("http://www.opengis.net/ont/geosparql#hasGeometry"))
    assert part.object.value == f"{keep}/geometry"
    assert len(list(store.quads(part.object))) == 1


def test_a_merge_brings_no_violation():
    quartier = Quartier()
    quartier.project("Fest 1", start="2015", end="2016")
    other = quartier.project("Fest 2", start="2019")
    store = quartier.store()
    store.apply([], [ox.Quad(ox.NamedNode(other), ox.NamedNode(SCHEMA.endDate),
                             ox.Literal("2021", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
                             store.graphs.data("test"))])  # fmt: skip
    merge(store, "project", "fest-1", "fest-2", "Ada", chosen=["start"])
    assert [one for one in checks.findings(store) if one.severity == "violation"] == []


@pytest.mark.parametrize(
    ("kind", "keep", "gone", "gone_kind", "error"),
    [
        ("actor", "kita-sonne", "kita-sonne", "", Conflict),
        ("actor", "kita-sonne", "fonds", "programme", Conflict),
        ("actor", "kita-sonne", "unbekannt", "", NotFound),
        ("round", "a", "b", "", NotFound),
    ],
)
def test_what_cannot_be_one_is_refused_and_nothing_written(kind, keep, gone, gone_kind, error):
    quartier, _, _ = twins()
    quartier.programme("Fonds")
    store = quartier.store()
    with pytest.raises(error):
        merge(store, kind, keep, gone, "Ada", gone_kind=gone_kind)
    assert store.version == 1


def test_an_actor_can_become_the_agency_it_is():
    quartier = Quartier()
    quartier.actor("Jugendamt", klass="Agency", kind="fachamt")
    quartier.actor("Jugendamt Mitte")
    store = quartier.store()
    merge(store, "actor", "jugendamt", "jugendamt-mitte", "Ada", chosen=["name"])
    assert values(store, f"{BASE}actor/jugendamt", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == {PN.Agency}


def test_judgements_on_the_two_are_settled_by_the_merge():
    quartier, keep, gone = twins()
    store = quartier.store()
    matching.judge(store, keep, gone, same=False, author="Ada")
    matching.judge(store, "Kita Sonne e.V.", keep, same=False, author="Ada")
    matching.judge(store, "Sonnenhaus", gone, same=False, author="Ada")
    merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
    said = {(one.name, one.key, one.same) for one in matching.judgements(store)}
    assert said == {("Sonnenhaus", keep, False), ("Kita Sonne e.V.", keep, True)}


NAMES = st.sampled_from(["Kita Sonne", "Kita Mond", "Schule", "Verein"])


@st.composite
def quartiere(draw) -> Quartier:
    """Four actors, a few projects and links among them, in several graphs."""
    quartier = Quartier()
    actors = [quartier.actor(name, start=draw(st.sampled_from(["", "2001", "2002-05"]))) for name in
              ("Kita Sonne", "Kita Mond", "Schule", "Verein")]  # fmt: skip
    one = st.sampled_from(actors)
    for number in range(draw(st.integers(0, 3))):
        project = quartier.project(f"Projekt {number}", traeger=[draw(one)])
        quartier.involvement(draw(one), project, role="partner", start=draw(st.sampled_from(["", "2019"])))
        quartier.funding(project, payer=draw(one))
    for _ in range(draw(st.integers(0, 3))):
        start, end = draw(st.permutations(actors))[:2]
        quartier.tie(start, end, kind=draw(st.sampled_from(["kooperiert-mit", "sitzt-bei"])))
        quartier.membership(start, end)
    return quartier


@settings(max_examples=12, deadline=None)
@given(quartiere(), st.booleans())
def test_a_merge_taken_back_leaves_everything_as_it_was(quartier, choose):
    store = quartier.store()
    before = present(store)
    done = merge(store, "actor", "kita-sonne", "kita-mond", "Ada", chosen=["name", "start"] if choose else ())
    assert present(store) != before
    changes.undo(store, done.change.id, "Ada")
    assert present(store) == before


@settings(max_examples=12, deadline=None)
@given(quartiere())
def test_a_merge_changes_nothing_about_entries_linked_to_neither(quartier):
    store = quartier.store()
    ends = {f"{BASE}actor/kita-sonne", f"{BASE}actor/kita-mond"}
    near = {quad.subject.value for quad in store.quads() if getattr(quad.object, "value", "") in ends} | ends

    def far() -> set[ox.Quad]:
        return {quad for quad in present(store) if quad.subject.value not in near and f"{BASE}source/" not in str(quad)
                and f"{BASE}judgement/" not in str(quad) and f"{BASE}note/" not in str(quad)}  # fmt: skip

    before = far()
    merge(store, "actor", "kita-sonne", "kita-mond", "Ada")
    assert far() == before


@settings(max_examples=12, deadline=None)
@given(quartiere())
def test_no_link_leads_nowhere_to_itself_or_is_said_twice_after_a_merge(quartier):
    store = quartier.store()
    merge(store, "actor", "kita-sonne", "kita-mond", "Ada")
    gone = ox.NamedNode(f"{BASE}actor/kita-mond")
    assert [quad for quad in store.quads(None, None, gone) if quad.graph_name != store.graphs.history] == []
    assert [one for one in checks.findings(store) if one.severity == "violation"] == []
    ties = [(values(store, q.subject.value, PN["from"]), values(store, q.subject.value, PN.to))
            for q in store.quads(None, ox.NamedNode(PN.kind), ox.NamedNode(PNS["tie-kind/sitzt-bei"]))]  # fmt: skip
    assert all(start != end for start, end in ties)
