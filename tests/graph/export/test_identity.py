"""Import ∘ export is identity: what goes out comes back, statement for statement, whatever it says."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from changed import quartier_with_a_past
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, Quad

import graph
from builders import BASE, Quartier
from graph import changes, entries
from graph.export import export, tables
from graph.importing.plan import plan
from graph.importing.takeover import apply
from ontology.schema import entity_types
from ontology.terms import DCTERMS, GEO, PN, PNS, RDF, SCHEMA, SKOS, XSD

NAMED, UNNAMED, TABLES = (".trig", ".nq", ".jsonld"), (".ttl",), (".xlsx", ".zip")
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def quads_of(store):
    return {quad for name in (*store.graphs.all_data(), store.graphs.rounds) for quad in store.quads(graph=name)}


def triples_of(store):
    return {quad.triple for quad in quads_of(store)}


def reloaded(store, extension, *, read):
    """What `read` finds in an empty store after an export and its import. The shapes have no say: data may be wrong."""
    with tempfile.TemporaryDirectory() as folder, graph.open(None) as empty:
        path = Path(folder, f"probe{extension}")
        export(store, path)
        found = plan(empty, [path])
        assert not found.errors
        changes.commit(empty, added=found.weighed.added, author="Test", reason="Probe", check=False)
        return read(empty)


def stored(quads):
    store = graph.open(None)
    changes.commit(store, added=quads, author="Test", reason="Probe", check=False)
    return store


ODD = ["=1+1", "'=a", "a ; b", "a\\;b", " x ", "\n", "a\r\nb", "_x0041_", "\x00", "\u2028", "\ufffe", '"@de', "0013"]
CONCEPTS = ["actor-kind/verein", "tie-kind/kooperiert-mit", "tie-state/asserted"]
PATHS = [
    *(SKOS.prefLabel, SKOS.altLabel, DCTERMS.description, PN.shortName, PN.kind, PN["from"], PN.to, PN.state),
    *(SCHEMA.startDate, PN.ongoing, PN.alongPanke, GEO.hasGeometry, GEO.asWKT, PN.lastConfirmed),
    "http://foreign.example/p",
]
DATATYPES = [XSD.string, XSD.date, XSD.gYear, XSD.decimal, XSD.boolean, XSD.integer, "http://foreign.example/d"]

signs = st.characters(exclude_categories=["Cs"])
texts = st.text(signs, max_size=25) | st.sampled_from(ODD)
names = st.sampled_from(["a", "b", "b-2", "ÄÖ", "a_b", "x/y"])
ours = st.builds("{}{}/{}".format, st.just(BASE), st.sampled_from(["actor", "project", "tie", "place"]), names)
others = st.builds("http://foreign.example/{}".format, names) | st.just(f"{BASE}place/a#geometry")
subjects = (ours | others).map(NamedNode)
worded = st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["de", "en", "tr", "de-at"]))
typed = st.builds(
    lambda text, kind: Literal(text, datatype=NamedNode(str(kind))),
    texts | st.sampled_from(["2024", "2024-05-17", "1", "true", "12.50"]),
    st.sampled_from(DATATYPES),
)
concepts = st.sampled_from(CONCEPTS).map(lambda name: NamedNode(f"{PNS}{name}"))
graphs = st.sampled_from(["data/a", "data/office", "rounds"]).map(lambda name: NamedNode(f"{BASE}graph/{name}"))
paths = st.sampled_from(PATHS).map(lambda path: NamedNode(str(path)))
classes = st.sampled_from(["Actor", "Agency", "Project", "Tie", "Place", "Need"]).map(lambda name: NamedNode(PN[name]))
facts = st.builds(Quad, subjects, paths, worded | typed | concepts | subjects, graphs)
types = st.builds(Quad, subjects, st.just(NamedNode(RDF.type)), classes, graphs)
anything = st.lists(facts | types, min_size=1, max_size=25)


@pytest.mark.parametrize("extension", NAMED)
@SLOW
@given(quads=anything)
def test_formats_with_named_graphs_bring_back_every_statement_in_its_graph(extension, quads):
    with stored(quads) as store:
        assert reloaded(store, extension, read=quads_of) == quads_of(store)


@pytest.mark.parametrize("extension", UNNAMED + TABLES)
@SLOW
@given(quads=anything)
def test_other_formats_bring_back_every_statement(extension, quads):
    with stored(quads) as store:
        assert reloaded(store, extension, read=triples_of) == triples_of(store)


@pytest.mark.parametrize("extension", TABLES)
@SLOW
@given(
    texts=st.lists(st.text(signs, min_size=1, max_size=30), min_size=1, max_size=5), often=st.sampled_from([1, 3000])
)
@example(texts=["x"], often=100_000)
@example(texts=["Ä\n", "=SUM(A1)"], often=20_000)
def test_all_values_of_a_field_come_back_however_long(extension, texts, often):
    with stored([*_actor(), *(_text(SKOS.altLabel, text * often) for text in texts)]) as store:
        assert reloaded(store, extension, read=triples_of) == triples_of(store)


def _actor(slug="a", name="Verein"):
    node, where = NamedNode(f"{BASE}actor/{slug}"), NamedNode(f"{BASE}graph/data/a")
    yield Quad(node, NamedNode(RDF.type), NamedNode(PN.Actor), where)
    yield Quad(node, NamedNode(SKOS.prefLabel), Literal(name, language="de"), where)


def _text(path, text, slug="a"):
    return Quad(
        NamedNode(f"{BASE}actor/{slug}"),
        NamedNode(path),
        Literal(text, language="de"),
        NamedNode(f"{BASE}graph/data/a"),
    )


def test_a_text_too_long_for_a_cell_stands_among_further_statements_and_in_no_cell(tmp_path):
    long = "Wort " * 9000 + "."
    with stored([*_actor(), _text(DCTERMS.description, long)]) as store:
        export(store, tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx", read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert book.sheetnames == ["Akteure", "Weitere Angaben"]
    assert max(map(len, cells)) <= 32_767
    book.close()


def test_tables_alone_say_all_where_nothing_is_foreign(example):
    assert "further" not in tables(example)


def test_every_entry_type_that_has_a_table_comes_back_from_it():
    """One entry of each type with every field filled by the shapes' own choices."""
    with graph.open(None) as store:
        changes.commit(store, added=_one_of_each(store), author="A", reason="x", check=False)
        found = tables(store)
        assert set(found) == {kind.plural for kind in entries.importable().values()}
        for extension in TABLES:
            assert reloaded(store, extension, read=triples_of) == triples_of(store)


