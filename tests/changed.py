"""A Quartier with a past, for tests of the history.

1 Ada: the school. 2 Bo: Hoffest, with the school as Träger since 2021. 3 Ada: the school gets a new name.
4 Bo: it has been Träger since 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Statements

import graph
from builders import BASE, Quartier
from graph import changes
from ontology.terms import SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.changes import Change
    from graph.store import Store

SCHULE, HOFFEST, TRAEGER = f"{BASE}actor/schule", f"{BASE}project/hoffest", f"{BASE}involvement/1"


def statement(subject: str, path: str, text: str, *, source: str = "test", **more: str) -> Quad:
    """One statement in a data graph; `language` or `datatype` of the text."""
    if "datatype" in more:
        literal = Literal(text, datatype=NamedNode(more["datatype"]))
    else:
        literal = Literal(text, language=more.get("language", "de"))
    return Quad(NamedNode(subject), NamedNode(path), literal, NamedNode(f"{BASE}graph/data/{source}"))


def change(
    store: Store, added: Iterable[Quad], removed: Iterable[Quad] = (), *, author: str = "Ada", reason: str = "Grund"
) -> Change:
    """One change."""
    return changes.commit(store, added=added, removed=removed, author=author, reason=reason)


def quartier_with_a_past() -> Store:
    """The store with the four changes of above."""
    store, quartier = graph.open(None), Quartier()
    quartier.actor("Schule", sector="bildung")
    change(store, quartier.quads, reason="Anfang")
    quartier = Quartier()
    quartier.project("Hoffest", traeger=[SCHULE], start="2021")
    change(store, quartier.quads, author="Bo", reason="Neues Projekt")
    names = [statement(SCHULE, SKOS.prefLabel, name) for name in ("Grundschule", "Schule")]
    change(store, names[:1], names[1:], reason="Neuer Name")
    years = [statement(TRAEGER, SCHEMA.startDate, year, datatype=XSD.gYear) for year in ("2020", "2021")]
    change(store, years[:1], years[1:], author="Bo", reason="Schon früher")
    return store


def told(store: Store) -> set[Quad]:
    """What the history says must be there: every change, whole, in its order; values spelt as a store keeps them."""
    said = Statements()
    for one in reversed(changes.history(store, None)):
        added, removed = changes.quads(store, one.id)
        for quad in removed:
            said.remove(quad)
        said.extend(added)
    return set(said)
