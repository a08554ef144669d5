"""Questions the office asks the graph: ready SPARQL texts, each with its title and a sentence in German and English.

They lie in `queries/questions/`. Unlike the named queries beside them no code relies on them: they are read, run in
the sandbox like a stranger's query, changed and learned from. Their headers say more than others': the theme, and
what a person reads in both languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.query import FOLDER
from ontology.terms import DCTERMS, GEO, ORG, PN, PNS, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
    "pn": (
        str(PN),
        {"de": "unsere Begriffe: Akteur, Projekt, Beteiligung …", "en": "our terms: actor, project, involvement …"},
    ),
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

NAMESPACES: Mapping[str, str] = {prefix: namespace for prefix, (namespace, _) in PREFIXES.items()}
"""Prefix → namespace IRI."""


@dataclass(frozen=True)
class Question:
    """One ready question.

    Attributes:
        name: the file's stem, in German words.
        theme: key of `THEMES`.
        title: the question itself, by language ("de", "en").
        says: one sentence on how the answer is to be read, by language.
        returns: the columns of its answer.
        text: the SPARQL, without the header.
    """

    name: str
    theme: str
    title: Mapping[str, str]
    says: Mapping[str, str]
    returns: tuple[str, ...]
    text: str


@cache
def questions() -> tuple[Question, ...]:
    """All ready questions, by theme and name."""
    found = [_question(path) for path in (FOLDER / "questions").glob("*.rq")]
    order = list(THEMES)
    return tuple(sorted(found, key=lambda question: (order.index(question.theme), question.name)))


def _question(path: Path) -> Question:
    """A question from its file: the usual header lines and `# Theme:`, `# Frage:`, `# Sagt:`, `# Says:`."""
    header, _, text = path.read_text("utf-8").partition("\n\n")
    title, *lines = (line.removeprefix("# ") for line in header.splitlines())
    said = dict(line.split(": ", 1) for line in lines)
    return Question(
        name=path.stem,
        theme=said["Theme"],
        title={"de": said["Frage"], "en": title},
        says={"de": said["Sagt"], "en": said["Says"]},
        returns=tuple(re.findall(r"\?(\w+)", said["Returns"])),
        text=text.strip() + "\n",
    )
