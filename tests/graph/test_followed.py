"""What is kept current change by change says the same as what is read from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import BASE, Quartier
from graph import editing
from graph.changes import commit, history, undo
from graph.directory.listing import listing
from graph.directory.names import names
from graph.directory.search import search
from graph.directory.values import table
from graph.editing.alike import alike
from graph.editing.links import directory_of
from graph.errors import Conflict
from graph.history.touched import touched
from graph.importing.plan import plan
from graph.importing.takeover import apply
from graph.merging import merge
from graph.network.facts import facts
from graph.store import open_copy
from graph.upkeep.missing import missing
from graph.upkeep.stock import standings
from graph.vernetzung.trend import trend
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store


def quartier() -> Quartier:
    """Two or three of each kind of thing, linked in each way."""
    made = Quartier()
    place = made.place("Platz")
    field = made.handlungsfeld("2022", "1", "Bildung")
    one, two = made.actor("Schule", place=place, fields=[field]), made.actor("Haus", klass="Agency")
    fest = made.project("Fest", traeger=[one], partner=[two], fields=[field], start="2021")
    made.event("Markt", actors=[two], place=place)
    made.funding(fest, programme=made.programme("Fonds"))
    made.tie(one, two)
    made.statement("2022", "Es fehlt Platz", field=field)
    return made


FIRST: Final = quartier().quads
THINGS: Final = sorted({quad.subject for quad in FIRST} | {ox.NamedNode(f"{BASE}actor/neu")}, key=str)
TEXTS: Final = [ox.Literal(text, language="de") for text in ("Schule", "Neues Haus", "Platz", "2022")]
WORDS: Final = (
    SKOS.prefLabel, SKOS.altLabel, SKOS.notation, PN.shortName, DCTERMS.description, DCTERMS.title, SCHEMA.url,
)  # fmt: skip
WAYS: Final = (
    PN.actor, PN["in"], PN.round, PN.handlungsfeld, PN.place, PN.about, PN.activeIn, PN.project, PN.programme, PN.payer,
    PN["from"], PN.to, PN.kind, ORG.hasSite, ORG.subOrganizationOf,
)  # fmt: skip
CLASSES: Final = ("Actor", "Agency", "Project", "Event", "Handlungsfeld", "Round", "Involvement", "Need", "Note")


def statements() -> st.SearchStrategy[ox.Quad]:
    """What may be said, sensible or not."""
    graph = FIRST[0].graph_name
    said = st.one_of(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(TEXTS)),
        st.tuples(st.sampled_from(WAYS), st.sampled_from(THINGS)),
        st.tuples(st.just(RDF.type), st.sampled_from([ox.NamedNode(PN[name]) for name in CLASSES])),
        st.tuples(
            st.just(SCHEMA.startDate),
            st.just(ox.Literal("2020", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))),
        ),
    )
    return st.builds(
        lambda thing, pair: ox.Quad(thing, ox.NamedNode(pair[0]), pair[1], graph), st.sampled_from(THINGS), said
    )


def followed(store: Store, language: str) -> dict[str, Any]:
    """All that is kept current, in a form that can be compared."""
    called, directory = names(store, language), directory_of(store, language)
    kinds = tuple(entity_types())
    texts = ("Schule", "Haus", "Neues", "Platz", "2022", "1 Bildung", "Akteur", "Fest")
    return {
        "names": list(called.all_refs().values()),
        **{f"table {kind}": list(table(store, kind, language).items()) for kind in kinds},
        **{f"list {kind}": listing(store, kind, language=language).rows for kind in kinds},
        **{f"find {text}": search(store, text, language=language) for text in texts},
        **{f"link {text}": directory.options(text, kinds) for text in texts},
        **{f"near {text}": directory.near(text, kinds) for text in texts},
        **{f"alike {text}": alike(store, kind, text) for text in texts for kind in ("actor", "project")},
        "texts": {iri: directory.text(iri, kinds) for iri in called.all_refs()},
        "upkeep": standings(store, language),
        "missing": missing(store, language=language),
        "trend": trend(store, language=language),
        "past": [touched(store, change.id) for change in history(store, None)],
        "network": repr(facts(store)),  # links that say the same of the same two are equal whatever their days
    }


def anew(store: Store, language: str) -> dict[str, Any]:
    """The same of a copy that has nothing kept."""
    left_out = {store.graphs.ontology, store.graphs.derived}
    quads = [quad for quad in store.everything() if quad.graph_name not in left_out]
    return followed(open_copy(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", store.base_iri), language)


def differing(store: Store, language: str) -> dict[str, tuple[Any, Any]]:
    """What is kept, and what it should say, where they differ."""
    kept, true = followed(store, language), anew(store, language)
    return {key: (kept[key], true[key]) for key in kept if kept[key] != true[key]}


@given(
    st.lists(
        st.tuples(
            st.lists(statements(), max_size=4), st.sets(st.integers(0, len(FIRST) - 1), max_size=3), st.booleans()
        ),
        max_size=4,
    ),
    st.sampled_from(["de", "en"]),
)
@settings(max_examples=8)
def test_after_any_changes_what_is_kept_is_what_is_read_from_nothing(
    steps: list[tuple[list[ox.Quad], set[int], bool]], language: str
) -> None:
    store = quartier().store()
    followed(store, language)
    for added, going, is_undone in steps:
        change = commit(store, added=added, removed=[FIRST[one] for one in going], author="A", reason="r", check=False)
        assert not differing(store, language)
        if change.id and is_undone:
            try:
                undo(store, change.id, "A")
            except Conflict:
                continue
            assert not differing(store, language)


def test_after_an_import_a_form_a_merge_and_its_undo_too(tmp_path: Path) -> None:
    store = quartier().store()
    followed(store, "de")
    (tmp_path / "liste.csv").write_text(
        "Projekt;Träger;Partner;Beginn\nHoffest;Schule;Verein Nord e.V.;2022\n", "utf-8"
    )
    apply(store, plan(store, [tmp_path / "liste.csv"], source="liste"), "A")
    assert not differing(store, "de")
    editing.save(store, "actor", "schule", {"type": ["Akteur"], "name": ["Schule am Platz"]}, author="A")
    assert not differing(store, "de")
    merged = merge(store, "actor", "schule", "verein-nord-e-v", "A")
    assert not differing(store, "de")
    undo(store, merged.change.id, "A")
    assert not differing(store, "de")


def large(store: Store) -> list[ox.Quad]:
    """More new actors than anything is followed through."""
    name, klass = ox.NamedNode(SKOS.prefLabel), ox.NamedNode(PN.Actor)
    nodes = [ox.NamedNode(f"{BASE}actor/verein-{number}") for number in range(600)]
    graph = store.graphs.data("office")
    named = [ox.Quad(one, name, ox.Literal(f"Verein {one.value[-3:]}", language="de"), graph) for one in nodes]
    return [*named, *(ox.Quad(one, ox.NamedNode(RDF.type), klass, graph) for one in nodes)]


def test_after_a_large_change_too_what_is_kept_is_what_is_read_from_nothing() -> None:
    store = quartier().store()
    followed(store, "de")
    commit(store, added=large(store), author="A", reason="r", check=False)
    assert not differing(store, "de")


def test_a_large_change_is_told_when_what_it_changes_has_been_built() -> None:
    store = quartier().store()
    built: list[int] = []
    store.followed("probe", lambda: built.append(store.version), lambda old, _: old)
    commit(store, added=large(store), author="A", reason="r", check=False)
    store.followed("probe", lambda: built.append(store.version), lambda old, _: old)
    assert built == [store.version - 1] * 2
