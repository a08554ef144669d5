"""The lists of choices (SKOS schemes): one concept, or all of a list in its order."""

import re
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode

from ontology.packaged import statements

SCHEMES = "https://w3id.org/pankenetz/scheme/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Choice:
    """One entry of a list.

    Attributes:
        iri: its full address.
        slug: the last part of the address, ASCII, e.g. `kita-traeger`.
        label: what people read, by language (`de`, `en`).
        alternatives: German spellings that mean the same.
        definition: what it means, by language; empty where the label says it all.
        broader: slugs of the broader concepts; empty at the top of the list.
    """

    iri: str
    slug: str
    label: dict[str, str] = field(hash=False)
    alternatives: tuple[str, ...] = ()
    definition: dict[str, str] = field(default_factory=dict, hash=False)
    broader: tuple[str, ...] = ()

    def is_spoken_of(self, text: str) -> bool:
        """Whether a word of `text` begins with the German name ("Sportangebote" speaks of Sport)."""
        return re.search(rf"\b{re.escape(self.label['de'])}", text, re.IGNORECASE) is not None


@cache
def schemes() -> tuple[str, ...]:
    """The names of all lists, e.g. `actor-kind`, in the order of the file."""
    lists = statements("schemes").subjects(
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", NamedNode(_SKOS + "ConceptScheme")
    )
    return tuple(node.value.removeprefix(SCHEMES) for node in lists if isinstance(node, NamedNode))


@cache
def concepts(scheme: str) -> tuple[Choice, ...]:
    """All concepts of a list, broad ones before their narrower ones.

    Args:
        scheme: the name of the list, e.g. `actor-kind`.

    Raises:
        KeyError: there is no list of that name.
    """
    if scheme not in schemes():
        raise KeyError(scheme)
    members = statements("schemes").subjects(_SKOS + "inScheme", NamedNode(SCHEMES + scheme))
    return tuple(_choice(node) for node in members if isinstance(node, NamedNode))


def concept(scheme: str, slug: str) -> Choice:
    """One concept of a list.

    Raises:
        KeyError: there is no such list, or no such concept in it.
    """
    return _by_slug(scheme)[slug]


@cache
def _by_slug(scheme: str) -> dict[str, Choice]:
    return {choice.slug: choice for choice in concepts(scheme)}


def _choice(node: NamedNode) -> Choice:
    lists = statements("schemes")
    spellings = (value.value for value in lists.objects(node, _SKOS + "altLabel") if isinstance(value, Literal))
    broader = (value.value for value in lists.objects(node, _SKOS + "broader") if isinstance(value, NamedNode))
    return Choice(
        iri=node.value,
        slug=_slug(node.value),
        label=lists.texts(node, _SKOS + "prefLabel"),
        alternatives=tuple(spellings),
        definition=lists.texts(node, _SKOS + "definition"),
        broader=tuple(_slug(iri) for iri in broader),
    )


def _slug(iri: str) -> str:
    return iri.rsplit("/", 1)[1]
