"""What is compared, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

Outcome = Literal["same", "unsure", "new"]


@dataclass(frozen=True)
class Body:
    """A body, as far as it is known.

    Attributes:
        key: what the caller tells bodies apart by.
        names: all names and spellings met, the main one first.
        former: names it had before.
        abbreviations: short forms ("HdJ").
        legal_form: where it stands beside the name ("e.V.").
        address: street, number, postcode in any usual form.
        place: name of its place.
        website: address of its site.
        networks: keys of the networks and bodies it belongs to.
        klass: last part of its class. Project, Event and Place are each compared among themselves, all others with
            each other; "" is compared with everything.
    """

    key: str
    names: tuple[str, ...]
    former: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    legal_form: str = ""
    address: str = ""
    place: str = ""
    website: str = ""
    klass: str = ""
    networks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Which known body is meant.

    Attributes:
        outcome: "same"; "unsure" (a person has to judge, never merged by itself); "new".
        key: of the body that is or may be meant; None if new.
        score: 0–1, how alike the names are.
        reasons: why, each "kind" or "kind: detail"; kinds are those of `REASONS`.
        others: keys of further bodies it may be, best first.
    """

    outcome: Outcome
    key: str | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What a person decided: that two names, two entries, or a name and an entry, are the same or are not.

    Attributes:
        name: a spelling, or the key of a body (for entries of a store, their IRI).
        key: likewise.
        same: the decision.
        group: among which it holds: "body" (actors and programmes), "project", "event" or "place".
        author, time, reason: who, when (UTC), why; unknown for one that is not stored.
        iri: of the stored judgement, "" for others.
    """

    name: str
    key: str
    same: bool
    group: str = "body"
    author: str = ""
    time: dt.datetime | None = None
    reason: str = ""
    iri: str = ""


REASONS = (
    "judged", "name", "former name", "abbreviation", "spelling", "words joined", "legal form", "address", "website",
    "descriptive word", "area left out", "successor", "number", "year", "body beside it", "kind", "contained",
    "brackets", "venue and association", "different words", "several", "other address", "other website", "other place",
)  # fmt: skip
"""All kinds of reasons a `Match` may give."""
