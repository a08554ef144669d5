"""What a team keeps about a planning round: workspace, suggestions, and the verdicts of several people on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from graph.directory import Ref

OPEN: Final = "open"
"""State of a gap or suggestion nobody has decided on."""

KNOWN: Final = "kannten-sich-schon"
UNFIT: Final = "passt-nicht"
PROJECT: Final = "wurde-projekt"

VERDICTS: Final = ("pruefen", "ansprechen", "vorgestellt", "laeuft", PROJECT, KNOWN, UNFIT)
"""Verdicts in the order of the work; the last two end it."""

DONE: Final = frozenset({PROJECT, KNOWN, UNFIT})
"""Verdicts after which there is nothing left to do."""


@dataclass(frozen=True)
class Verdict:
    """What one person said about a suggestion, at one time.

    Attributes:
        iri, slug: its entry (a decision).
        verdict: slug of the concept, one of `VERDICTS`.
        author: who. time: when.
        reason: why. next_step: what is to happen. All may be "".
        rung: slug of how far the team wants to go, "" if not said.
        responsible: a body, a role or an account name. due: until when.
        day: when it happened (introduced on, known since), as exact as known (ISO), "" if unknown.
        project: what came of it.
    """

    iri: str
    slug: str
    verdict: str
    author: str
    time: dt.datetime
    reason: str = ""
    next_step: str = ""
    rung: str = ""
    responsible: str = ""
    due: dt.date | None = None
    day: str = ""
    project: Ref | None = None


@dataclass(frozen=True)
class Suggestion:
    """A line the team looked at in a round.

    Attributes:
        iri, slug: its entry.
        gap_id: what the gap is called in the lists today; merged entries are followed. "" for a line by hand that no
            list could hold.
        kind: slug of the kind of gap.
        round: slug of the round, "" if none is named.
        actors, others: the actors it is about, and all else (a project, a Handlungsfeld), by name.
        headline: what its list called it, "" where it is called after those it is about.
        reasons: what spoke for it at the time, by language, a sentence per line.
        cautions: what spoke against it or was not known. step: what was proposed to do next. Both likewise.
        position: at which place of its list it stood, None if unknown.
        fields: Handlungsfelder of its round.
        by_hand: no list suggested it.
        carried_from: slug of the line of an earlier round that it carries on, "" for none.
        author, taken_up: who took it up, and when; "" and None if unknown.
        verdicts: all that was said, newest first.
        earlier: what was said in earlier rounds about the lines it carries on, newest first.
    """

    iri: str
    slug: str
    gap_id: str
    kind: str
    round: str
    actors: tuple[Ref, ...]
    others: tuple[Ref, ...]
    headline: str
    reasons: dict[str, tuple[str, ...]]
    cautions: dict[str, tuple[str, ...]]
    step: dict[str, tuple[str, ...]]
    position: int | None
    fields: tuple[Ref, ...]
    by_hand: bool
    carried_from: str
    author: str
    taken_up: dt.datetime | None
    verdicts: tuple[Verdict, ...]
    earlier: tuple[Verdict, ...] = ()

    @property
    def label(self) -> str:
        """Whom it is about, in one line."""
        return self.headline or " – ".join(ref.label for ref in (*self.actors, *self.others)) or self.slug

    @property
    def current(self) -> tuple[Verdict, ...]:
        """The latest verdict of each person, newest first."""
        return latest_by_author(self.verdicts)

    @property
    def disputed(self) -> bool:
        """Whether people disagree: it fits, it does not, or it was there already."""
        return len({_direction(one.verdict) for one in self.current}) > 1

    @property
    def state(self) -> str:
        """How it stands: `open`, the newest verdict, or, where people disagree, each of theirs joined with " / "."""
        return state_of(self.verdicts)

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do: undecided, disputed, or on its way."""
        return self.disputed or not self.current or self.current[0].verdict not in DONE

    @property
    def next_step(self) -> Verdict | None:
        """The newest verdict that says what comes next, who does it or until when; None once it is over.

        Of a line carried over that nobody has decided on yet, what was said before.
        """
        if not self.is_open:
            return None
        said = self.verdicts or self.earlier
        return next((one for one in said if one.next_step or one.responsible or one.due), None)

    @property
    def rung(self) -> str:
        """How far the team wants to go, as last said; "" if never."""
        return next((one.rung for one in self.verdicts if one.rung), "")

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its next step should have been done before today."""
        step = self.next_step
        return bool(step and step.due and step.due < today)


@dataclass(frozen=True)
class Statement:
    """What the IHEK of the round says.

    Attributes:
        ref: its entry. kind: need, goal, focus or measure. text: the sentence. place: where, None for everywhere.
    """

    ref: Ref
    kind: str
    text: str
    place: Ref | None


@dataclass(frozen=True)
class Part:
    """A Handlungsfeld in the workspace.

    Attributes:
        field: the Handlungsfeld; None for what belongs to none.
        statements: what the IHEK says about it, needs first.
        suggestions: the lines that belong to it; a line may belong to several fields.
    """

    field: Ref | None
    statements: tuple[Statement, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def needs(self) -> tuple[Statement, ...]:
        """What is missing or needed."""
        return tuple(one for one in self.statements if one.kind == "need")

    @property
    def measures(self) -> tuple[Statement, ...]:
        """What is to be done."""
        return tuple(one for one in self.statements if one.kind == "measure")


@dataclass(frozen=True)
class Workspace:
    """The workspace of a round.

    Attributes:
        round: the round. start, end: its period as exact as known (ISO), "" if unknown.
        exists: whether the team opened it; without it nothing is frozen.
        as_of: the day whose state the lists show; None before it is opened.
        agenda: the items in order.
        closed: the day on which the work was closed; None while it goes on.
        suggestions: all lines, those by rank first, then those by hand.
        parts: Handlungsfelder in their order, then what belongs to none (if there is any).
    """

    round: Ref
    start: str
    end: str
    exists: bool
    as_of: dt.date | None
    agenda: tuple[str, ...]
    closed: dt.date | None
    suggestions: tuple[Suggestion, ...]
    parts: tuple[Part, ...]

    def of_field(self, slug: str) -> tuple[Suggestion, ...]:
        """The lines of a Handlungsfeld; all of them for ""."""
        return tuple(one for one in self.suggestions if not slug or slug in {ref.slug for ref in one.fields})

    def find(self, slug: str) -> Suggestion | None:
        """The line of that slug, or of that gap id."""
        return next((one for one in self.suggestions if slug and slug in (one.slug, one.gap_id)), None)


def latest_by_author(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The first verdict of each author, in the order given (newest first)."""
    found: dict[str, Verdict] = {}
    for one in verdicts:
        found.setdefault(one.author, one)
    return tuple(found.values())


def state_of(verdicts: Iterable[Verdict]) -> str:
    """How something stands after these verdicts, newest first; see `Suggestion.state`."""
    current = latest_by_author(verdicts)
    if not current:
        return OPEN
    if len({_direction(one.verdict) for one in current}) == 1:
        return current[0].verdict
    return " / ".join(dict.fromkeys(one.verdict for one in current))


def _direction(verdict: str) -> str:
    return verdict if verdict in (KNOWN, UNFIT) else "on"
