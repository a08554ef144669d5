"""What stands below a heading: which share of a column's cells are days, money, names or marks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graph.importing import kinds, values
from graph.importing.amounts import is_foreign
from graph.importing.blanks import is_unknown
from graph.importing.headings import tight
from graph.importing.passages import role_in, role_of, role_passages
from ontology.concepts import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.importing.grids import Cell

_SAMPLE: Final = 400
_LETTERS: Final = 200
_BRACKETS: Final = re.compile(r"\(([^()]{1,40})\)")
_PROJECTS: Final = frozenset({"projekt", "massnahme", "vorhaben", "teilprojekt", "kleinprojekt"})
"""Words that say of a row that it is a project."""
_SCHEMES: Final = (
    "tie-kind",
    "target-group",
    "actor-kind",
    "sector",
    "project-status",
    "resource",
    "place-kind",
    "programme-kind",
)


@dataclass(frozen=True)
class Profile:
    """A column's cells, those left out that say that nothing is known.

    Attributes:
        count: how many are filled. distinct: share of different texts among them (0–1). length: mean number of letters.
        shares: share (0–1) of cells that look like "date", "period", "amount", "money", "url", "mail", "phone",
            "person", "postcode", "address", "mark", "body", "typed" (any of the values no name has), "yes" …, of those
            that are words of a list ("role", "target-group" …), and of those known as names of an entity type
            ("known:project" …).
        running: they count up by one.
    """

    count: int
    distinct: float = 0.0
    length: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)
    running: bool = False

    def share(self, name: str) -> float:
        """Share of cells that look like that, 0 if there are none."""
        return self.shares.get(name, 0.0)


def profile(cells: Iterable[Cell], vocabulary: Mapping[str, frozenset[str]]) -> Profile:
    """The profile of a column.

    Args:
        cells: its cells below the heading.
        vocabulary: known names in lower case, by entity type.
    """
    filled = [cell for cell in cells if cell.text and not is_unknown(cell.text)][:_SAMPLE]
    if not filled:
        return Profile(0)
    texts = [cell.text[:_LETTERS] for cell in filled]
    seen = {name: sum(test(text) for text in texts) / len(texts) for name, test in _LOOKS.items()}
    days = [
        isinstance(cell.value, dt.date) or bool(values.DATE.fullmatch(text))
        for cell, text in zip(filled, texts, strict=True)
    ]
    seen["date"] = sum(days) / len(filled)
    periods = (day or bool(values.PERIOD.fullmatch(text)) for day, text in zip(days, texts, strict=True))
    seen["period"] = sum(periods) / len(filled)
    seen["typed"] = sum(values.looks_typed(cell) for cell in filled) / len(filled)
    for scheme in _SCHEMES:
        seen[scheme] = sum(text.casefold() in _words(scheme) for text in texts) / len(texts)
    for type_name, names in vocabulary.items():
        seen[f"known:{type_name}"] = sum(_is_known(text, names) for text in texts) / len(texts)
    shares = {name: share for name, share in seen.items() if share}
    return Profile(
        len(filled), len(set(texts)) / len(texts), sum(map(len, texts)) / len(texts), shares, _counts_up(texts)
    )


_LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    "timed": lambda text: bool(values.TIMED.search(text)),
    "payer": lambda text: bool(values.PAYER.match(text)) and not values.AMOUNT.fullmatch(text),
    "when": lambda text: bool(values.TIMED.search(_unremarked(text))) and not values.looks_paid(text),
    "digits": lambda text: any(map(str.isdigit, text)),
    "amount": lambda text: bool(values.AMOUNT.fullmatch(text)) and any(map(str.isdigit, text)),
    "foreign": lambda text: any(map(str.isdigit, text)) and is_foreign(text),
    "year": lambda text: bool(values.YEAR.fullmatch(text)),
    "money": values.looks_like_money,
    "priced": values.is_priced,
    "clock": lambda text: bool(values.CLOCK.fullmatch(text)),
    "url": lambda text: bool(values.URL.match(text)),
    "mail": lambda text: bool(values.MAIL.search(text)),
    "phone": lambda text: bool(values.PHONE.fullmatch(text)),
    "person": values.looks_like_person,
    "behind": lambda text: bool(_first_behind(text)),
    "addressed": lambda text: bool(values.PERSON.match(text)) and not _first_behind(text),
    "postcode": lambda text: bool(values.POSTCODE.fullmatch(text)),
    "address": lambda text: bool(values.STREET.fullmatch(text.replace("\n", " "))),
    "mark": values.is_mark,
    "body": values.looks_like_body,
    "names": values.lists_bodies,
    "network": lambda text: bool(values.NETWORK.search(text)),
    "number": lambda text: text.rstrip(".").isdigit(),
    "role": lambda text: role_in(text) is not None,
    "sign": lambda text: values.is_mark(text) or role_in(text) is not None,
    "parted": lambda text: any(role_of(inside) for inside in _BRACKETS.findall(text)),
    "told": lambda text: len(text) >= _SENTENCE and _begins_with_role(text),
    "programme": kinds.sounds_like_programme,
    "of projects": lambda text: tight(text) in _PROJECTS,
    "recurring": lambda text: bool(values.RECURRING.fullmatch(text)),
    "nominal": values.may_name,
    "several": lambda text: bool(re.search(r"[,;\n]", text)),
    "titles": lambda text: bool(values.TITLES.search(text)),
    "code": lambda text: bool(values.CODE.fullmatch(text)),
    "yes": lambda text: text.casefold() in ("ja", "nein", "j", "n", "x", "yes", "no", "true", "false"),
}


_SENTENCE: Final = 12
"""Characters of a text that says which role it gives to whom."""


def _begins_with_role(text: str) -> bool:
    """Whether a text gives somebody a role in so many words: "Getragen von AWO in Kooperation mit Kita Nord"."""
    told = role_passages(text, lambda _: False)
    return bool(told) and told[0].role is not None and told[0].start > 0


def _first_behind(text: str) -> str:
    """The body in brackets behind the first person of a cell."""
    first, bracket, _ = text.partition(")")
    return values.body_behind(first + bracket)


def _unremarked(text: str) -> str:
    """A text without its brackets, where anything stands outside them: "Lesezelt (2020)" is a title, no time."""
    bare = re.sub(r"\([^()]*\)", " ", text)
    return bare if re.search(r"\w", bare) else text


@cache
def _words(scheme: str) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for choice in concepts(scheme)
        for word in (*choice.label.values(), *choice.alternatives, choice.slug)
    )


def _is_known(text: str, names: frozenset[str]) -> bool:
    """Whether a text is a known name, or mostly known names."""
    pieces = [piece for piece in re.split(r"\s*[,;\n|]\s*", text.casefold()) if piece]
    return text.casefold() in names or sum(piece in names for piece in pieces) * 2 > len(pieces)


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(text.rstrip(".")) for text in texts if text.rstrip(".").isdecimal() and len(text) < 7]
    steps = [after - before for before, after in pairwise(numbers)]
    return len(numbers) == len(texts) > 2 and sum(step == 1 for step in steps) >= 0.8 * len(steps) and numbers[0] < 1000
