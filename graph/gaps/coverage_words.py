"""The sentences about an open cell: what was stated, that nobody is there, what is not known, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps.gap import Reason, Text
from ontology.concepts import concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.gaps.coverage import Cell
    from graph.gaps.records import Actor
    from graph.gaps.statements import Statements

KINDS = {
    "Need": Text("als Bedarf", "as a need"),
    "Goal": Text("als Ziel", "as a goal"),
    "Focus": Text("als Schwerpunkt", "as a focus"),
    "Measure": Text("als Maßnahme", "as a measure"),
}
LONGEST = 200
"""Letters of a statement that are quoted."""

SCHEMES = {"sector": "sector", "target": "target-group"}


def named(say: Statements, cell: Cell) -> Text:
    """What the field is crossed with, as it stands after "niemand"."""
    if cell.dimension in SCHEMES:
        label = concept(SCHEMES[cell.dimension], cell.value.rpartition("/")[2]).label
        if cell.dimension == "sector":
            return Text(f"aus dem Bereich {label['de']}", f"of the sector {label['en']}")
        return Text(f"für {label['de']}", f"for {label['en']}")
    if cell.dimension == "place":
        label_of = say.places[cell.value].label
        return Text(f"am Ort „{label_of}“", f"at “{label_of}”")
    if cell.dimension == "agency" and cell.value:
        label_of = say.actors[cell.value].label
        return Text(f"„{label_of}“", f"“{label_of}”")
    return Text("", "")


def headline(say: Statements, cell: Cell) -> Text:
    """Field, what it is crossed with, and whether that nobody is there is known."""
    what = named(say, cell)
    state = Text("niemand", "nobody") if cell.known else Text("keine Angabe", "nothing said")
    if cell.dimension == "agency":
        state = what if cell.value else Text("ein Amt", "an authority")
        state = Text(f"{state.de} fehlt", f"{state.en} is missing")
    elif what.de:
        state = Text(f"{state.de} {what.de}", f"{state.en} {what.en}")
    if not cell.field:
        return state
    field = say.fields[cell.field]
    return Text(f"{field.label} ({field.round}): {state.de}", f"{field.label} ({field.round}): {state.en}")


def reasons(say: Statements, cell: Cell) -> tuple[Reason, ...]:
    """The strongest statement, who was there before, and where it was looked for; each with evidence."""
    found = [_stated(say, cell), *_before(say, cell), _nobody(say, cell)]
    return tuple(reason for reason in found if reason.evidence)


def _stated(say: Statements, cell: Cell) -> Reason:
    demand, more = cell.demands[0], len(cell.demands) - 1
    quoted = demand.text if len(demand.text) <= LONGEST else demand.text[:LONGEST].rsplit(" ", 1)[0] + " …"
    kind = KINDS[demand.kind]
    where = Text(f" (Runde {demand.round})", f" (round {demand.round})") if demand.round else Text("", "")
    further = Text("", "")
    if more > 0:
        further = Text(
            f", dazu {more} {'weitere Aussage' if more == 1 else 'weitere Aussagen'}",
            f", and {more} more {'statement' if more == 1 else 'statements'}",
        )
    text = Text(
        f"Das IHEK{where.de} nennt {kind.de}: „{quoted}“{further.de}.",
        f"The IHEK{where.en} states {kind.en}: “{quoted}”{further.en}.",
    )
    return Reason("need", text, say.sourced(demand.iri for demand in cell.demands))


def _before(say: Statements, cell: Cell) -> Iterator[Reason]:
    if cell.former is None:
        return
    who, project = say.actors[cell.former.actor].label, say.projects[cell.former.subject].label
    years = say.years(cell.former)
    text = Text(
        f"Früher war dort „{who}“ mit „{project}“{years}.",
        f"“{who}” used to be there with “{project}”{years}.",
    )
    yield Reason("before", text, say.sourced((cell.former.iri, cell.former.subject)))


def _nobody(say: Statements, cell: Cell) -> Reason:
    number = len(cell.looked)
    evidence = say.sourced(project.iri for project in cell.looked) or say.sourced(d.iri for d in cell.demands)
    if not number:
        text = Text("Kein Projekt dazu läuft oder lief vor Kurzem.", "No project about it runs or did so lately.")
    elif cell.dimension == "field":
        text = Text(
            f"Kein Projekt dazu läuft nachweislich; bei {_projects(number).de} fehlen die Jahre.",
            f"No project about it is known to run; {_projects(number).en} without years.",
        )
    else:
        where = {
            "place": Text("an diesem Ort", "at this place"),
            "target": Text("für diese Menschen", "for these people"),
            "sector": Text("mit jemandem aus diesem Bereich", "with somebody of this sector"),
            "agency": Text("mit diesem Amt" if cell.value else "mit einem Amt", "with this authority"),
        }[cell.dimension]
        count = "1 Projekt" if number == 1 else f"{number} Projekte"
        text = Text(
            f"Angesehen: {count} in diesem Handlungsfeld; keines ist nachweislich {where.de}.",
            f"Looked at: {_projects(number).en} in this field of action; none is known to be {where.en}.",
        )
    return Reason("nobody", text, evidence)


def _projects(number: int) -> Text:
    return Text("einem Projekt" if number == 1 else f"{number} Projekten", f"{number} project{'s' * (number != 1)}")


def unsure(cell: Cell) -> Iterator[Text]:
    """What is not known about the cell, and that not everything is written down."""
    if cell.silent:
        fails = {
            "place": Text("der Ort", "the place"),
            "target": Text("für wen sie da sind", "for whom they are"),
            "sector": Text("der Bereich der Beteiligten", "the sector of those in them"),
            "agency": Text("wer beteiligt ist", "who takes part"),
            "field": Text("die Jahre", "the years"),
        }[cell.dimension]
        share = f"{cell.silent} von {len(cell.looked)}", f"{cell.silent} of {len(cell.looked)}"
        yield Text(
            f"Bei {share[0]} Projekten steht nicht, was wir wissen müssten ({fails.de}): "
            "Die Lücke kann längst geschlossen sein.",
            f"{share[1]} projects do not say what we would need to know ({fails.en}): the gap may be closed already.",
        )
    if cell.demands[0].start is None:
        yield Text(
            "Wann die Runde begann, aus der die Aussage stammt, ist nicht bekannt.",
            "When the round began that states this is not known.",
        )
    yield Text(
        "Angebote ohne Projekt (offene Türen, Regelarbeit) stehen hier oft nicht.",
        "What is offered without a project (open doors, daily work) is often missing here.",
    )


def next_step(say: Statements, cell: Cell, helpers: Sequence[Actor]) -> Text:
    """Whom to ask."""
    if cell.dimension == "agency" and cell.value:
        label = say.actors[cell.value].label
        if helpers:
            return Text(
                f"Mit „{helpers[0].label}“ überlegen, wie „{label}“ dazukommt.",
                f"Consider with “{helpers[0].label}” how to bring in “{label}”.",
            )
        return Text(
            f"Bei „{label}“ erfragen, wer dort zuständig ist, und zur nächsten Runde einladen.",
            f"Ask “{label}” who is responsible there and invite them to the next meeting.",
        )
    if helpers:
        names = " und ".join(f"„{actor.label}“" for actor in helpers[:2])
        english = " and ".join(f"“{actor.label}”" for actor in helpers[:2])
        return Text(f"{names} fragen, was dort möglich wäre.", f"Ask {english} what could be done there.")
    return Text(
        "In der nächsten Runde fragen, wer hier etwas beginnen könnte.",
        "Ask in the next round who could begin something here.",
    )
