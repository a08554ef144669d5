"""A change in a line or a few: for lists, spreadsheets and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.directory.values import shortened
from graph.history.sentences import day, plain
from graph.history.story import story
from graph.history.touched import counts, touched
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.directory import Value
    from graph.history.story import Item, Line
    from graph.history.touched import Count
    from graph.store import Store

ACTIONS = {
    "de": {"added": "neu angelegt", "changed": "geändert", "removed": "entfernt"},
    "en": {"added": "added", "changed": "changed", "removed": "removed"},
}
_OTHER = {"de": ("Angabe", "Angaben"), "en": ("statement", "statements")}
_DATES = frozenset({"start", "end", "date", "retrieved", "last_confirmed"})
_TOLD = 3
"""Up to so many entries a summary names them; more are counted."""


def summary(store: Store, change_id: str, language: str = "de") -> str:
    """What a change did, in one line: the entries if they are few, else how many of each kind.

    Kept per data version, because lists and spreadsheets ask for many.
    """
    known: dict[tuple[str, str], str] = store.cached("history-summaries", dict)
    key = change_id, language
    if key not in known:
        known[key] = _summary(store, change_id, language)
    return known[key]


def item_text(item: Item, language: str) -> str:
    """An entry and what happened to it: "Schule geändert: Name: Schule → Grundschule"."""
    name = plain(item.sentence) or item.ref.label
    text = f"{name} – {ACTIONS[language][item.action]}"
    if item.action == "changed" and item.lines:
        text += ": " + "; ".join(line_text(line, language) for line in item.lines)
    return text


def line_text(line: Line, language: str) -> str:
    """A field and its values: "Name: alt → neu", "Weitere Namen: + neu", "Website: − alt"."""
    old, new = (_joined(line, values, language) for values in (line.before, line.after))
    if old and new:
        return f"{line.label}: {old} → {new}"
    return f"{line.label}: + {new}" if new else f"{line.label}: − {old}"


def counts_text(found: Iterable[Count], language: str = "de") -> str:
    """How many entries of each kind came, changed and went: "34 Akteure, 12 Projekte neu angelegt; 1 Ort geändert"."""
    by_action: dict[str, list[str]] = {}
    for count in found:
        by_action.setdefault(count.action, []).append(f"{count.number} {kind_text(count.kind, count.number, language)}")
    return "; ".join(
        f"{', '.join(by_action[action])} {word}" for action, word in ACTIONS[language].items() if action in by_action
    )


def kind_text(kind: str, number: int, language: str) -> str:
    """What so many entries of a kind are called."""
    if kind not in entity_types():
        return _OTHER[language][number != 1]
    entity = entity_types()[kind]
    return (entity.label if number == 1 else entity.plural_label)[language]


def _summary(store: Store, change_id: str, language: str) -> str:
    main = [one for one in touched(store, change_id) if one.kind != "source"] or touched(store, change_id)
    if len(main) > _TOLD:
        return counts_text(counts(main), language)
    told = story(store, change_id, language=language, length=_TOLD).items
    return "; ".join(shortened(item_text(item, language), 200) for item in told[: len(main)])


def _joined(line: Line, values: Iterable[Value], language: str) -> str:
    texts = (day(value.text, language) if line.name in _DATES else value.text for value in values)
    return ", ".join(shortened(text, 120) for text in texts)
