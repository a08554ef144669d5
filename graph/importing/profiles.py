"""What stands below a heading: which share of a column's cells are days, money, names, marks …, and what fits a meaning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from graph.importing import values
from graph.importing.blanks import is_unknown
from ontology.concepts import concepts
from ontology.schema import entity_types
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.importing.grids import Cell

_SAMPLE: Final = 400
_DAYS: Final = frozenset({"start", "end", "last_confirmed", "date", "retrieved", "delete_by"})
_NAMES: Final = frozenset(
    {
        "name",
        "fund",
        "actor",
        "project_or_event",
        "member",
        "network",
        "from_actor",
        "to_actor",
        "programme",
        "payer",
        "project",
        "provider",
        "parent",
    }
)
_SCHEMES: Final = (
    "role",
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
        shares: share (0–1) of cells that look like "date", "period", "amount", "money", "url", "mail", "phone", "person",
            "postcode", "address", "mark", "body", "typed" (any of the values no name has), "yes", of those that are words
            of a list ("role", "target-group" …), and of those known as names of an entity type ("known:project" …).
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
    texts = [cell.text for cell in filled]
    seen = {name: sum(test(text) for text in texts) / len(texts) for name, test in _LOOKS.items()}
    seen["date"] = sum(
        isinstance(cell.value, dt.date) or bool(values.DATE.fullmatch(cell.text)) for cell in filled
    ) / len(filled)
    seen["period"] = max(
        seen["date"],
        sum(isinstance(cell.value, dt.date) or bool(values.PERIOD.fullmatch(cell.text)) for cell in filled)
        / len(filled),
    )
    seen["typed"] = sum(values.looks_typed(cell) for cell in filled) / len(filled)
    for scheme in _SCHEMES:
        seen[scheme] = sum(text.casefold() in _words(scheme) for text in texts) / len(texts)
    for type_name, names in vocabulary.items():
        seen[f"known:{type_name}"] = sum(text.casefold() in names for text in texts) / len(texts)
    shares = {name: share for name, share in seen.items() if share}
    return Profile(
        len(filled), len(set(texts)) / len(texts), sum(map(len, texts)) / len(texts), shares, _counts_up(texts)
    )


_LOOKS: Final = {
    "amount": lambda text: bool(values.AMOUNT.fullmatch(text)) and any(map(str.isdigit, text)),
    "year": lambda text: bool(values.YEAR.fullmatch(text)),
    "money": values.looks_like_money,
    "url": lambda text: bool(values.URL.match(text)),
    "mail": lambda text: bool(values.MAIL.search(text)),
    "phone": lambda text: bool(values.PHONE.fullmatch(text)),
    "person": values.looks_like_person,
    "postcode": lambda text: bool(values.POSTCODE.fullmatch(text)),
    "address": lambda text: bool(values.STREET.fullmatch(text.replace("\n", " "))),
    "mark": values.is_mark,
    "body": values.looks_like_body,
    "network": lambda text: bool(values.NETWORK.search(text)),
    "yes": lambda text: text.casefold() in ("ja", "nein", "j", "n", "x", "yes", "no", "true", "false"),
}


@cache
def _words(scheme: str) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for choice in concepts(scheme)
        for word in (*choice.label.values(), *choice.alternatives, choice.slug)
    )


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(text.rstrip(".")) for text in texts if text.rstrip(".").isdecimal() and len(text) < 7]
    steps = [after - before for before, after in zip(numbers, numbers[1:], strict=False)]
    return len(numbers) == len(texts) > 2 and sum(step == 1 for step in steps) >= 0.8 * len(steps) and numbers[0] < 1000


def fit(meaning: str, column: Profile) -> float:
    """How well a column's cells fit a meaning, 0–1; a column without cells fits any."""
    if not column.count:
        return 1.0
    name = meaning.rpartition(".")[2]
    if name in _DAYS or name == "period":
        return (
            1.0
            if column.share("period") >= 0.5
            else max(0.25, column.share("period") + 0.3)
            if name == "period"
            else 0.35
        )
    if name == "amount":
        return (
            1.0 if column.share("amount") >= 0.5 and column.share("date") < 0.9 else 0.3 + 0.5 * column.share("amount")
        )
    if name in ("website", "url"):
        return 1.0 if column.share("url") >= 0.4 else 0.35
    if name == "postcode":
        return 1.0 if column.share("postcode") >= 0.5 else 0.3
    if name == "role":
        return 1.0 if column.share("role") >= 0.4 else 0.3
    if name in ("email", "telephone"):
        return 1.0
    if meaning.startswith("link:") or name in _NAMES:
        strange = max(
            column.share("typed"),
            column.share("url"),
            column.share("mark"),
            column.share("date") if name != "name" else 0,
        )
        return max(0.2, 1.0 - 0.8 * strange)
    if _is_yes_or_no(meaning):
        return 1.0 if column.share("yes") >= 0.5 else 0.3
    return 1.0 if column.share("mark") < 0.9 and column.share("money") < 0.9 else 0.5


@cache
def _is_yes_or_no(meaning: str) -> bool:
    type_name, _, name = meaning.partition(".")
    kind = entity_types().get("actor" if type_name == "network" else type_name)
    return kind is not None and any(one.name == name and one.datatype == XSD.boolean for one in kind.fields)


def guesses(kind: str, column: Profile) -> list[tuple[str, float, str]]:
    """What a column may mean by its cells alone: meaning, how sure (0–1), and what they look like; surest first."""
    if not column.count:
        return []
    bodies = {
        "project": "link:",
        "event": "link:",
        "network": "link:mitglied",
        "actor": "link:tie",
    }.get(kind, "")
    by_look = [
        ("mail", "contact.email", 0.95, 0.4),
        ("phone", "contact.telephone", 0.9, 0.5),
        ("url", f"{kind}.website", 0.9, 0.6),
        ("postcode", f"{kind}.postcode", 0.85, 0.8),
        ("money", "project.amount", 0.6, 0.7),
        ("date", f"{kind}.start", 0.68, 0.7),
        ("date", f"{kind}.end", 0.6, 0.7),
        ("period", f"{kind}.period", 0.65, 0.6),
        ("address", f"{kind}.address" if kind in ("actor", "network", "place") else f"{kind}.places", 0.7, 0.6),
        ("project-status", "project.status", 0.6, 0.7),
        ("target-group", f"{kind}.target_groups", 0.6, 0.6),
        ("role", "involvement.role", 0.5, 0.7),
        ("actor-kind", f"{kind}.kind", 0.5, 0.7),
        ("sector", f"{kind}.sector", 0.5, 0.7),
        ("known:handlungsfeld", f"{kind}.handlungsfelder", 0.7, 0.5),
        ("known:programme", "project.fund", 0.7, 0.5),
        ("known:place", f"{kind}.places" if kind == "project" else f"{kind}.place", 0.7, 0.5),
        ("known:network", "link:mitglied_von", 0.7, 0.5),
        ("known:project", "link:in", 0.7, 0.5),
        ("known:actor", bodies, 0.7, 0.4),
        ("body", bodies, 0.5, 0.5),
        ("person", "contact.name", 0.5, 0.9),
    ]
    found = [
        (meaning, sure * column.share(look), look)
        for look, meaning, sure, least in by_look
        if column.share(look) >= least and meaning
    ]
    return sorted(found, key=lambda guess: -guess[1])
