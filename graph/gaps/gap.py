"""What a missing partnership is made of: who, why, what speaks against it, who can introduce, what next."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = "~"
"""Stands between the parts of a gap's id; no slug contains it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages of the interface."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` ("en"), in German for every other."""
        return self.en if language == "en" else self.de


@dataclass(frozen=True, slots=True)
class Ref:
    """An entry that is named in a gap."""

    iri: str
    label: str
    slug: str
    type: str = "actor"


PATTERNS = {
    "triangle": Text("Offenes Dreieck", "Open triangle"),
    "body": Text("Schon begegnet", "Met before"),
    "event": Text("Schon begegnet", "Met before"),
    "field": Text("Gleiches Feld ohne Kontakt", "Same field, no contact"),
    "theme": Text("Gleiches Feld ohne Kontakt", "Same field, no contact"),
    "target": Text("Gleiches Feld ohne Kontakt", "Same field, no contact"),
    "place": Text("Nachbarn ohne Kontakt", "Neighbours without contact"),
    "near": Text("Nachbarn ohne Kontakt", "Neighbours without contact"),
    "seeks_offers": Text("Suche trifft Angebot", "Seeking meets offering"),
}
"""What sort of pair of `introduce` a reason makes, by the reason's kind."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that speaks for a gap.

    Attributes:
        kind: what sort of reason: triangle, body, event, seeks_offers, field, theme, place, near, target, traeger …;
            each kind once per gap.
        text: the sentence.
        evidence: IRIs of the statements behind it, each of which carries a source.
    """

    kind: str
    text: Text
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of a list of missing partnerships.

    Attributes:
        id: the kind, then what it is about: `introduce~<slug>~<slug>` (slugs sorted), `table~<project>~<actor>` …
        kind: one of `graph.gaps.kinds.KINDS`.
        actors: the actors it is about: two of `introduce`, one of `table`, none or many of other kinds.
        subject: an entry of any type it is about besides: the project of `table`, a Handlungsfeld, a place …
        score: 0..1, larger is more obvious; an order, never a probability.
        strength: stark, mittel or schwach, by rank; "" where a list is no guess and has no such word.
        reasons: one to three, strongest first.
        introducers: up to three actors who know both sides, closest first.
        cautions: at least one sentence about what speaks against it or is not known.
        state: what the team decided; `open` before anybody looked.
        next_step: what to do now.
        bridge: True when the sides are of different sectors.
        newcomer: True when a side has at most one project on record.
        uses: what the contact would be good for, whether or not it is obvious.
        headline: what the line is called where the names of its actors and its subject do not say it.
    """

    id: str
    kind: str
    actors: tuple[Ref, ...]
    subject: Ref | None
    score: float
    strength: str
    reasons: tuple[Reason, ...]
    introducers: tuple[Ref, ...]
    cautions: tuple[Text, ...]
    next_step: Text
    state: str = "open"
    bridge: bool = False
    newcomer: bool = False
    headline: Text | None = None
    uses: tuple[Text, ...] = ()

    @property
    def patterns(self) -> tuple[Text, ...]:
        """What sort of pair the two of `introduce` are, by the strongest reason first; () for other kinds."""
        if self.kind != "introduce":
            return ()
        return tuple(dict.fromkeys(PATTERNS[reason.kind] for reason in self.reasons if reason.kind in PATTERNS))


def pair_id(first: str, second: str) -> str:
    """Id of an `introduce` gap of two actor slugs, whatever their order."""
    return SEPARATOR.join(("introduce", *sorted((first, second))))


def seat_id(subject: Ref, actor: str) -> str:
    """Id of a `table` gap: `table~<project>~<actor>`, with the type before any subject that is no project."""
    named = (subject.slug,) if subject.type == "project" else (subject.type, subject.slug)
    return SEPARATOR.join(("table", *named, actor))
