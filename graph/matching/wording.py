"""Reasons of the matching as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FOR: Final = {
    "name": ("Beide heißen gleich.", "Both are called the same."),
    "alike": ("Die Namen gleichen sich.", "The names are alike."),
    "former name": ("Das eine hieß früher wie das andere: {}.", "One was called like the other before: {}."),
    "abbreviation": ("„{}“ ist eine Abkürzung des anderen Namens.", "“{}” abbreviates the other name."),
    "spelling": ("Die Namen unterscheiden sich nur in Buchstaben: {}.", "The names differ in letters only: {}."),
    "words joined": ("Nur anders zusammengeschrieben: {}.", "Only written as one word or two: {}."),
    "descriptive word": ("Nur ein beschreibendes Wort ist anders: {}.", "Only a describing word differs: {}."),
    "area left out": ("Nur eine Ortsangabe fehlt bei einem: {}.", "Only the name of an area is missing in one: {}."),
    "successor": ("Dieselbe Behörde nach einer Umbenennung: {}.", "The same authority after a renaming: {}."),
    "contained": (
        "Der eine Name steckt im anderen; dort steht noch: {}.",
        "One name is part of the other, which adds: {}.",
    ),
    "brackets": ("Gleich bis auf die Klammer: {}.", "The same but for the brackets: {}."),
    "kind": ("Fast gleich, nur die Art heißt anders: {}.", "Almost the same, only the kind is called: {}."),
    "website": ("Beide haben dieselbe Website: {}.", "Both have the same website: {}."),
    "address": ("Beide haben dieselbe Adresse: {}.", "Both have the same address: {}."),
    "street": ("Beide haben mit derselben Straße zu tun: {}.", "Both have to do with the same street: {}."),
    "place": ("Beide sind am selben Ort: {}.", "Both are at the same place: {}."),
    "network": ("Beide gehören zu: {}.", "Both belong to: {}."),
    "carrier": ("Beide haben denselben Träger: {}.", "Both have the same Träger: {}."),
}  # fmt: skip
_AGAINST: Final = {
    "legal form": ("Die Rechtsform ist eine andere: {}.", "The legal form is another: {}."),
    "venue and association": (
        "„{}“ kann das Haus sein oder ein Verein, der so heißt.",
        "“{}” may be the building or an association called like it.",
    ),
    "number": ("Die Nummer ist eine andere: {}.", "The number is another: {}."),
    "year": ("Das Jahr ist ein anderes: {}.", "The year is another: {}."),
    "other website": ("Die Websites sind verschieden: {}.", "The websites differ: {}."),
    "other address": ("Die Adressen sind verschieden: {}.", "The addresses differ: {}."),
    "other place": ("Die Orte sind verschieden: {}.", "The places differ: {}."),
    "other kind": ("Die Art ist eine andere.", "They are of different kinds."),
    "other period": ("Das eine lief erst nach dem anderen.", "One ran only after the other."),
    "tie": ("Zwischen beiden ist eine Verbindung eingetragen.", "A link between the two is on record."),
    "beside": ("Eine Quelle nennt beide nebeneinander bei: {}.", "One source names both side by side at: {}."),
}  # fmt: skip
_OTHER: Final = ("{}", "{}")


@dataclass(frozen=True)
class Said:
    """A reason in words.

    Attributes:
        kind: as in `graph.matching.REASONS`, or of a further fact ("network").
        de, en: the sentence.
        is_doubt: whether it speaks against.
    """

    kind: str
    de: str
    en: str
    is_doubt: bool

    def in_language(self, language: str) -> str:
        """The sentence in `language` ("en"), in German for every other."""
        return self.en if language == "en" else self.de


def said(kind: str, detail: str = "") -> Said:
    """A reason of the matching, "kind" or "kind: detail" taken apart, as a sentence."""
    german, english = _FOR.get(kind) or _AGAINST.get(kind) or _OTHER
    named = (detail or kind).removesuffix(".")
    return Said(kind, german.format(named), english.format(named), kind in _AGAINST)
