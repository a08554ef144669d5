"""A list that comes again after a merge or a split finds what a person made of it: nothing comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import graph
from graph import matching
from graph.importing.plan import plan
from graph.importing.takeover import apply
from graph.merging import merge, parts, split
from ontology.terms import PN, RDF, SKOS

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/pankenetz/id/"
ACTORS = "Akteur;Straße;Website\nKita Sonne;Hofweg 1;https://sonne.example\nSonnenkinder e.V.;Ring 9;\nSchule Nord;;\n"
PROJECTS = "Projekt;Träger;Partner\nHoffest;Kita Sonne;Schule Nord\nLesefest;Sonnenkinder e.V.;Schule Nord\n"


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "akteure.csv", tmp_path / "projekte.csv"]
    for path, text in zip(paths, (ACTORS, PROJECTS), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.fixture
def store(lists):
    with graph.open(None) as opened:
        apply(opened, plan(opened, lists, source="liste"), "Test")
        yield opened


def labels(store) -> set[str]:
    subjects = {quad.subject for quad in store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(PN.Actor))}
    return {quad.object.value for one in subjects for quad in store.quads(one, ox.NamedNode(SKOS.prefLabel))}


def carriers(store) -> set[tuple[str, str]]:
    links = store.quads(None, ox.NamedNode(PN.actor))
    return {
        (quad.object.value.rpartition("/")[2], project.object.value.rpartition("/")[2])
        for quad in links
        for project in store.quads(quad.subject, ox.NamedNode(PN["in"]))
    }


def again(store, lists):
    return apply(store, plan(store, lists, source="liste"), "Test")


def test_after_a_merge_the_same_lists_bring_no_entry_and_no_link_and_from_then_on_nothing(store, lists):
    merge(store, "actor", "kita-sonne", "sonnenkinder-e-v", "Ada")
    linked = carriers(store)
    assert again(store, lists).added <= 1  # the second street of the one entry, as a remark
    assert again(store, lists).id == ""
    assert labels(store) == {"Kita Sonne", "Schule Nord"}
    assert carriers(store) == linked >= {("kita-sonne", "lesefest"), ("kita-sonne", "hoffest")}


def test_after_a_merge_the_rows_may_come_in_any_order_and_under_another_name(store, lists):
    merge(store, "actor", "kita-sonne", "sonnenkinder-e-v", "Ada", chosen=["name"])
    head, *rows = ACTORS.strip().split("\n")
    lists[0].write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    again(store, lists)
    assert labels(store) == {"Sonnenkinder e.V.", "Schule Nord"}


def test_after_a_merge_an_entry_the_list_renames_slightly_is_still_the_kept_one(store, lists):
    merge(store, "actor", "kita-sonne", "sonnenkinder-e-v", "Ada")
    lists[1].write_text(PROJECTS.replace("Sonnenkinder e.V.", "SONNENKINDER e. V."), encoding="utf-8")
    again(store, lists)
    assert labels(store) == {"Kita Sonne", "Schule Nord"}


def test_after_a_split_the_same_lists_bring_nothing_back(store, lists):
    lists[1].write_text(PROJECTS.replace("Sonnenkinder e.V.;", "Kita Sonne;"), encoding="utf-8")
    again(store, lists)
    chosen = [part.key for part in parts(store, "actor", "kita-sonne") if "Lesefest" in part.text]
    split(store, "actor", "kita-sonne", "Kita Sonnenschein", "Ada", chosen=chosen)
    linked = carriers(store)
    change = again(store, lists)
    assert (change.added, change.removed) == (0, 0)
    assert carriers(store) == linked >= {("kita-sonnenschein", "lesefest")}


def test_a_name_judged_the_same_means_that_entry_ever_after_whatever_the_entry_is_called_then(store, tmp_path):
    matching.judge(store, "Sonnenhäuschen", f"{BASE}actor/kita-sonne", same=True, author="Ada")
    node = ox.NamedNode(f"{BASE}actor/kita-sonne")
    old = list(store.quads(node, ox.NamedNode(SKOS.prefLabel)))
    new = ox.Quad(node, old[0].predicate, ox.Literal("Ganz anders", language="de"), old[0].graph_name)
    store.apply(old, [new])
    path = tmp_path / "neu.csv"
    path.write_text("Projekt;Träger\nWinterfest;Sonnenhäuschen\n", encoding="utf-8")
    apply(store, plan(store, [path], source="neu"), "Test")
    assert ("kita-sonne", "winterfest") in carriers(store)


@pytest.mark.parametrize("side", ["Kita Sonne", f"{BASE}actor/kita-sonne"])
def test_a_name_judged_another_becomes_an_entry_of_its_own_and_nobody_is_asked_again(store, tmp_path, side):
    path = tmp_path / "neu.csv"
    path.write_text("Projekt;Träger\nWinterfest;Sonne Kita gGmbH\n", encoding="utf-8")
    matching.judge(store, "Sonne Kita gGmbH", side, same=False, author="Ada", group="body")
    for _ in range(2):
        found = plan(store, [path], source="neu")
        assert [problem.what for problem in found.problems] == []
        apply(store, found, "Test")
    assert ("sonne-kita-ggmbh", "winterfest") in carriers(store)


def test_two_names_of_one_list_judged_the_same_become_one_entry(tmp_path):
    path = tmp_path / "neu.csv"
    path.write_text("Projekt;Träger\nFest;Haus Alpha\nBall;Treff Omega\n", encoding="utf-8")
    with graph.open(None) as store:
        matching.judge(store, "Haus Alpha", "Treff Omega", same=True, author="Ada", group="body")
        apply(store, plan(store, [path], source="neu"), "Test")
        assert len(labels(store)) == 1


@pytest.mark.parametrize("same", [True, False])
def test_judgements_hold_for_projects_too(store, tmp_path, same):
    path = tmp_path / "neu.csv"
    name = "Fest im Hof" if same else "Hoffest"
    path.write_text(f"Projekt;Träger\n{name};Schule Nord\n", encoding="utf-8")
    matching.judge(store, name, f"{BASE}project/hoffest", same, "Ada")
    apply(store, plan(store, [path], source="neu"), "Test")
    known = {quad.subject.value for quad in store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(PN.Project))}
    assert len(known) == (2 if same else 3)
