"""Questions the office asks the graph: ready SPARQL texts, each with its title and a sentence in German and English.

They lie in `queries/questions/*.rq`. Unlike the named queries beside them nobody's code relies on them: they are read,
run in the sandbox like a stranger's query, changed and learned from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

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
    "pn": (
        "https://w3id.org/pankenetz/ns#",
        {"de": "unsere Begriffe: Akteur, Projekt, Beteiligung …", "en": "our terms: actor, project, involvement …"},
    ),
    "pns": (
        "https://w3id.org/pankenetz/scheme/",
        {"de": "unsere Listen: Arten, Bereiche, Rollen …", "en": "our lists: kinds, sectors, roles …"},
    ),
    "skos": (
        "http://www.w3.org/2004/02/skos/core#",
        {"de": "Namen und Handlungsfelder", "en": "names and fields of action"},
    ),
    "org": (
        "http://www.w3.org/ns/org#",
        {"de": "Mitgliedschaften, Zugehörigkeit, Sitz", "en": "memberships, belonging, seat"},
    ),
    "schema": (
        "https://schema.org/",
        {"de": "Beginn, Ende, Adresse, Website", "en": "start, end, address, website"},
    ),
    "dcterms": (
        "http://purl.org/dc/terms/",
        {"de": "Beschreibungen, Titel der Quellen", "en": "descriptions, titles of sources"},
    ),
    "prov": (
        "http://www.w3.org/ns/prov#",
        {"de": "woher eine Angabe stammt", "en": "where a fact comes from"},
    ),
    "geo": (
        "http://www.opengis.net/ont/geosparql#",
        {"de": "Lage auf der Karte", "en": "position on the map"},
    ),
    "xsd": (
        "http://www.w3.org/2001/XMLSchema#",
        {"de": "Datum, Zahl, Ja/Nein", "en": "date, number, yes/no"},
    ),
    "rdf": (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        {"de": "Grundbegriffe", "en": "basic terms"},
    ),
    "rdfs": (
        "http://www.w3.org/2000/01/rdf-schema#",
        {"de": "Bezeichnungen der Begriffe selbst", "en": "labels of the terms themselves"},
    ),
}
"""Prefix → (namespace IRI, what it holds by language), in the order in which they are explained."""

_HEADER = re.compile(r"^#\s*(theme|title|says)(?:@(de|en))?:\s*(.+)$")


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
    folder = files("graph") / "queries" / "questions"
    found = [_read(path.name[:-3], path.read_text("utf-8")) for path in folder.iterdir() if path.name.endswith(".rq")]
    order = list(THEMES)
    return tuple(sorted(found, key=lambda question: (order.index(question.theme), question.name)))


def _read(name: str, file_text: str) -> Question:
    """A question from its file: header lines `# theme:`, `# title@de:` …, a blank line, the SPARQL."""
    header, _, text = file_text.partition("\n\n")
    said: dict[str, dict[str, str]] = {"theme": {}, "title": {}, "says": {}}
    for line in header.splitlines():
        if match := _HEADER.match(line):
            said[match[1]][match[2] or ""] = match[3].strip()
    return Question(name, said["theme"][""], said["title"], said["says"], text.strip() + "\n")
