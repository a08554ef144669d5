"""What holds the network together: what hangs on the Quartiersmanagement, on one actor, one tie, one Träger."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph import measures
from graph.network import edges_of
from graph.vernetzung.figure import Figure, both, percent

if TYPE_CHECKING:
    from graph.vernetzung.ground import Ground


_ENOUGH = 5
"""Projects from which a share says something."""


def without_qm(ground: Ground) -> Figure:
    """What falls apart when Quartiersmanagement, authorities and funders are gone."""
    whole, rest = ground.partners, ground.without_hubs
    losing = [iri for iri in rest if len(whole.nodes & {iri}) and len(whole[iri]) and not len(rest[iri])]
    parts = [len(part) for part in measures.components(rest) if len(part) > 1]
    rows = sorted(
        ((iri, len(whole[iri]), len(rest[iri])) for iri in rest if iri in whole and len(whole[iri]) > len(rest[iri])),
        key=lambda row: (row[2], row[2] - row[1], ground.order(row[0])),
    )
    return Figure(
        "without-qm",
        both("Was bleibt ohne QM, Ämter und Förderer?", "What is left without QM, authorities and funders?"),
        both(
            "Ohne sie stehen {losing} weitere Akteure allein da; der größte zusammenhängende Teil umfasst "
            "{largest} von {n}. Es bleiben {parts} Teile mit mindestens zwei Akteuren.",
            "Without them, {losing} more actors stand alone; the largest connected part holds "
            "{largest} of {n}. There remain {parts} parts of at least two actors.",
            losing=len(losing),
            largest=max(parts, default=0),
            n=len(rest),
            parts=len(parts),
        ),
        both(
            "So sähe das Netz am Tag nach dem Ende des QM aus, wenn bis dahin nichts Neues entsteht.",
            "This is the network on the day after the QM ends, if nothing new grows until then.",
        ),
        both(
            "Nicht gezählt ist, was das QM angestoßen hat und ohne es weiterlebt.",
            "What the QM began and what lives on without it is not counted.",
        ),
        (both("Akteur", "Actor"), both("Partner mit", "Partners with"), both("Partner ohne", "Partners without")),
        tuple((ground.ref(iri), before, after) for iri, before, after in rows),
        {"view": "actors", **ground.question.query, "hubs": "no"},
    )


def bottlenecks(ground: Ground) -> Figure:
    """Actors and single ties on which others hang."""
    network = ground.partners
    cuts, ties = measures.cut_actors(network), measures.cut_ties(network)
    first = next(iter(cuts), "")
    name = ground.called.label(first) if first else "–"
    return Figure(
        "bottlenecks",
        both("Wo sind Nadelöhre?", "Where are the bottlenecks?"),
        both(
            "Fällt {name} aus, verlieren {loses} andere den Anschluss. Solche Nadelöhre gibt es {n}, "
            "dazu {ties} Verbindungen, an denen allein etwas hängt.",
            "If {name} drops out, {loses} others lose their connection. There are {n} such bottlenecks, "
            "and {ties} ties on which something hangs alone.",
            name=name,
            loses=cuts.get(first, 0),
            n=len(cuts),
            ties=len(ties),
        )
        if cuts
        else both("Niemand ist ein Nadelöhr.", "Nobody is a bottleneck."),
        both(
            "Ein zweiter Weg um das Nadelöhr macht das Netz fester: jemand, den beide Seiten kennen.",
            "A second way round the bottleneck makes the network firmer: somebody both sides know.",
        ),
        both(
            "Nur nach dem, was erfasst ist; eine nicht eingetragene Verbindung kann längst halten.",
            "Only by what is recorded; a tie nobody entered may well hold.",
        ),
        (both("Akteur", "Actor"), both("So viele verlieren den Anschluss", "So many lose their connection")),
        tuple((ground.ref(iri), loses) for iri, loses in cuts.items()),
        {"view": "actors", "highlight": [_id(ground, iri) for iri in list(cuts)[:10]], **ground.question.query},
    )


def dependence(ground: Ground) -> Figure:
    """The share of the biggest Träger and of the biggest fund in each Handlungsfeld."""
    rows = []
    for field, projects in sorted(_projects_by_field(ground).items(), key=lambda item: ground.order(item[0])):
        traeger, money = _biggest(ground, projects, "traeger"), _biggest(ground, projects, "programme")
        rows.append(
            (
                ground.ref(field),
                len(projects),
                ground.ref(traeger[0]) if traeger[0] else "–",
                traeger[1],
                ground.ref(money[0]) if money[0] else "–",
                money[1],
            )
        )
    worst = max(rows, key=lambda row: (row[1] >= _ENOUGH, row[3], row[1]), default=None)
    return Figure(
        "dependence",
        both("Wie abhängig sind die Handlungsfelder?", "How dependent are the fields of action?"),
        both(
            "Am meisten an einem hängt „{field}“: {share} % der {n} Projekte hat derselbe Träger.",
            "“{field}” hangs most on one: {share} % of its {n} projects have the same Träger.",
            field=_text(worst[0]),
            share=percent(worst[3]),
            n=worst[1],
        )
        if worst
        else both("Noch ist kein Projekt einem Handlungsfeld zugeordnet.", "No project has a field of action yet."),
        both(
            "Geht dieser Träger oder endet dieses Programm, steht das Feld ohne da.",
            "If this Träger leaves or this programme ends, the field is left without.",
        ),
        both(
            "Bei wenigen Projekten sagt ein großer Anteil nicht viel.",
            "With few projects, a large share says little.",
        ),
        (
            both("Handlungsfeld", "Field of action"),
            both("Projekte", "Projects"),
            both("Größter Träger", "Biggest Träger"),
            both("Anteil", "Share"),
            both("Größtes Programm", "Biggest programme"),
            both("Anteil", "Share"),
        ),
        tuple(rows),
        {"view": "handlungsfelder", **ground.question.query},
    )


def centralisation(ground: Ground) -> Figure:
    """How far the network gathers round one actor, with and without the hubs."""
    whole, rest = measures.centralisation(ground.partners), measures.centralisation(ground.without_hubs)
    return Figure(
        "centralisation",
        both("Dreht sich alles um einen?", "Does everything turn round one?"),
        both(
            "Auf einer Skala von 0 (alle gleich) bis 100 (alle nur mit einem) steht das Netz bei {whole}, "
            "ohne QM, Ämter und Förderer bei {rest}.",
            "On a scale from 0 (all alike) to 100 (all with one only) the network stands at {whole}, "
            "without QM, authorities and funders at {rest}.",
            whole=percent(whole),
            rest=percent(rest),
        )
        if whole is not None and rest is not None
        else both("Dafür sind es zu wenige Akteure.", "There are too few actors for that."),
        both(
            "Ist der Wert ohne QM viel kleiner, war das QM die Mitte.",
            "If the value is much smaller without the QM, the QM was the middle.",
        ),
        both(
            "Kein Ziel in eine Richtung: Eine Mitte verbindet, viele Mitten halten länger.",
            "No goal in either direction: one middle connects, many middles last longer.",
        ),
        picture={"view": "actors", **ground.question.query},
    )


def _projects_by_field(ground: Ground) -> dict[str, set[str]]:
    network, found = ground.all, defaultdict(set)
    for iri, node in network.nodes(data=True):
        if node["type"] == "handlungsfeld":
            fields = (other for other, edge in edges_of(network, iri) if edge["kind"] == "field")
            if projects := {other for other in fields if network.nodes[other]["type"] == "project"}:
                found[iri] = projects
    return found


def _biggest(ground: Ground, projects: set[str], role: str) -> tuple[str, float]:
    """Who has that role in most of some projects, and in what share of them; "" and 0 if nobody has."""
    holders: Counter[str] = Counter()
    for project in projects:
        holders.update({other for other, edge in edges_of(ground.all, project) if edge["role"] == role})
    if not holders:
        return "", 0.0
    best = min(holders, key=lambda iri: (-holders[iri], ground.order(iri)))
    return best, holders[best] / len(projects)


def _id(ground: Ground, iri: str) -> str:
    return iri.removeprefix(ground.store.base_iri)


def _text(cell: object) -> str:
    return str(getattr(cell, "label", cell))
