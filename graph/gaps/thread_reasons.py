"""What is said of a thread: what hangs on what, by which statements, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps.gap import Reason, Text
from graph.gaps.statements import project_ref
from graph.gaps.structure import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.gaps.records import Project
    from graph.gaps.structure import Structure
    from graph.gaps.threads import Thread

OLD = 4
"""Years without news after which a tie is said to be old."""

_UNWRITTEN = Text(
    "Nur nach dem, was eingetragen ist: Eine Verbindung, die niemand aufgeschrieben hat, kann längst halten.",
    "Only by what is on record: a tie that nobody wrote down may well hold.",
)


def actor_reasons(structure: Structure, thread: Thread) -> tuple[Reason, ...]:
    """How many lose their connection without the actor, and by what the biggest group hangs on it."""
    holder = structure.ref(thread.holds).label
    lost = [iri for piece in thread.hangs for iri in piece]
    names = named(structure.refs(lost))
    text = Text(
        f"Fällt „{holder}“ aus, verlieren {len(lost)} andere den Anschluss: {names.de}.",
        f"If “{holder}” drops out, {len(lost)} others lose their connection: {names.en}.",
    )
    if len(lost) == 1:
        text = Text(
            f"Fällt „{holder}“ aus, verliert {names.de} den Anschluss.",
            f"If “{holder}” drops out, {names.en} loses its connection.",
        )
    held = sorted(structure.network[thread.holds].keys() & set(lost))
    bonds = {iri: structure.bond(thread.holds, iri) for iri in held}
    evidence = dict.fromkeys(one for bond in bonds.values() for one in bond.evidence)
    first = next(iri for iri in thread.hangs[0] if iri in bonds)
    shown = structure.ref(first).label
    bond = Text(
        f"„{shown}“ hängt daran durch: {bonds[first].text.de}.",
        f"“{shown}” hangs on it by: {bonds[first].text.en}.",
    )
    return Reason("cut_actor", text, tuple(evidence)), Reason("bond", bond, bonds[first].evidence)


def tie_reasons(structure: Structure, thread: Thread) -> tuple[Reason, ...]:
    """What the only tie is, and who hangs on it."""
    end, holder = structure.ref(thread.end).label, structure.ref(thread.holds).label
    bond = structure.bond(thread.end, thread.holds)
    if thread.loses == 1:
        text = Text(
            f"„{end}“ hat nur einen Partner, „{holder}“, durch: {bond.text.de}.",
            f"“{end}” has but one partner, “{holder}”, by: {bond.text.en}.",
        )
        return (Reason("cut_tie", text, bond.evidence),)
    names = named(structure.refs(thread.hangs[0]))
    text = Text(
        f"Nur über „{end}“ und „{holder}“ haben {thread.loses} Akteure Anschluss: {names.de}.",
        f"Only by “{end}” and “{holder}” are {thread.loses} actors connected: {names.en}.",
    )
    said = Text(f"Die beiden verbindet: {bond.text.de}.", f"What ties the two: {bond.text.en}.")
    return Reason("cut_tie", text, bond.evidence), Reason("bond", said, bond.evidence)


def field_reasons(structure: Structure, thread: Thread) -> tuple[Reason, ...]:
    """Whose Träger carries all projects of a Handlungsfeld."""
    field, holder = structure.say.fields[thread.end], structure.ref(thread.holds).label
    projects = carried(structure, thread)
    names = named(map(project_ref, projects))
    evidence = [structure.carriers[project.iri][thread.holds] for project in projects]
    round_ = (f" (Runde {field.round})", f" (round {field.round})") if field.round else ("", "")
    text = Text(
        f"Alle {thread.loses} Projekte mit bekanntem Träger im Handlungsfeld „{field.label}“{round_[0]} trägt "
        f"„{holder}“: {names.de}.",
        f"All {thread.loses} projects of known Träger in the field of action “{field.label}”{round_[1]} are carried "
        f"by “{holder}”: {names.en}.",
    )
    if thread.loses == 1:
        text = Text(
            f"Im Handlungsfeld „{field.label}“{round_[0]} hat nur ein Projekt einen bekannten Träger: {names.de} von "
            f"„{holder}“.",
            f"In the field of action “{field.label}”{round_[1]} only one project has a known Träger: {names.en} of "
            f"“{holder}”.",
        )
    return (Reason("only_traeger", text, structure.say.sourced(evidence)),)


def carried(structure: Structure, thread: Thread) -> list[Project]:
    """The projects of a Handlungsfeld that its only Träger carries."""
    return [p for p in structure.projects[thread.end] if thread.holds in structure.carriers.get(p.iri, {})]


def thread_cautions(structure: Structure, thread: Thread) -> tuple[Text, ...]:
    """At least that records have holes; how old the tie is, where it is old or nobody knows."""
    return (*_age(structure, thread), _UNWRITTEN)


def _age(structure: Structure, thread: Thread) -> Iterator[Text]:
    if thread.sort != "tie":
        return
    last = structure.network.edges[thread.end, thread.holds]["last"]
    if last is None:
        yield Text("Von wann diese Verbindung ist, ist nicht bekannt.", "How old this tie is, is not known.")
    elif last < structure.horizon.years_back(OLD):
        yield Text(
            f"Diese Verbindung ist zuletzt {last.year} belegt: Vielleicht gibt es sie nicht mehr.",
            f"This tie is on record last in {last.year}: it may be no more.",
        )
