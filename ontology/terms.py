"""Every term as a Python name: `PN.Actor`, `PNS["role/traeger"]`, `SKOS.prefLabel`.

The namespaces are closed: they know the terms that the ontology declares or says it reuses, and nothing else.
A misspelt attribute raises AttributeError, a misspelt item KeyError. A term is its IRI as a plain string, so that
it equals the IRIs that queries and shapes return; wrap it where a library wants its own kind of node:
`pyoxigraph.NamedNode(PN.Actor)`, `rdflib.URIRef(PN.Actor)`. Names that Python reserves are items: `PN["in"]`.
"""

from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import NamedNode

from ontology.packaged import statements


class Terms:
    """A closed namespace.

    Args:
        base: the IRI all its terms begin with.
        source: the ontology file that declares the terms, or None if `names` lists them.
        names: the terms of a namespace that RDF itself needs and no file of ours declares.
    """

    def __init__(self, base: str, source: str | None = None, names: str = "") -> None:
        self._base = base
        self._source = source
        self._fixed = names.split()

    @cached_property
    def _terms(self) -> dict[str, str]:
        names = self._fixed if self._source is None else self._declared(self._source)
        return {name: self._base + name for name in names}

    def _declared(self, source: str) -> Iterator[str]:
        for triple in statements(source).triples:
            subject = triple.subject
            if isinstance(subject, NamedNode) and subject.value.startswith(self._base):
                yield subject.value.removeprefix(self._base)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in self._terms:
            raise AttributeError(name, name=name, obj=self)
        return self._terms[name]

    def __getitem__(self, name: str) -> str:
        return self._terms[name]

    def __contains__(self, term: str) -> bool:
        return term in self._terms or term in self._terms.values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms.values())

    def __str__(self) -> str:
        return self._base

    def __repr__(self) -> str:
        return f"Terms({self._base!r})"


PN = Terms("https://w3id.org/pankenetz/ns#", "pankenetz")
PNS = Terms("https://w3id.org/pankenetz/scheme/", "schemes")
ORG = Terms("http://www.w3.org/ns/org#", "pankenetz")
SKOS = Terms("http://www.w3.org/2004/02/skos/core#", "pankenetz")
PROV = Terms("http://www.w3.org/ns/prov#", "pankenetz")
DCTERMS = Terms("http://purl.org/dc/terms/", "pankenetz")
SCHEMA = Terms("https://schema.org/", "pankenetz")
GEO = Terms("http://www.opengis.net/ont/geosparql#", "pankenetz")
RDF = Terms(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    names="type first rest nil subject predicate object value langString Property List Statement",
)
RDFS = Terms(
    "http://www.w3.org/2000/01/rdf-schema#",
    names="label comment isDefinedBy domain range subClassOf subPropertyOf seeAlso member"
    " Class Datatype Literal Resource",
)
OWL = Terms(
    "http://www.w3.org/2002/07/owl#",
    names="Ontology Class ObjectProperty DatatypeProperty AnnotationProperty AllDisjointClasses members Nothing"
    " Thing imports sameAs versionIRI versionInfo",
)
SH = Terms(
    "http://www.w3.org/ns/shacl#",
    names="NodeShape PropertyShape PropertyGroup ValidationReport ValidationResult Violation Warning Info"
    " targetClass property path alternativePath inversePath node datatype name description order group severity"
    " message class in or nodeKind IRI hasValue minCount maxCount pattern languageIn uniqueLang minInclusive"
    " disjoint lessThanOrEquals qualifiedValueShape qualifiedMinCount qualifiedMaxCount conforms result focusNode"
    " resultPath resultMessage resultSeverity value sourceShape sourceConstraintComponent",
)
XSD = Terms(
    "http://www.w3.org/2001/XMLSchema#",
    names="string boolean decimal float double integer nonPositiveInteger negativeInteger long int short byte"
    " nonNegativeInteger unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger"
    " date time dateTime dateTimeStamp gYear gYearMonth gMonth gMonthDay gDay duration yearMonthDuration"
    " dayTimeDuration anyURI base64Binary hexBinary normalizedString token language",
)
# How the endpoint and the catalogue describe themselves; no file of ours says anything in these words.
DCAT = Terms(
    "http://www.w3.org/ns/dcat#",
    names="Catalog Dataset Distribution DataService dataset distribution theme keyword landingPage accessURL"
    " downloadURL mediaType accessService endpointURL servesDataset",
)
DCT = Terms(
    str(DCTERMS),
    names="title description publisher language modified accessRights accrualPeriodicity conformsTo rights format"
    " license",
)
FOAF = Terms("http://xmlns.com/foaf/0.1/", names="Agent name homepage")
SD = Terms(
    "http://www.w3.org/ns/sparql-service-description#",
    names="Service endpoint supportedLanguage SPARQL11Query SPARQL11Update feature UnionDefaultGraph resultFormat"
    " inputFormat defaultDataset Dataset defaultGraph namedGraph NamedGraph Graph name graph",
)
VOID = Terms(
    "http://rdfs.org/ns/void#",
    names="Dataset triples entities classes properties distinctSubjects distinctObjects classPartition class"
    " propertyPartition property sparqlEndpoint dataDump uriSpace vocabulary feature exampleResource subset"
    " documents",
)
