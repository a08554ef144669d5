"""Find and read the files the ontology consists of: vocabulary, lists, shapes, context, rules."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

_FOLDER = Path(__file__).parent
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def files() -> dict[str, Path]:
    """The files of the ontology by short name: `pankenetz`, `schemes`, `shapes` (Turtle) and `context` (JSON-LD)."""
    return {
        "pankenetz": _FOLDER / "pankenetz.ttl",
        "schemes": _FOLDER / "schemes.ttl",
        "shapes": _FOLDER / "shapes.ttl",
        "context": _FOLDER / "context.jsonld",
    }


def rules() -> list[tuple[str, str]]:
    """The CONSTRUCT rules of the derived graph as (name, SPARQL text), by name.

    Each reads the union of the data graphs as its default graph.
    """
    return [(path.stem, path.read_text("utf-8")) for path in sorted((_FOLDER / "rules").glob("*.rq"))]


class Statements:
    """The triples of one Turtle file, indexed by subject and predicate, in the order of the file."""

    def __init__(self, path: Path) -> None:
        self.triples = tuple(quad.triple for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
        self._objects: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._subjects: defaultdict[tuple[str, Term], list[Term]] = defaultdict(list)
        for triple in self.triples:
            self._objects[triple.subject, triple.predicate.value].append(triple.object)
            self._subjects[triple.predicate.value, triple.object].append(triple.subject)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """What the subject has for this predicate (an IRI)."""
        return self._objects.get((subject, predicate), [])

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """Which subjects have this value for this predicate (an IRI)."""
        return self._subjects.get((predicate, value), [])

    def text(self, subject: Term, predicate: str) -> str | None:
        """The first value of the predicate as a string (of a literal its text, of a node its IRI), or None."""
        values = self.objects(subject, predicate)
        return text_of(values[0]) if values else None

    def texts(self, subject: Term, predicate: str) -> dict[str, str]:
        """The language-tagged values of the predicate by language; of several in one language the first."""
        found: dict[str, str] = {}
        for value in self.objects(subject, predicate):
            if isinstance(value, pyoxigraph.Literal) and value.language:
                found.setdefault(value.language, value.value)
        return found

    def items(self, head: Term) -> list[Term]:
        """The members of the RDF list that begins at `head`; of anything else, nothing."""
        members: list[Term] = []
        while firsts := self.objects(head, _RDF + "first"):
            members.append(firsts[0])
            head = self.objects(head, _RDF + "rest")[0]
        return members


def text_of(term: Term) -> str:
    """The text of a literal, the IRI of a named node, the label of a blank node."""
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value


@cache
def statements(name: str) -> Statements:
    """The triples of one of the Turtle files (`pankenetz`, `schemes`, `shapes`), read once."""
    return Statements(files()[name])


def load_graphs() -> "Graph":
    """A new rdflib graph of vocabulary, lists and shapes, as pySHACL and rdflib users want it."""
    from rdflib import BNode, Graph, Literal, URIRef

    def node(term: Term) -> "Node":
        if isinstance(term, pyoxigraph.NamedNode):
            return URIRef(term.value)
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        assert isinstance(term, pyoxigraph.Literal)
        return Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)

    union = Graph()
    for name in ("pankenetz", "schemes", "shapes"):
        for triple in statements(name).triples:
            union.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return union
