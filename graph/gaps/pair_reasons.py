"""Why two actors should meet: each summand of the score as a sentence, with the statements behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.gaps.gap import Reason, Text
from graph.gaps.geometry import told_metres
from graph.gaps.introduce import MEETING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.gaps.introduce import PairScores
    from graph.gaps.records import Involvement
    from graph.gaps.statements import Statements

MOST = 3
"""Reasons told for one line."""

VOICES = {
    "theme": ("field", "theme"),
    "nearness": ("place", "near"),
    "partners": ("triangle",),
    "meetings": ("body", "event"),
}
"""Kinds of reasons that a weight of the team makes stronger or weaker."""

ALIKE = 0.1
"""Cosine from which two texts are called similar; below, common words decide."""

WALK = 600
"""Metres up to which two addresses are called near."""


class Side(NamedTuple):
    """An actor and how it is called in sentences."""

    iri: str
    name: str


class Weighed(NamedTuple):
    """A reason and its share of the score."""

    weight: float
    reason: Reason


def pair_reasons(say: Statements, scores: PairScores, line: int) -> tuple[Reason, ...]:
    """Up to `MOST` reasons for pair number `line`, the strongest first; each has evidence with a source."""
    one, other = (say.evidence.records.actors[side[line]] for side in scores.pairs)
    sides = Side(one.iri, one.label), Side(other.iri, other.label)
    found = [
        *_partners(say, sides, scores.partner * float(scores.partners[line])),
        *_meetings(say, sides, MEETING * float(scores.meetings[line])),
        *_wants(say, sides),
        *_fields(say, sides, float(scores.fields[line])),
        *_texts(say, sides, float(scores.texts[line])),
        *_places(say, sides),
        *_targets(say, sides),
    ]
    factors = {kind: getattr(scores.weights, voice) for voice, kinds in VOICES.items() for kind in kinds}
    found.sort(key=lambda weighed: (-weighed.weight * factors.get(weighed.reason.kind, 1), weighed.reason.kind))
    reasons = [weighed.reason for weighed in found if weighed.reason.evidence]
    # Who can introduce them is said whenever somebody can, however weak: the next step rests on it.
    known = [reason for reason in reasons[MOST:] if reason.kind in {"triangle", "body"}][:1]
    return (*reasons[: MOST - len(known)], *known)


def _partners(say: Statements, sides: tuple[Side, Side], weight: float) -> Iterator[Weighed]:
    common = say.common_partners(sides[0].iri, sides[1].iri)
    if not common or weight <= 0:
        return
    middle = say.actors[common[0]]
    one, other = (side.name for side in sides)
    told = [_acquaintance(say, side, middle.iri) for side in sides]
    more = len(common) - 1
    text = Text(
        f"Beide kennen „{middle.label}“: „{one}“ {told[0][0].de}, „{other}“ {told[1][0].de}.",
        f"Both know “{middle.label}”: “{one}” {told[0][0].en}, “{other}” {told[1][0].en}.",
    )
    if len(common) > 2:
        more = len(common) - 1
        text = Text(
            f"{text.de} Dazu {more} weitere gemeinsame Partner.",
            f"{text.en} And {more} more common partners.",
        )
    evidence = say.sourced((*told[0][1], *told[1][1]))
    yield Weighed(weight, Reason("triangle", text, evidence))


def _acquaintance(say: Statements, side: Side, middle: str) -> tuple[Text, tuple[str, ...]]:
    """From where a side knows the one in the middle, and the statements that say so."""
    shared = say.shared_project(side.iri, middle)
    if shared is not None:
        project = say.projects[shared[0].subject]
        named = f"{project.label}“{say.years(shared[0])}", f"{project.label}”{say.years(shared[0])}"
        return Text(f"aus „{named[0]}", f"from “{named[1]}"), (shared[0].iri, shared[1].iri)
    tie = say.declared[frozenset((side.iri, middle))]
    years = say.years(tie)
    return Text(f"aus einer Zusammenarbeit{years}", f"from working together{years}"), (tie.iri,)


def _meetings(say: Statements, sides: tuple[Side, Side], weight: float) -> Iterator[Weighed]:
    bodies = say.common_bodies(sides[0].iri, sides[1].iri)
    if bodies:
        name = say.actors[bodies[0]].label
        evidence = say.sourced(say.members[side.iri][bodies[0]].iri for side in sides)
        text = Text(f"Beide sind Mitglied in „{name}“.", f"Both are members of “{name}”.")
        yield Weighed(weight, Reason("body", text, evidence))
    visits = [say.visits.get(side.iri, {}) for side in sides]
    shared = sorted(visits[0].keys() & visits[1].keys(), key=lambda iri: (-_day(visits[0][iri]), iri))
    if shared and weight > 0:
        event = say.events[shared[0]]
        when = f" ({event.start.year})" if event.start and str(event.start.year) not in event.label else ""
        text = Text(
            f"Beide waren bei „{event.label}“{when} dabei{_more(len(shared), ' und bei %d weiteren Terminen')}.",
            f"Both took part in “{event.label}”{when}{_more(len(shared), ' and in %d more gatherings')}.",
        )
        evidence = say.sourced(visit[shared[0]].iri for visit in visits)
        yield Weighed(weight, Reason("event", text, evidence))


def _more(number: int, phrase: str) -> str:
    return phrase % (number - 1) if number > 2 else ""


def _day(item: Involvement) -> int:
    return item.start.toordinal() if item.start else 0


def _wants(say: Statements, sides: tuple[Side, Side]) -> Iterator[Weighed]:
    for seeker, giver in (sides, sides[::-1]):
        shared = sorted(say.of(seeker.iri, "seeks") & say.of(giver.iri, "offers"))
        if shared:
            what = [", ".join(say.evidence.records.words[iri][at] for iri in shared) for at in (0, 1)]
            text = Text(
                f"„{seeker.name}“ sucht: {what[0]}. „{giver.name}“ bietet genau das.",
                f"“{seeker.name}” seeks: {what[1]}. “{giver.name}” offers just that.",
            )
            yield Weighed(5.0, Reason("seeks_offers", text, say.sourced((seeker.iri, giver.iri))))


def _fields(say: Statements, sides: tuple[Side, Side], weight: float) -> Iterator[Weighed]:
    mine, theirs = (say.holders(side.iri, "field") for side in sides)
    pairs = [(field, field) for field in mine.keys() & theirs.keys()]
    matched = [(a, b) for a in mine for b in say.of(a, "match") if b in theirs]
    best = sorted(pairs, key=lambda pair: _latest(say, pair[0])) or sorted(matched)
    if not best:
        return
    one, other = best[0]
    field, also = say.fields[one], say.fields[other].label
    same = one == other or also == field.label
    text = Text(
        f"Beide arbeiten im Handlungsfeld „{field.label}“ (Runde {field.round})"
        f"{'' if same else f', in einer anderen Runde „{also}“ genannt'}, aber noch nicht miteinander.",
        f"Both work in the field of action “{field.label}” (round {field.round})"
        f"{'' if same else f', called “{also}” in another round'}, but not yet with each other.",
    )
    evidence = [*_said(sides[0], mine[one]), *_said(sides[1], theirs[other])]
    yield Weighed(max(weight, 0.05), Reason("field", text, say.sourced(evidence)))


def _latest(say: Statements, field: str) -> tuple[int, str]:
    start = say.fields[field].start
    return (-start.toordinal() if start else 0, field)


def _said(side: Side, through: Involvement | None) -> tuple[str, ...]:
    """Who says so: the involvement and its project, or the actor's own entry."""
    return (through.iri, through.subject) if through is not None else (side.iri,)


