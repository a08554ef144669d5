"""Questions the office asks the graph: ready SPARQL texts, each with its title and a sentence in German and English.

They lie in `queries/questions/`. Unlike the named queries beside them no code relies on them: they are read, run in
the sandbox like a stranger's query, changed and learned from. Their headers say more than others': the theme, and
what a person reads in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph import query
from ontology.terms import DCTERMS, GEO, ORG, PN, PNS, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES: Mapping[str, Mapping[str, str]] = {
    "vernetzung": {"de": "Wer arbeitet mit wem?", "en": "Who works with whom?"},
    "luecken": {"de": "Wer oder was fehlt?", "en": "Who or what is missing?"},
    "geld": {"de": "Woher kommt das Geld?", "en": "Where does the money come from?"},
    "orte": {"de": "Wo geschieht es?", "en": "Where does it happen?"},
    "runden": {"de": "Was planen wir?", "en": "What do we plan?"},
    "belege": {"de": "Wie sicher ist das?", "en": "How certain is it?"},
}
"""Theme → its heading by language, in the order in which they are shown."""

PREFIXES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "pn": (str(PN), {"de": "unsere Begriffe: Akteur, Projekt, Beteiligung …", "en": "our terms: actor, project, involvement …"}),
    "pns": (str(PNS), {"de": "unsere Listen: Arten, Bereiche, Rollen …", "en": "our lists: kinds, sectors, roles …"}),
    "skos": (str(SKOS), {"de": "Namen und Handlungsfelder", "en": "names and fields of action"}),
    "org": (str(ORG), {"de": "Mitgliedschaften, Zugehörigkeit, Sitz", "en": "memberships, belonging, seat"}),
    "schema": (str(SCHEMA), {"de": "Beginn, Ende, Adresse, Website", "en": "start, end, address, website"}),
    "dcterms": (str(DCTERMS), {"de": "Beschreibungen, Titel der Quellen", "en": "descriptions, titles of sources"}),
    "prov": (str(PROV), {"de": "woher eine Angabe stammt", "en": "where a fact comes from"}),
    "geo": (str(GEO), {"de": "Lage auf der Karte", "en": "position on the map"}),
    "xsd": (str(XSD), {"de": "Datum, Zahl, Ja/Nein", "en": "date, number, yes/no"}),
    "rdf": (str(RDF), {"de": "Grundbegriffe", "en": "basic terms"}),
    "rdfs": (str(RDFS), {"de": "Bezeichnungen der Begriffe selbst", "en": "labels of the terms themselves"}),
}
"""Prefix → (namespace IRI, what it holds by language), in the order in which they are explained."""


@dataclass(frozen=True)
class Question:
    """One ready question.

    Attributes:
        name: the file's stem, in German words.
        theme: key of `THEMES`.
        title: the question itself, by language ("de", "en").
        says: one sentence on how the answer is to be read, by language.
        text: the SPARQL, without the header.
    """

    name: str
    theme: str
    title: Mapping[str, str]
    says: Mapping[str, str]
    text: str


@cache
def questions() -> tuple[Question, ...]:
    """All ready questions, by theme and name."""
    found = [_question(named) for named in query.catalogue() if named.name.startswith("questions/")]
    order = list(THEMES)
    return tuple(sorted(found, key=lambda question: (order.index(question.theme), question.name)))


def _question(named: query.NamedQuery) -> Question:
    """A question from its file: the usual header lines and `# Theme:`, `# Frage:`, `# Sagt:`, `# Says:`."""
    header, _, text = named.text.partition("\n\n")
    said = dict(line.lstrip("# ").split(": ", 1) for line in header.splitlines()[1:])
    return Question(
        name=named.name.removeprefix("questions/"),
        theme=said["Theme"],
        title={"de": said["Frage"], "en": named.sentence},
        says={"de": said["Sagt"], "en": said["Says"]},
        text=text.strip() + "\n",
    )