def _one_of_each(store):
    for kind in entries.importable().values():
        node, where = entries.iri(store.base_iri, kind, "eins"), store.graphs.data("a")
        if not any(field.path == (RDF.type,) for field in kind.fields):
            yield Quad(node, NamedNode(RDF.type), NamedNode(kind.classes[0]), where)
        for field in kind.fields:
            inner = NamedNode(f"{node.value}#geometry") if len(field.path) > 1 else node
            if inner != node:
                yield Quad(node, NamedNode(field.path[0]), inner, where)
            yield Quad(inner, NamedNode(field.path[-1]), _value_of(store, field), where)
        if kind.name == "handlungsfeld":
            scheme = NamedNode(f"{store.base_iri}round/eins/handlungsfelder")
            yield Quad(node, NamedNode(SKOS.inScheme), scheme, where)
            yield Quad(scheme, NamedNode(RDF.type), NamedNode(SKOS.ConceptScheme), where)


def _value_of(store, field):
    if field.links_to:
        return entries.iri(store.base_iri, entity_types()[field.links_to[0]], "eins")
    if field.choices:
        return NamedNode(field.choices[0].iri)
    samples = {XSD.date: "2024-05-17", XSD.decimal: "12.5", XSD.boolean: "true", XSD.anyURI: "https://a.example/b",
               GEO.wktLiteral: "POINT(13.37 52.55)", RDF.langString: "Text"}  # fmt: skip
    text = samples.get(field.datatype, "Text")
    if field.datatype == RDF.langString:
        return Literal(text, language=field.language or "de")
    return Literal(text, datatype=NamedNode(field.datatype or XSD.string))


@pytest.mark.parametrize("extension", [*NAMED, *UNNAMED, *TABLES])
def test_what_the_ihek_says_goes_back_among_the_rounds(extension):
    where, node = NamedNode(f"{BASE}graph/rounds"), NamedNode(f"{BASE}statement/1")
    quads = [Quad(node, NamedNode(RDF.type), NamedNode(PN.Need), where)]
    quads.append(Quad(node, NamedNode(DCTERMS.description), Literal("Mehr Grün", language="de"), where))
    with stored(quads) as store:
        assert reloaded(store, extension, read=quads_of) == set(quads)


@pytest.mark.parametrize("extension", [*NAMED, *UNNAMED, *TABLES])
def test_taken_over_twice_changes_nothing(tmp_path, extension):
    with quartier_with_a_past() as store, graph.open(None) as empty:
        export(store, tmp_path / f"x{extension}")
        first, second = (apply(empty, plan(empty, [tmp_path / f"x{extension}"]), "A") for _ in range(2))
    assert (first.id, second.id) == ("1", "")


def test_contacts_brought_by_a_file_are_left_out_and_said(tmp_path):
    contact = f"<{BASE}contact/1>"
    (tmp_path / "x.ttl").write_text(f'{contact} a <{PN.Contact}> ; <https://schema.org/name> "Erika" .', "utf-8")
    with graph.open(None) as store:
        found = plan(store, [tmp_path / "x.ttl"])
    assert not found.weighed.added
    assert [problem.what for problem in found.problems] == ["graph kept out"]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_drawn_quartier_comes_back_from_every_format(seed):
    dice = random.Random(seed)  # noqa: S311  # test data
    with stored(_quartier(dice)) as store:
        for extension in NAMED:
            assert reloaded(store, extension, read=quads_of) == quads_of(store)
        for extension in UNNAMED + TABLES:
            assert reloaded(store, extension, read=triples_of) == triples_of(store)


def _quartier(dice):
    """Two sources that know some of the same entries."""
    for source in ("liste", "office"):
        quartier = Quartier(source)
        actors = [
            quartier.actor(f"Verein {n}", sector="kultur", alt=f"e.V. {n}; +{n}") for n in range(dice.randint(1, 4))
        ]
        places = [quartier.place(f"Platz {n}", at=(13.3 + n / 7, 52.5)) for n in range(dice.randint(0, 3))]
        field = quartier.handlungsfeld("2022", "1", "Bildung")
        for n in range(dice.randint(0, 4)):
            chosen = dice.sample(actors, dice.randint(0, len(actors)))
            quartier.project(
                f"Fest {n}", traeger=chosen, places=places, fields=[field], start=dice.choice(["", "2021", "2021-05"])
            )
        if len(actors) > 1:
            quartier.tie(*actors[:2], state=dice.choice(["asserted", "ended"]), start="2020-01-31")
        yield from quartier.quads
