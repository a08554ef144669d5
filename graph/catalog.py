"""The data described for catalogues and programs: a DCAT-AP.de record with VoID statistics.

Source: DCAT-AP.de 2.0 (dcat-ap.de), VoID (W3C Interest Group Note, 2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import vocabulary
from graph.query import term
from ontology.terms import DCAT, DCT, FOAF, PN, RDF, VOID

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from graph.store import Store

    Node = ox.NamedNode | ox.BlankNode | ox.Literal

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_THEMES = ("SOCI", "REGI")
_FILE_TYPES = {
    "trig": "RDF_TRIG",
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "nq": "RDF_N_QUADS",
    "xlsx": "XLSX",
    "zip": "ZIP",
}
_PREFIXES = {"dcat": str(DCAT), "dcterms": str(DCT), "foaf": str(FOAF), "void": str(VOID)}
_TITLE = {"de": "Wissensnetz des Quartiers", "en": "Knowledge graph of the neighbourhood"}
_DESCRIPTION = {
    "de": "Wer mit wem im Quartier zusammenarbeitet: Akteure, Orte, Projekte, Geld, Planungsrunden, mit Quellen.",
    "en": "Who works with whom in the neighbourhood: actors, places, projects, funding, planning rounds, with sources.",
}
_RIGHTS = {
    "de": "Jede Angabe nennt ihre Quelle. Ein Teil der Orte und Lagen: © OpenStreetMap-Mitwirkende (ODbL).",
    "en": "Each statement names its source. Some of the places and positions: © OpenStreetMap contributors (ODbL).",
}


@dataclass(frozen=True)
class Place:
    """Where the data are to be had.

    Attributes:
        home: address of the start page, with "/" at the end.
        publisher: who answers for them.
        is_public: whether everybody may read them.
        licence: IRI of the licence of the data, "" if none is named.
        downloads: extension → (address, media type).
        modified: day of the last change; None for empty data.
    """

    home: str
    publisher: str
    is_public: bool
    licence: str
    downloads: Mapping[str, tuple[str, str]]
    modified: dt.date | None


def catalog(store: Store, place: Place, graphs: Sequence[ox.NamedNode]) -> bytes:
    """The record in Turtle.

    Args:
        store: the data.
        place: where they are to be had.
        graphs: what the asker may read; only that is counted.
    """
    triples = [*_record(place), *_distributions(place), *_statistics(store, place, graphs)]
    return cast("bytes", ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES))


def _record(place: Place) -> Iterator[ox.Triple]:
    catalogue, dataset = f"{place.home}catalog.ttl", _dataset(place)
    publisher = ox.BlankNode("publisher")
    yield from _facts(publisher, (RDF.type, _iri(FOAF.Agent)), (FOAF.name, ox.Literal(place.publisher)))
    for node, kind in ((_iri(catalogue), DCAT.Catalog), (dataset, DCAT.Dataset)):
        yield from _facts(node, (RDF.type, _iri(kind)), (DCT.publisher, publisher))
        yield from _facts(node, *((DCT.title, ox.Literal(text, language=tag)) for tag, text in _TITLE.items()))
        yield from _facts(
            node, *((DCT.description, ox.Literal(text, language=tag)) for tag, text in _DESCRIPTION.items())
        )
        yield from _facts(node, *((DCT.language, _iri(f"{_EU}language/{tag}")) for tag in ("DEU", "ENG")))
        if place.modified:
            yield from _facts(node, (DCT.modified, term(place.modified)))
    access = "PUBLIC" if place.is_public else "RESTRICTED"
    yield from _facts(_iri(catalogue), (DCAT.dataset, dataset), (FOAF.homepage, _iri(place.home)))
    yield from _facts(
        dataset,
        *((DCAT.theme, _iri(f"{_EU}data-theme/{theme}")) for theme in _THEMES),
        *((DCAT.keyword, ox.Literal(word, language="de")) for word in ("Quartiersmanagement", "Vernetzung", "IHEK")),
        (DCT.accessRights, _iri(f"{_EU}access-right/{access}")),
        (DCT.accrualPeriodicity, _iri(f"{_EU}frequency/CONT")),
        (DCT.conformsTo, _iri(str(PN).rstrip("#"))),
        (DCAT.landingPage, _iri(place.home)),
    )


def _distributions(place: Place) -> Iterator[ox.Triple]:
    service = _iri(f"{place.home}sparql#service")
    yield from _facts(
        service,
        (RDF.type, _iri(DCAT.DataService)),
        *((DCT.title, ox.Literal(f"SPARQL 1.1 ({tag})", language=tag)) for tag in ("de", "en")),
        (DCAT.endpointURL, _iri(f"{place.home}sparql")),
        (DCT.conformsTo, _iri("https://www.w3.org/TR/sparql11-protocol/")),
        (DCAT.servesDataset, _dataset(place)),
    )
    for extension, (address, media_type) in place.downloads.items():
        node = _iri(f"{place.home}catalog.ttl#{extension}")
        yield from _facts(_dataset(place), (DCAT.distribution, node), (VOID.dataDump, _iri(address)))
        yield from _facts(
            node,
            (RDF.type, _iri(DCAT.Distribution)),
            (DCAT.accessURL, _iri(address)),
            (DCAT.downloadURL, _iri(address)),
            (DCAT.mediaType, _iri(_IANA + media_type)),
            (DCAT.accessService, service),
            *((DCT.rights, ox.Literal(text, language=tag)) for tag, text in _RIGHTS.items()),
        )
        if extension in _FILE_TYPES:
            yield from _facts(node, (DCT.format, _iri(f"{_EU}file-type/{_FILE_TYPES[extension]}")))
        if place.licence:
            yield from _facts(node, (DCT.license, _iri(place.licence)))


def _statistics(store: Store, place: Place, graphs: Sequence[ox.NamedNode]) -> Iterator[ox.Triple]:
    dataset = _dataset(place)
    triples = {quad.triple for name in graphs for quad in store.quads(graph=name)}
    classes = vocabulary.classes(store, "en")
    yield from _facts(
        dataset,
        (RDF.type, _iri(VOID.Dataset)),
        (VOID.triples, ox.Literal(len(triples))),
        (VOID.distinctSubjects, ox.Literal(len({one.subject for one in triples}))),
        (VOID.distinctObjects, ox.Literal(len({one.object for one in triples}))),
        (VOID.properties, ox.Literal(len({one.predicate for one in triples}))),
        (VOID.classes, ox.Literal(len(classes))),
        (VOID.uriSpace, ox.Literal(store.base_iri)),
        (VOID.sparqlEndpoint, _iri(f"{place.home}sparql")),
        (VOID.vocabulary, _iri(str(PN))),
    )
    for number, word in enumerate(classes):
        part = ox.BlankNode(f"class{number}")
        yield from _facts(dataset, (VOID.classPartition, part))
        yield from _facts(part, (VOID["class"], _iri(word.iri)), (VOID.entities, ox.Literal(word.uses)))
    for number, word in enumerate(vocabulary.properties(store, "en")):
        part = ox.BlankNode(f"property{number}")
        yield from _facts(dataset, (VOID.propertyPartition, part))
        yield from _facts(part, (VOID.property, _iri(word.iri)), (VOID.triples, ox.Literal(word.uses)))


def _dataset(place: Place) -> ox.NamedNode:
    return _iri(f"{place.home}catalog.ttl#dataset")


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def _facts(node: ox.NamedNode | ox.BlankNode, *facts: tuple[str, Node]) -> Iterator[ox.Triple]:
    return (ox.Triple(node, ox.NamedNode(path), value) for path, value in facts)
