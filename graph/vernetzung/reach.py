"""Who has partners, who has none, and who fell asleep."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from graph import measures
from graph.vernetzung.figure import Figure, both, percent

if TYPE_CHECKING:
    from graph.vernetzung.ground import Ground


def partners(ground: Ground) -> Figure:
    """How many partners the actors have, and what each would have if they were shared equally."""
    counts = measures.partners(ground.partners)
    order = sorted(counts, key=lambda iri: (-counts[iri], ground.order(iri)))
    ends = sum(counts.values())
    best = order[: max(1, len(order) // 10)]
    facts = {
        "n": len(counts),
        "mean": ends / len(counts) if counts else 0.0,
        "middle": median(counts.values()) if counts else 0,
        "best": len(best),
        "held": percent(sum(counts[iri] for iri in best) / (ends or 1)),
    }
    return Figure(
        "partners",
        both("Wie viele Partner haben die Akteure?", "How many partners do actors have?"),
        both(
            "Ein Akteur hat im Schnitt {mean:.1f} Partner, die Hälfte der {n} hat höchstens {middle:g}. "
            "Auf die {best} am besten Vernetzten kommen {held} % aller Verbindungen.",
            "An actor has {mean:.1f} partners on average, half of the {n} have at most {middle:g}. "
            "The {best} best tied hold {held} % of all ties.",
            **facts,
        ),
        both(
            "Liegt vieles bei wenigen, hängt das Netz an ihnen.",
            "If few hold much, the network hangs on them.",
        ),
        both(
            "Keine Rangliste: Wer wenige Partner hat, kann sehr viel bewirken.",
            "No league table: an actor with few partners may achieve a great deal.",
        ),
        (both("Akteur", "Actor"), both("Partner", "Partners")),
        tuple((ground.ref(iri), counts[iri]) for iri in order if counts[iri]),
        {"view": "actors", **ground.question.query},
    )


def islands(ground: Ground) -> Figure:
    """Actors without a partner."""
    alone = measures.isolates(ground.partners)
    return Figure(
        "islands",
        both("Wer steht für sich?", "Who stands alone?"),
        both(
            "Ohne bekannten Partner: {alone} von {n}.",
            "Without a known partner: {alone} of {n}.",
            alone=len(alone),
            n=len(ground.partners),
        ),
        both(
            "Nach ihnen ist vor einer Planungsrunde zuerst zu fragen.",
            "They are the first to ask after before a planning round.",
        ),
        both(
            "Oft ist die Zusammenarbeit nur nicht eingetragen.",
            "Often the cooperation has merely not been entered.",
        ),
        (both("Akteur", "Actor"),),
        ground.refs(alone),
    )


def newcomers(ground: Ground) -> Figure:
    """Actors first seen since the planning round began."""
    since = ground.since
    fresh = [iri for iri, day in ground.first_seen.items() if since and day and day >= since]
    tied = [iri for iri in fresh if len(ground.partners[iri])]
    year = since.year if since else "–"
    return Figure(
        "newcomers",
        both("Wer ist neu dabei?", "Who is new?"),
        both(
            "Neu seit {year}: {n}, davon {tied} schon mit Partnern.",
            "New since {year}: {n}, of them {tied} with partners already.",
            year=year,
            n=len(fresh),
            tied=len(tied),
        ),
        both(
            "Neue brauchen jemanden, der sie vorstellt.",
            "Newcomers need somebody to introduce them.",
        ),
        both(
            "Neu im Datenbestand heißt nicht immer neu im Quartier.",
            "New in the records is not always new in the Quartier.",
        ),
        (both("Akteur", "Actor"), both("Zuerst", "First seen"), both("Partner", "Partners")),
        tuple(
            (ground.ref(iri), str(ground.first_seen[iri]), len(ground.partners[iri]))
            for iri in sorted(fresh, key=ground.order)
        ),
        {"lens": "new", **ground.question.query},
    )


def asleep(ground: Ground) -> Figure:
    """Actors with partners of whom nothing is known since the planning round began."""
    since = ground.since
    seen = ground.last_seen
    quiet = [iri for iri, day in seen.items() if len(ground.partners[iri]) and since and day and day < since]
    return Figure(
        "asleep",
        both("Was ist eingeschlafen?", "What has fallen asleep?"),
        both(
            "Mit Partnern, aber ohne Neues seit {year}: {n}.",
            "With partners, but without news since {year}: {n}.",
            n=len(quiet),
            year=since.year if since else "–",
        ),
        both(
            "Ein Anruf genügt oft: weiter dabei, oder zu Ende?",
            "A call is often enough: still there, or over?",
        ),
        both(
            "Kein Vorwurf: Ohne Datum an einer Beteiligung weiß das Netz es nicht besser.",
            "No reproach: where an involvement has no date, the network cannot know better.",
        ),
        (both("Akteur", "Actor"), both("Zuletzt", "Last seen")),
        tuple((ground.ref(iri), str(seen[iri])) for iri in sorted(quiet, key=lambda iri: (str(seen[iri]), iri))),
        {"lens": "old", **ground.question.query},
    )
