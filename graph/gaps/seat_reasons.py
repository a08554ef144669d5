"""Why an actor should be at a table: sentences with the statements behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps.gap import Reason, Text
from graph.gaps.geometry import metres, point, points, told_metres
from graph.gaps.pair_reasons import ALIKE, MOST, WALK, Weighed
from graph.gaps.seats import KINDS, PEOPLE
from graph.gaps.terms import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.gaps.records import Actor
    from graph.gaps.seats import SeatScores
    from graph.gaps.statements import Statements
    from graph.gaps.tables import Table


def seat_reasons(say: Statements, table: Table, scores: SeatScores, at: int) -> tuple[Reason, ...]:
    """Up to `MOST` reasons for actor number `at`, strongest first; each has evidence with a source."""
    actor = say.evidence.records.actors[at]
    found = [
        *_circle(say, table, actor, PEOPLE * float(scores.partners[at])),
        *_second_hand(say, table, actor, PEOPLE / 2 * float(scores.second_hand[at])),
        *_texts(say, table, actor, float(scores.texts[at])),
        *_kinds(say, table, actor, KINDS * float(scores.kinds[at])),
        *_fields(say, table, actor),
        *_places(say, table, actor),
        *_targets(say, table, actor),
    ]
    found.sort(key=lambda weighed: (-weighed.weight, weighed.reason.kind))
    return tuple(weighed.reason for weighed in found if weighed.reason.evidence)[:MOST]


def _carries(table: Table) -> Text:
    """What those are called whose table it is."""
    return Text("Veranstalter", "host") if table.ref.type == "event" else Text("Träger", "carrier")


def _circle(say: Statements, table: Table, actor: Actor, weight: float) -> Iterator[Weighed]:
    for carrier in table.traeger:
        shared = say.shared_project(actor.iri, carrier)
        tie = say.declared.get(frozenset((actor.iri, carrier)))
        name = say.actors[carrier].label
        if shared is not None:
            project = say.projects[shared[0].subject]
            years = say.years(shared[0])
            text = Text(
                f"Hat mit „{name}“ ({_carries(table).de}) schon zusammengearbeitet, in „{project.label}“{years}.",
                f"Has worked with “{name}” ({_carries(table).en}) in “{project.label}”{years}.",
            )
            yield Weighed(weight, Reason("traeger", text, say.sourced((shared[0].iri, shared[1].iri))))
        elif tie is not None:
            years = say.years(tie)
            text = Text(
                f"Arbeitet mit „{name}“ ({_carries(table).de}) zusammen{years}.",
                f"Works with “{name}” ({_carries(table).en}){years}.",
            )
            yield Weighed(weight, Reason("traeger", text, say.sourced((tie.iri,))))


def _second_hand(say: Statements, table: Table, actor: Actor, weight: float) -> Iterator[Weighed]:
    for carrier in table.traeger:
        common = [iri for iri in say.common_partners(actor.iri, carrier) if iri not in table.traeger]
        if common and weight > 0:
            middle = say.actors[common[0]]
            pairs = [say.shared_project(side, middle.iri) for side in (actor.iri, carrier)]
            ties = [say.declared.get(frozenset((side, middle.iri))) for side in (actor.iri, carrier)]
            iris = [item.iri for pair in pairs if pair for item in pair] + [tie.iri for tie in ties if tie]
            name, role = say.actors[carrier].label, _carries(table)
            text = Text(
                f"Kennt „{middle.label}“, und „{middle.label}“ kennt „{name}“ ({role.de}).",
                f"Knows “{middle.label}”, who knows “{name}” ({role.en}).",
            )
            yield Weighed(0.5 * weight, Reason("second_hand", text, say.sourced(iris)))
            return


def _texts(say: Statements, table: Table, actor: Actor, weight: float) -> Iterator[Weighed]:
    if weight < ALIKE:
        return
    terms = say.evidence.terms
    alike = terms.likeness(terms.row(table.words))
    best = max(say.partnerships[actor.iri], key=lambda x: (alike[say.evidence.project_at[x.subject]], x.iri))
    text = Text(
        f"Hat Erfahrung mit einem ähnlichen Projekt: „{say.projects[best.subject].label}“{say.years(best)}.",
        f"Knows the matter from a similar project: “{say.projects[best.subject].label}”{say.years(best)}.",
    )
    yield Weighed(weight, Reason("theme", text, say.sourced((best.iri, best.subject))))


def _kinds(say: Statements, table: Table, actor: Actor, weight: float) -> Iterator[Weighed]:
    said = set(pieces(table.words))
    labels = [say.evidence.records.words[iri] for iri in actor.callings]
    named = [label for label in labels if not said.isdisjoint(pieces(label[0]))]
    if named and weight >= 3 * ALIKE:
        text = Text(
            f"Was der Text {table.called.de} nennt, passt zur Art des Akteurs: {', '.join(x[0] for x in named)}.",
            f"What the text of {table.called.en} names fits the kind of actor: {', '.join(x[1] for x in named)}.",
        )
        yield Weighed(weight, Reason("kind", text, say.sourced((actor.iri, table.iri))))


def _fields(say: Statements, table: Table, actor: Actor) -> Iterator[Weighed]:
    holders = say.holders(actor.iri, "field")
    wanted = {match: field for field in table.named("field") for match in sorted(say.of(field, "match"))}
    wanted |= {field: field for field in table.named("field")}
    shared = sorted(holders.keys() & wanted.keys(), key=lambda iri: (wanted[iri] != iri, iri))
    if not shared:
        return
    field, through = say.fields[shared[0]], holders[shared[0]]
    if through is None:
        where = Text("", "")
        evidence: tuple[str, ...] = (actor.iri,)
    else:
        name, years = say.projects[through.subject].label, say.years(through)
        where = Text(f", zum Beispiel mit „{name}“{years}", f", for example with “{name}”{years}")
        evidence = (through.iri, through.subject)
    text = Text(
        f"Arbeitet im selben Handlungsfeld „{field.label}“ (Runde {field.round}){where.de}.",
        f"Works in the same field of action “{field.label}” (round {field.round}){where.en}.",
    )
    yield Weighed(0.45 if wanted[shared[0]] == shared[0] else 0.3, Reason("field", text, say.sourced(evidence)))


def _places(say: Statements, table: Table, actor: Actor) -> Iterator[Weighed]:
    spot = points(say.evidence).get(say.evidence.actor_at[actor.iri])
    if spot is None:
        return
    shapes = {iri: point(say.places[iri].wkt) for iri in table.named("place") if iri in say.places}
    away = sorted((metres(spot, other), iri) for iri, other in shapes.items() if other is not None)
    if away and away[0][0] <= WALK:
        name = say.places[away[0][1]].label
        far = told_metres(away[0][0])
        text = (
            Text(
                f"Ist am Ort {table.called.de} zu Hause: „{name}“.",
                f"Has its address where {table.called.en} is: “{name}”.",
            )
            if away[0][0] < 20
            else Text(f"Hat die Adresse {far.de} von „{name}“.", f"Has its address {far.en} from “{name}”.")
        )
        yield Weighed(0.35, Reason("near", text, say.sourced((actor.iri, table.iri))))


def _targets(say: Statements, table: Table, actor: Actor) -> Iterator[Weighed]:
    holders = say.holders(actor.iri, "target")
    shared = sorted(holders.keys() & set(table.named("target")))
    if shared:
        names = [", ".join(say.evidence.records.words[iri][at] for iri in shared[:3]) for at in (0, 1)]
        through = holders[shared[0]]
        evidence = (through.iri, through.subject) if through else (actor.iri,)
        text = Text(f"Ist für dieselben Menschen da: {names[0]}.", f"Is there for the same people: {names[1]}.")
        yield Weighed(0.2, Reason("target", text, say.sourced((*evidence, table.iri))))
