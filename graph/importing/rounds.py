"""Which Handlungsfeld a text means: by number, letter or name, and always within one round."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graph.importing import stock
from graph.importing.blanks import is_unknown
from ontology.terms import PN, SKOS

if TYPE_CHECKING:
    from graph.store import Store

_MARK: Final = re.compile(r"^(?:HF|Handlungsfeld(?:er)?|Feld)\b\.?\s*:?\s*", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^(?P<number>[0-9]{1,2}|[IVX]{1,4}|[A-Z]{1,3})\b(?:\s*[.:)–-]\s*|\s+|$)(?P<name>.*)$")
_BETWEEN: Final = re.compile(r"\s*(?:[;\n|+&]|,(?=\s*(?:HF\b|[0-9A-Z]{1,2}\b(?!\w)))|/)\s*")


class Fields:
    """The Handlungsfelder of a store.

    Args:
        store: where they are.
        chosen: slug of the round that is meant where a text does not say; "" if nobody said.
    """

    def __init__(self, store: Store, chosen: str = "") -> None:
        self._chosen = chosen
        self._by_number: dict[str, dict[str, str]] = defaultdict(dict)
        self._by_name: dict[str, dict[str, str]] = defaultdict(dict)
        for field in stock.entries(store, "handlungsfeld"):
            round_ = next(iter(field.facts.get(PN.round, [""]))).rpartition("/")[2]
            for number in field.facts.get(SKOS.notation, ()):
                self._by_number[_plain(number)][round_] = field.slug
            for name in field.names:
                self._by_name[_plain(name)][round_] = field.slug

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def find(self, text: str) -> tuple[list[str], list[str], tuple[str, ...]]:
        """What a text means.

        Returns:
            The slugs of the fields; the parts of the text nobody knows; the rounds between which a person must choose.
        """
        found: list[str] = []
        unknown: list[str] = []
        rounds: set[str] = set()
        for part in self._parts(text):
            options = self._options(part)
            here = options.get(self._chosen) if self._chosen else None
            if here or len(options) == 1:
                found.append(here or next(iter(options.values())))
            elif options and not self._chosen:
                rounds |= set(options)
            else:
                unknown.append(part)
        return found, unknown, tuple(sorted(rounds))

    def _parts(self, text: str) -> list[str]:
        """One field per part; a name that is known whole is not split."""
        if self._options(text):
            return [text]
        return [part for part in _BETWEEN.split(text) if part and not is_unknown(part)]

    def _options(self, text: str) -> dict[str, str]:
        """Slugs by round."""
        round_, _, number = text.partition(":")
        if (fields := self._by_number.get(_plain(number), {})) and round_.strip() in fields:
            return {round_.strip(): fields[round_.strip()]}
        bare = _MARK.sub("", text.strip())
        if named := self._by_name.get(_plain(bare)):
            return named
        numbered = _NUMBERED.match(bare)
        if not numbered:
            return {}
        named = self._by_name.get(_plain(numbered["name"]), {})
        return named or self._by_number.get(_plain(numbered["number"]), {})


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold().replace(" u. ", " und ").replace("&", " und "))