def _texts(say: Statements, sides: tuple[Side, Side], weight: float) -> Iterator[Weighed]:
    if weight < ALIKE:
        return
    mine, theirs = ({item.subject: item for item in say.partnerships[side.iri]} for side in sides)
    at, weights = say.evidence.project_at, say.evidence.terms.weights
    rows, columns = [at[iri] for iri in mine], [at[iri] for iri in theirs]
    alike = (weights[rows] @ weights[columns].T).toarray()
    best = max(((alike[i, j], p, q) for i, p in enumerate(mine) for j, q in enumerate(theirs)), default=None)
    if best is None:
        return
    names = say.projects[best[1]].label, say.projects[best[2]].label
    text = Text(
        f"Ihre Projekte haben Ähnliches vor: „{names[0]}“ und „{names[1]}“.",
        f"Their projects are about similar things: “{names[0]}” and “{names[1]}”.",
    )
    evidence = (mine[best[1]].iri, best[1], theirs[best[2]].iri, best[2])
    yield Weighed(weight, Reason("theme", text, say.sourced(evidence)))


def _places(say: Statements, sides: tuple[Side, Side]) -> Iterator[Weighed]:
    mine, theirs = (say.holders(side.iri, "place") for side in sides)
    shared = sorted(iri for iri in mine.keys() & theirs.keys() if iri in say.places and not say.places[iri].is_area)
    if shared:
        name = say.places[shared[0]].label
        text = Text(f"Beide sind an diesem Ort aktiv: „{name}“.", f"Both are active at this place: “{name}”.")
        evidence = [*_said(sides[0], mine[shared[0]]), *_said(sides[1], theirs[shared[0]])]
        yield Weighed(1.0, Reason("place", text, say.sourced(evidence)))
        return
    away = say.distance(sides[0].iri, sides[1].iri)
    if away is not None and away <= WALK:
        far = told_metres(away)
        text = Text(
            f"Sie sind Nachbarn: Ihre Adressen liegen {far.de} auseinander.",
            f"They are neighbours: their addresses are {far.en} apart.",
        )
        yield Weighed(0.4, Reason("near", text, say.sourced(side.iri for side in sides)))


def _targets(say: Statements, sides: tuple[Side, Side]) -> Iterator[Weighed]:
    mine, theirs = (say.holders(side.iri, "target") for side in sides)
    shared = sorted(mine.keys() & theirs.keys())
    if shared:
        names = [", ".join(say.evidence.records.words[iri][at] for iri in shared[:3]) for at in (0, 1)]
        text = Text(
            f"Beide sind für dieselben Menschen da: {names[0]}.",
            f"Both are there for the same people: {names[1]}.",
        )
        evidence = [*_said(sides[0], mine[shared[0]]), *_said(sides[1], theirs[shared[0]])]
        yield Weighed(0.2, Reason("target", text, say.sourced(evidence)))
