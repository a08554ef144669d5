"""Who opens doors: between actors, between sectors, between circles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph import measures
from graph.vernetzung.figure import Figure, both
from ontology.schema import concepts

if TYPE_CHECKING:
    from graph.vernetzung.ground import Ground

_SHOWN = 30
_FEW = 5
"""Fewer actors than this have no order worth telling."""


def door_openers(ground: Ground) -> Figure:
    """Actors through whom the shortest ways of others lead, with the ranks between which they stay."""
    network = ground.partners
    values = measures.betweenness(network)
    order = [iri for iri in sorted(values, key=lambda iri: (-values[iri], ground.order(iri))) if values[iri] > 0]
    ranges = measures.betweenness_ranks(network) if len(order) >= _FEW else {}
    rows = tuple(
        (ground.ref(iri), values[iri], "{}–{}".format(*ranges[iri]) if ranges else "") for iri in order[:_SHOWN]
    )
    return Figure(
        "door-openers",
        both("Wer sind die Türöffner?", "Who are the door openers?"),
        both(
            "Die meisten kurzen Wege führen über {names}.",
            "Most short ways lead through {names}.",
            names=ground.listed(order),
        )
        if order
        else both("Noch führt kein Weg über Dritte.", "No way leads through others yet."),
        both(
            "Wer zwei Seiten kennt, kann sie einander vorstellen.",
            "Who knows two sides can introduce them to each other.",
        ),
        both(
            "Kein Einfluss und keine Güte. Fehlt ein Zehntel der Verbindungen, schwankt der Rang so weit.",
            "Neither influence nor quality. Ranks move if a tenth of the ties is missing: as far as stated here.",
        ),
        (
            both("Akteur", "Actor"),
            both("Anteil der Wege", "Share of ways"),
            both("Rang zwischen", "Rank between"),
        ),
        rows,
        {"view": "actors", "highlight": [_id(ground, iri) for iri in order[:10]], **ground.question.query},
    )


def between_sectors(ground: Ground) -> Figure:
    """Actors who bring different sectors together."""
    roles = measures.brokerage_roles(ground.partners)
    order = sorted(roles, key=lambda iri: (-roles[iri].between_sectors, ground.order(iri)))
    order = [iri for iri in order if roles[iri].between_sectors]
    return Figure(
        "between-sectors",
        both("Wer vermittelt zwischen den Bereichen?", "Who mediates between the sectors?"),
        both(
            "{n} stehen zwischen Partnern aus verschiedenen Bereichen, die sich noch nicht kennen; vorn: {names}.",
            "{n} stand between partners of different sectors who do not know each other yet; first: {names}.",
            n=len(order),
            names=ground.listed(order),
        )
        if order
        else both("Dafür fehlen Angaben zu den Bereichen.", "The sectors of the actors are not known."),
        both(
            "„Aus dem eigenen Bereich hinaus“: ein Partner ist wie ich. „Zwischen fremden“: alle sind verschieden.",
            "“Out of its own sector”: one partner is like me. “Between others”: all are different.",
        ),
        both(
            "Die Zahlen zählen Paare, nicht Gespräche.",
            "The numbers count pairs, not conversations.",
        ),
        (
            both("Akteur", "Actor"),
            both("Aus dem eigenen Bereich hinaus", "Out of its own sector"),
            both("Zwischen fremden", "Between others"),
            both("Innerhalb des eigenen", "Within its own"),
        ),
        tuple(
            (ground.ref(iri), roles[iri].gatekeeper, roles[iri].liaison, roles[iri].coordinator)
            for iri in order[:_SHOWN]
        ),
        {"view": "actors", "highlight": [_id(ground, iri) for iri in order[:10]], **ground.question.query},
    )


def separate_circles(ground: Ground) -> Figure:
    """Actors whose partners do not know each other: where an introduction bridges most."""
    network = ground.partners
    size, closure = measures.effective_size(network), measures.constraint(network)
    order = sorted(
        (iri for iri in network if len(network[iri]) > 1), key=lambda iri: (-(size[iri] or 0), ground.order(iri))
    )
    return Figure(
        "separate-circles",
        both("Wo liegen Lücken, die jemand schließen kann?", "Where are gaps that somebody can close?"),
        both(
            "Am meisten getrennte Kreise berühren {names}.",
            "Most separate circles are touched by {names}.",
            names=ground.listed(order),
        )
        if order
        else both("Noch hat niemand zwei Partner.", "Nobody has two partners yet."),
        both(
            "Viele getrennte Kreise: Diese Akteure können Partner zusammenbringen, die sich noch nicht kennen.",
            "Many separate circles: these actors can bring partners together who do not know each other yet.",
        ),
        both(
            "Kein Ziel an sich: Partner, die sich kennen, tragen einander.",
            "No goal in itself: partners who know each other carry each other.",
        ),
        (
            both("Akteur", "Actor"),
            both("Partner", "Partners"),
            both("Getrennte Kreise", "Separate circles"),
            both("Geschlossenheit (0 bis 1,1)", "Closure (0 to 1.1)"),
        ),
        tuple(
            (ground.ref(iri), len(network[iri]), f"{size[iri] or 0:.1f}", f"{closure[iri] or 0:.2f}")
            for iri in order[:_SHOWN]
        ),
        {"view": "actors", "highlight": [_id(ground, iri) for iri in order[:10]], **ground.question.query},
    )


def circles(ground: Ground) -> Figure:
    """Groups that work mainly with each other, whatever the lots."""
    found = measures.groups(ground.partners)
    rows = tuple(
        (ground.ref(group.core), len(group.members), ", ".join(map(ground.called.label, group.members[:12])))
        for group in found
    )
    biggest = found[0] if found else None
    return Figure(
        "circles",
        both("Welche Kreise gibt es?", "Which circles are there?"),
        both(
            "{n} feste Kreise; der größte um {name} hat {size} Mitglieder.",
            "{n} firm circles; the biggest, round {name}, has {size} members.",
            n=len(found),
            name=ground.called.label(biggest.core),
            size=len(biggest.members),
        )
        if biggest
        else both("Noch kein Kreis ist fest genug.", "No circle is firm enough yet."),
        both(
            "Ein Kreis arbeitet vor allem miteinander; benannt ist er nach dem am besten verbundenen Mitglied.",
            "A circle works mainly with itself; it is named after its best-tied member.",
        ),
        both(
            "Keine feste Einteilung: Wer am Rand zweier Kreise steht, ist in keinem.",
            "No fixed division: who stands at the edge of two circles is in none.",
        ),
        (both("Kreis um", "Circle round"), both("Mitglieder", "Members"), both("Wer dazugehört", "Who belongs to it")),
        rows,
        {"view": "actors", **ground.question.query},
    )


def openness(ground: Ground) -> Figure:
    """Whether ties run between sectors or within them, beside chance."""
    found = measures.openness(ground.partners)
    sizes = Counter(str(sector) for _, sector in ground.partners.nodes(data="sector") if sector)
    return Figure(
        "openness",
        both("Sind die Bereiche offen füreinander?", "Are the sectors open to each other?"),
        both(
            "{out:.0f} % der Verbindungen laufen zwischen verschiedenen Bereichen; zufällig wären es {chance:.0f} %.",
            "{out:.0f} % of the ties run between different sectors; by chance alone it would be {chance:.0f} %.",
            out=(found.value + 1) * 50,
            chance=(found.by_chance + 1) * 50,
        )
        if found
        else both("Dafür fehlen Angaben zu den Bereichen.", "The sectors of the actors are not known."),
        both(
            "Deutlich unter dem Zufall: Man bleibt eher unter sich.",
            "Well below chance: people rather keep to themselves.",
        ),
        both(
            "Ohne den Zufallswert sähe jedes Netz mit vielen Bereichen offen aus.",
            "Without the value by chance, every network of many sectors would look open.",
        ),
        (both("Bereich", "Sector"), both("Akteure", "Actors")),
        tuple((one.label[ground.language], sizes[one.slug]) for one in concepts("sector") if one.slug in sizes),
        {"view": "actors", **ground.question.query},
    )


def _id(ground: Ground, iri: str) -> str:
    return iri.removeprefix(ground.store.base_iri)
