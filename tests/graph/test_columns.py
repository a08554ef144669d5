"""Reading property by property gives what the named queries give that stand beside it."""

from __future__ import annotations

from collections import defaultdict

import pytest
from drawn_districts import drawn_district
from pyoxigraph import Literal, NamedNode, Quad

from builders import BASE, Quartier
from graph import query
from graph.columns import columns, named
from graph.gaps.reading import records
from graph.network import facts
from graph.network.facts import slug
from ontology.terms import PN, PNS, SKOS


@pytest.fixture(scope="module")
def drawn():
    """A drawn district in which some things are said twice, in two graphs, or in two ways, and money flows."""
    quartier = drawn_district(60)
    one, other = quartier.project("Hof", start="2020"), quartier.project("Markt")
    fund = quartier.programme("Topf", start="2020")
    quartier.funding(one, programme=fund, payer=f"{BASE}actor/qm")
    quartier.funding("", programme=fund, payer=f"{BASE}actor/qm")
    quartier.involvement(f"{BASE}actor/qm", other)
    quartier.membership(f"{BASE}actor/qm", quartier.actor("Runde", klass="Network"))
    again = [Quad(*quad.triple, NamedNode(f"{BASE}graph/data/again")) for quad in quartier.quads[::7]]
    pairs = zip(quartier.quads, quartier.quads[9:], strict=False)
    ways = [Quad(x.subject, x.predicate, y.object, x.graph_name) for x, y in pairs if x.predicate == y.predicate]
    quartier.quads += [*again, *ways[::3]]
    with quartier.store() as store:
        yield store


def answers(store, name, width=1):
    """What a query says of each first `width` columns: the sets of texts in the others."""
    found = defaultdict(list)
    for row in query.texts(store, name):
        found[tuple(row[:width])].append(row[width:])
    return {key: [set(filter(None, texts)) for texts in zip(*rows, strict=True)] for key, rows in found.items()}


def test_nodes_are_what_their_query_tells(drawn):
    said, nodes = answers(drawn, "network-nodes"), facts(drawn).nodes
    assert {(iri,) for iri in nodes} == said.keys()
    for iri, node in nodes.items():
        _, labels, _, _, kinds, sectors, _, places, rounds, *_, starts, ends = said[iri,]
        assert node.label == min(labels, default=slug(iri))
        assert [node.kind, node.sector] == [slug(min(found, default="")) for found in (kinds, sectors)]
        assert (node.place, node.rounds) == (min(places, default=""), {slug(name) for name in rounds})
        assert str(node.period.start) == min(starts, default="None")
        assert node.klass == "Event" or str(node.period.end) == max(ends, default="None")


def test_links_are_what_their_query_tells(drawn):
    known = facts(drawn)
    said = {(*key[:4], slug(key[4])): rest for key, rest in answers(drawn, "network-links", 5).items()}
    inside = {key for key in said if {key[2], key[3]} <= known.nodes.keys() and key[2] != key[3]}
    assert inside == {(link.iri, link.relation, link.subject, link.object, link.role) for link in known.links}
    for link in known.links:
        states, starts, ends, sources = said[link.iri, link.relation, link.subject, link.object, link.role]
        assert (link.state, link.sources) == (slug(min(states, default="")), tuple(sorted(sources)))
        assert link.relation == "involvement" or str(link.period.start) == min(starts, default="None")
        assert link.relation == "involvement" or str(link.period.end) == max(ends, default="None")


def test_traits_callings_texts_and_sources_are_what_their_queries_tell(drawn):
    known = records(drawn)
    traits = {(one.entry, one.kind, one.value) for one in known.traits if one.kind in {"target", "seeks", "offers"}}
    assert traits == {tuple(row[:3]) for row in query.texts(drawn, "gaps-traits")}
    callings = {(actor.iri, calling) for actor in known.actors for calling in actor.callings}
    assert callings == {tuple(row[:2]) for row in query.texts(drawn, "gaps-callings")}
    written = [(one.iri, one.text) for one in known.projects] + [(one.iri, one.wkt) for one in known.places]
    texts = {entry: " ".join(sorted(found[0])) for (entry,), found in answers(drawn, "gaps-texts").items()}
    assert dict(written) == dict.fromkeys(dict(written), "") | texts
    sources = {(entry,): [{source.iri for source in found}] for entry, found in known.sources.items()}
    assert sources == answers(drawn, "gaps-sources")


def test_all_values_of_a_property_are_kept():
    quartier = Quartier()
    house = quartier.actor("Haus", kind="verein")
    quartier.quads.append(Quad(NamedNode(house), NamedNode(PN.kind), Literal("Haus"), quartier.quads[0].graph_name))
    with quartier.store() as store:
        (kinds,) = columns(store, PN.kind)
        assert (
            sorted(kinds.of(house)) == sorted(text for _, text in kinds.items()) == ["Haus", f"{PNS}actor-kind/verein"]
        )
        assert kinds.least[house] == "Haus"


def test_a_text_where_a_thing_was_meant_has_no_name():
    with Quartier().store() as store:
        assert named(store, ["Kinder und Alte", PN.Actor], SKOS.prefLabel, "de").keys() <= {PN.Actor}
