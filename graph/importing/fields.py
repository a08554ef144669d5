"""Values as the fields of an entry want them; what a field cannot take is kept in the entry's note, and said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph import entries
from graph.errors import BadInput
from graph.importing import kinds
from graph.importing.facts import Problem, Value
from graph.importing.further_names import parts
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importing.entities import Cast, Entity
    from graph.importing.facts import Facts, Spot
    from graph.importing.rounds import Fields
    from ontology.schema import Field

_LIST: Final = re.compile(r"\s*(?:[,;/\n|+&]|\bund\b|\bsowie\b)\s*")
_URLS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_GENERAL_KINDS: Final = {"Agency": "verwaltung-und-behoerden", "Network": "gremien-und-netzwerke"}


@dataclass
class Filled:
    """The fields of one entry or link: texts by field name, as `graph.entries.term` reads them; links as slugs.

    Attributes:
        notes: what no field could take.
        guessed: fields that no cell fills, but the name of the entry.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)


class Filler:
    """Fills the fields of entries.

    Args:
        cast: who is who.
        fields: the Handlungsfelder of the store.
        facts: problems are added to it.
    """

    def __init__(self, cast: Cast, fields: Fields, facts: Facts) -> None:
        self._cast, self._fields, self._facts = cast, fields, facts
        self._said: set[str] = set()
        self._readable: dict[tuple[int, str], bool] = {}

    def entity(self, entity: Entity) -> Filled:
        """The fields of an entry, without its name."""
        filled = self._filled(entity.type_name, entity.values)
        names = [name for name in sorted(entity.spellings) if entries.text(name) != entity.label]
        if names and "other_names" in entity_types()[entity.type_name].by_name:
            filled.texts["other_names"] = list(dict.fromkeys([*filled.texts.get("other_names", ()), *names]))
        if entity.type_name == "actor":
            self._describe(entity, filled)
        return filled

    def link(self, kind: str, values: tuple[Value, ...]) -> Filled:
        """The fields of a link that are its own."""
        by_field: dict[str, list[Value]] = {}
        for value in values:
            by_field.setdefault(value.field, []).append(value)
        return self._filled(kind, by_field)

    def _filled(self, type_name: str, values: dict[str, list[Value]]) -> Filled:
        filled = Filled()
        fields = entity_types()[type_name].by_name
        for name, found in values.items():
            for value in found:
                if name == "note":
                    _add(filled.notes, value.text)
                elif name not in fields or name in ("name", "type"):
                    _add(filled.notes, _in_words(value))
                else:
                    self._fill(filled, fields[name], value)
        if filled.notes:
            filled.texts["note"] = ["\n".join(filled.notes)]
        return filled

    def _fill(self, filled: Filled, kind: Field, value: Value) -> None:
        texts = list(self._texts(filled, kind, value))
        present = filled.texts.setdefault(kind.name, [])
        for text in texts:
            if kind.many or not present:
                _add(present, text)
            elif text not in present:
                self._problem(value.spot, "several values", field=kind.label["de"], first=present[0], other=text)
                _add(filled.notes, _in_words(value))
        if not present:
            del filled.texts[kind.name]

    def _texts(self, filled: Filled, kind: Field, value: Value) -> Iterator[str]:
        """The readable texts of a value; the rest goes to the notes."""
        if value.mention and value.mention.group == "place" and self._cast.hosts(value.text):
            return  # said by the link of the body that hosts
        if value.mention:
            yield self._cast.entity(value.mention).slug
        elif kind.links_to == ("handlungsfeld",):
            yield from self._handlungsfelder(filled, value)
        elif kind.links_to == ("source",):
            yield from _urls(filled, value)
        elif kind.links_to:
            _add(filled.notes, _in_words(value))
        elif kind.choices:
            yield from self._choices(filled, kind, value)
        else:
            yield from self._literals(filled, kind, value)

    def _handlungsfelder(self, filled: Filled, value: Value) -> Iterator[str]:
        found, unknown, rounds = self._fields.find(value.text)
        yield from found
        if not unknown and not rounds:
            return
        _add(filled.notes, f"Handlungsfeld: {value.text}")
        what = "which round" if rounds else "unknown field" if self._fields else "no rounds"
        # One sentence for each field, or for a whole column where nothing can be known: the notes of the rows have it.
        about = value.text if self._fields else f"{value.spot.file}/{value.spot.sheet}/{value.heading}"
        if about not in self._said:
            self._said.add(about)
            self._problem(value.spot, what, text=value.text, rounds=", ".join(rounds))

    @staticmethod
    def _choices(filled: Filled, kind: Field, value: Value) -> Iterator[str]:
        whole = _choice(kind, value.text)
        pieces = [value.text] if whole or not kind.many else [part for part in _LIST.split(value.text) if part]
        for part in pieces:
            choice = _choice(kind, part) or (kinds.kind_of(part) if kind.scheme == "actor-kind" else None)
            if choice:
                yield choice
            if kind.name == "status" and part.casefold() != choice:
                _add(filled.texts.setdefault("status_text", []), part)
            elif not choice:
                _add(filled.notes, f"{value.heading or kind.label['de']}: {part}")

    def _literals(self, filled: Filled, kind: Field, value: Value) -> Iterator[str]:
        several = parts(value.text) if kind.name in ("other_names", "short_name") else [value.text]
        for part in several if kind.many else several[:1]:
            text = entries.text(part)
            if kind.name == "website" and re.match(r"(?!https?:)[\w-]+(\.[\w-]+)+", text):
                text = f"https://{text}"
            if not self._can_be(kind, text):
                self._problem(value.spot, "unreadable value", field=kind.label["de"], text=part)
                _add(filled.notes, _in_words(value))
            else:
                yield text

    def _can_be(self, kind: Field, text: str) -> bool:
        """Whether a field can take a text; long lists say the same things again and again."""
        key = (id(kind), text)
        if key not in self._readable:
            try:
                entries.term(kind, text)
            except BadInput:
                self._readable[key] = False
            else:
                self._readable[key] = True
        return self._readable[key]

    @staticmethod
    def _describe(entity: Entity, filled: Filled) -> None:
        """Kind and sector of an actor, as far as its name or the list tells."""
        names = [entity.label, *sorted(entity.spellings, key=lambda name: (-len(name), name))]
        filled.guessed |= {"kind", "sector"} - set(filled.texts)
        slug = next(iter(filled.texts.get("kind", ())), None)
        slug = slug or next(filter(None, map(kinds.kind_of, names)), None) or _GENERAL_KINDS.get(entity.klass)
        if slug:
            filled.texts["kind"] = [slug]
        sector = kinds.sector_of(slug) or {"Agency": "verwaltung", "Network": "netzwerk"}.get(entity.klass)
        if sector and "sector" not in filled.texts:
            filled.texts["sector"] = [sector]

    def _problem(self, spot: Spot, what: str, **facts: object) -> None:
        self._facts.problems.append(Problem(spot, "warning", what, facts))


def _urls(filled: Filled, value: Value) -> Iterator[str]:
    found = [url if "://" in url else f"https://{url}" for url in _URLS.findall(value.text)]
    yield from filter(entries.is_address, found)
    if not found or not all(map(entries.is_address, found)):
        _add(filled.notes, _in_words(value))


def _choice(kind: Field, text: str) -> str | None:
    """The slug of what is chosen, or None."""
    try:
        iri = entries.term(kind, text).value
    except BadInput:
        return None
    return next(choice.slug for choice in kind.choices if choice.iri == iri)


def _in_words(value: Value) -> str:
    return f"{value.heading or value.field}: {value.text}"


def _add(texts: list[str], text: str) -> None:
    if text not in texts:
        texts.append(text)
