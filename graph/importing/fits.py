"""What a column's cells say of its meaning: whether they fit one, and which they suggest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from graph.importing.synonyms import meanings
from ontology.schema import entity_types
from ontology.terms import XSD

if TYPE_CHECKING:
    from graph.importing.profiles import Profile

_NEEDED: Final = {
    **dict.fromkeys(("start", "end", "last_confirmed", "date", "retrieved", "delete_by"), ("timed", 0.4, 0.4)),
    "period": ("timed", 0.3, 0.5),
    "website": ("url", 0.4, 0.35),
    "url": ("url", 0.4, 0.35),
    "postcode": ("postcode", 0.5, 0.3),
    "role": ("role", 0.4, 0.3),
}
"""By field: what cells must look like, which share of them at least, and how well others fit."""

_NAMES_WORDS: Final = """
    name fund actor project_or_event member network from_actor to_actor programme payer project
    provider parent
"""
_NAMES: Final = frozenset(_NAMES_WORDS.split())


def fit(meaning: str, column: Profile) -> float:
    """How well a column's cells fit a meaning, 0–1; a column without cells fits any."""
    name = meaning.rpartition(".")[2]
    if not column.count or name in ("email", "telephone"):
        return 1.0
    if name in _NEEDED:
        look, least, otherwise = _NEEDED[name]
        return 1.0 if column.share(look) >= least else otherwise
    if name == "amount":
        return _fit_of_amount(column)
    if meaning == "contact.name":
        bodies = (
            max(column.share("behind"), column.share("body"), column.share("known:actor")) >= 0.6
            and column.share("mail") + column.share("phone") < 0.2
        )
        return 0.4 if bodies else 1.0
    if meaning.startswith("link:") or name in _NAMES:
        return _fit_of_name(column, named=name == "name")
    return _fit_of_text(meaning, column)


def _fit_of_text(meaning: str, column: Profile) -> float:
    if column.share("told") >= 0.6:  # who did what, whatever it is headed
        return 0.5
    if column.share("parted") >= 0.6:  # the part a body plays in what is named
        return 0.5
    if meaning.endswith((".place", ".places")) and column.share("number") >= 0.9:
        return 0.3
    if _is_yes_or_no(meaning):
        return 1.0 if column.share("yes") >= 0.5 else 0.3
    return 0.4 if max(column.share("mark"), column.share("money")) >= 0.9 or column.share("date") >= 0.7 else 1.0


def _fit_of_amount(column: Profile) -> float:
    if column.share("payer") >= 0.5:
        return 0.4
    if column.share("amount") >= 0.5 and column.share("date") < 0.9:
        return 1.0
    return 0.75 if column.share("digits") >= 0.7 and column.share("date") < 0.5 else 0.3


def _fit_of_name(column: Profile, *, named: bool) -> float:
    """Names are no values; what bodies do may be named like a year, what they are may not; people are not imported."""
    others = column.share("addressed") >= 0.5 or column.share("target-group") > 0.5
    if not named and (others or _tells_when(column)):
        return 0.3
    repeated = 0.97 if named and column.count > 3 and column.distinct <= 0.6 else 1.0  # another column may tell more
    looks = ("typed", "url", "mark", "number", "recurring", *(() if named else ("date", "period", "role")))
    return max(0.2, 1.0 - 0.8 * max(column.share(look) for look in looks)) * repeated


def _tells_when(column: Profile) -> bool:
    """Whether cells say when, in whatever words; names of clubs have years in them as well, but are known as bodies."""
    return column.share("when") >= 0.8 and column.share("body") < 0.3


@cache
def _is_yes_or_no(meaning: str) -> bool:
    type_name, _, name = meaning.partition(".")
    kind = entity_types().get("actor" if type_name == "network" else type_name)
    return kind is not None and any(one.name == name and one.datatype == XSD.boolean for one in kind.fields)


def guesses(kind: str, column: Profile) -> list[tuple[str, float, str]]:
    """What a column may mean by its cells alone: meaning, how sure (0–1), and what they look like; surest first."""
    if not column.count:
        return []
    bodies = (
        ""
        if column.share("programme") >= 0.6
        else {
            "project": "link:",
            "event": "link:",
            "network": "link:mitglied",
            "actor": "link:tie",
        }.get(kind, "")
    )
    by_look = [
        ("mail", "contact.email", 0.95, 0.4),
        ("phone", "contact.telephone", 0.9, 0.5),
        ("url", f"{kind}.website", 0.9, 0.6),
        ("postcode", f"{kind}.postcode", 0.85, 0.8),
        ("money", "project.amount", 0.6, 0.7),
        ("date", f"{kind}.start", 0.68, 0.7),
        ("date", f"{kind}.end", 0.6, 0.7),
        ("period", f"{kind}.period", 0.8, 0.6),
        ("when", f"{kind}.period", 0.78, 0.8),
        ("address", f"{kind}.address" if kind in ("actor", "network", "place") else f"{kind}.places", 0.7, 0.6),
        ("project-status", "project.status", 0.6, 0.7),
        ("target-group", f"{kind}.target_groups", 0.6, 0.6),
        ("role", "involvement.role", 0.75, 0.7),
        ("actor-kind", f"{kind}.kind", 0.5, 0.7),
        ("sector", f"{kind}.sector", 0.5, 0.7),
        ("known:handlungsfeld", f"{kind}.handlungsfelder", 0.7, 0.5),
        ("known:programme", "project.fund", 0.7, 0.5),
        ("known:place", f"{kind}.places" if kind == "project" else f"{kind}.place", 0.7, 0.5),
        ("network", "link:mitglied_von" if kind == "actor" else "", 0.8, 0.6),
        ("known:network", "link:mitglied_von", 0.7, 0.5),
        ("known:project", "link:in", 0.7, 0.5),
        ("known:actor", bodies, 0.9, 0.4),
        ("programme", "project.fund" if kind == "project" else "", 0.95, 0.6),
        ("parted", "link:in" if kind == "actor" else bodies if kind in ("project", "event") else "", 0.95, 0.6),
        ("told", bodies if kind in ("project", "event") else "", 0.95, 0.6),
        ("names", bodies if kind != "actor" else "", 0.85, 0.6),
        ("body", bodies, 0.5, 0.5),
        ("addressed", "contact.name", 0.9, 0.5),
        ("person", "contact.name", 0.5, 0.9),
    ]
    found = [
        (meaning, sure * column.share(look), look)
        for look, meaning, sure, least in by_look
        if column.share(look) >= least and meaning in meanings()
    ]
    if bodies and bodies != "link:tie" and column.share("nominal") >= 0.9 and _are_some_bodies(column):
        found.append((bodies, 0.6, "body"))
    return sorted(found, key=lambda guess: -guess[1])


def _are_some_bodies(column: Profile) -> bool:
    """Whether among short names enough are known, or read like bodies, for the others to be bodies as well."""
    sure = max(column.share("known:actor"), column.share("body"))
    others = (
        "person",
        "address",
        "recurring",
        "project-status",
        "target-group",
        "sector",
        "actor-kind",
        "known:project",
    )
    return sure >= 0.3 and max(map(column.share, others)) < 0.3
