"""What speaks against a suggestion or is not known, who can introduce, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps.gap import Text
from graph.gaps.horizon import UNKNOWN_AGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.gaps.gap import Ref
    from graph.gaps.records import Actor, Involvement
    from graph.gaps.statements import Statements
    from graph.gaps.tables import Table

MOST = 3
"""Cautions told for one line."""

OVERLOADED = 4
"""Projects of the last three years from which an actor is called busy."""

ASLEEP = 3.0
"""Years without a record after which it is said."""


_UNWRITTEN_PAIR = Text(
    "Was niemand aufgeschrieben hat, fehlt hier: Vielleicht kennen sie sich längst.",
    "What nobody wrote down is missing here: they may have known each other for long.",
)
_UNWRITTEN_SEAT = Text(
    "Was niemand aufgeschrieben hat, fehlt hier: Vielleicht wurde dort längst gefragt.",
    "What nobody wrote down is missing here: they may have been asked already.",
)


def cautions(say: Statements, actors: Sequence[Actor], introducers: Sequence[Ref]) -> tuple[Text, ...]:
    """One to `MOST` sentences; unknown is said, never counted as no."""
    found = [text for actor in actors for text in _about(say, actor)]
    if not introducers and len(actors) > 1:
        found.append(
            Text("Es ist niemand bekannt, der beide kennt.", "Nobody is known who knows both."),
        )
    found += [text for actor in actors for text in unknown(say, actor)]
    found.append(_UNWRITTEN_PAIR if len(actors) > 1 else _UNWRITTEN_SEAT)
    return tuple(found[:MOST])


def busy(say: Statements, actor: Actor) -> Iterator[Text]:
    """That an actor has much to do already, or is an authority."""
    late = _late(say, actor)
    if len(late) >= OVERLOADED:
        yield Text(
            f"„{actor.label}“ ist viel gefragt: {len(late)} Projekte in den letzten drei Jahren.",
            f"“{actor.label}” is much in demand: {len(late)} projects in the last three years.",
        )
    if actor.klass == "Agency":
        yield Text(
            f"„{actor.label}“ ist eine Behörde: vorher klären, wer dort zuständig ist.",
            f"“{actor.label}” is an authority: find out first who is responsible there.",
        )


def long_unseen(say: Statements, actor: Actor, years: float) -> Iterator[Text]:
    """That an actor was last on record long ago (`ASLEEP` years and more); nothing where that is not known (NaN)."""
    if years >= ASLEEP:
        year = say.evidence.horizon.years_back(years).year
        yield Text(
            f"„{actor.label}“ ist zuletzt {year} verzeichnet: zuerst klären, ob es dort noch jemanden gibt.",
            f"“{actor.label}” was last on record in {year}: find out first whether anybody is still there.",
        )


def _late(say: Statements, actor: Actor) -> list[Involvement]:
    """Its partnerships of the last years; undated ones are not among them."""
    return [item for item in say.partnerships[actor.iri] if item.start and say.evidence.ages[item.iri] <= ASLEEP]


def _about(say: Statements, actor: Actor) -> Iterator[Text]:
    yield from busy(say, actor)
    if not say.partnerships[actor.iri]:
        yield Text(
            f"Von „{actor.label}“ ist noch kein Projekt verzeichnet.",
            f"No project of “{actor.label}” is on record yet.",
        )
    elif not _late(say, actor):
        yield _asleep(say, actor)


def _asleep(say: Statements, actor: Actor) -> Text:
    youngest = min(say.partnerships[actor.iri], key=lambda item: say.evidence.ages[item.iri])
    age = say.evidence.ages[youngest.iri]
    if youngest.start is None and age >= UNKNOWN_AGE:
        return Text(
            f"Wann „{actor.label}“ zuletzt ein Projekt hatte, ist nicht bekannt.",
            f"When “{actor.label}” last had a project is not known.",
        )
    year = say.evidence.horizon.years_back(age).year
    return Text(
        f"Von „{actor.label}“ ist seit {year} kein Projekt mehr verzeichnet.",
        f"No project of “{actor.label}” is on record since {year}.",
    )


def unknown(say: Statements, actor: Actor) -> Iterator[Text]:
    """What is not known of an actor."""
    if not actor.place:
        yield Text(f"Der Ort von „{actor.label}“ ist nicht bekannt.", f"The place of “{actor.label}” is not known.")
    elif not say.holders(actor.iri, "field"):
        yield Text(
            f"In welchem Handlungsfeld „{actor.label}“ arbeitet, ist nicht bekannt.",
            f"In which field of action “{actor.label}” works is not known.",
        )


def pair_step(one: Actor, other: Actor, introducers: Sequence[Ref], *, newcomer: bool) -> Text:
    """What to do next about two actors."""
    if introducers:
        return Text(
            f"„{introducers[0].label}“ bitten, „{one.label}“ und „{other.label}“ einander vorzustellen.",
            f"Ask “{introducers[0].label}” to introduce “{one.label}” and “{other.label}” to each other.",
        )
    if newcomer:
        return Text(
            f"„{one.label}“ und „{other.label}“ anrufen und fragen, was gerade ansteht und was sie brauchen.",
            f"Call “{one.label}” and “{other.label}”, ask what is coming up and what they need.",
        )
    return Text(
        f"„{one.label}“ und „{other.label}“ zum nächsten Treffen im Quartier einladen und einander vorstellen.",
        f"Invite “{one.label}” and “{other.label}” to the next meeting in the Quartier and introduce them.",
    )


def seat_step(actor: Actor, table: Table, introducers: Sequence[Ref]) -> Text:
    """What to do next about an actor and a table."""
    name = table.ref.label
    if introducers:
        return Text(
            f"„{introducers[0].label}“ bitten, „{actor.label}“ zu „{name}“ einzuladen.",
            f"Ask “{introducers[0].label}” to invite “{actor.label}” to “{name}”.",
        )
    if table.ref.type == "statement":
        return Text(
            f"„{actor.label}“ fragen, was sie zu „{name}“ beitragen können.",
            f"Ask “{actor.label}” what they can contribute to “{name}”.",
        )
    host = Text("dem Veranstalter", "the host") if table.ref.type == "event" else Text("dem Träger", "the Träger")
    return Text(
        f"Mit {host.de} klären, ob „{actor.label}“ zum nächsten Treffen von „{name}“ eingeladen wird.",
        f"Settle with {host.en} whether “{actor.label}” is invited to the next meeting of “{name}”.",
    )
