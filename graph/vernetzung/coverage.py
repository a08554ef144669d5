"""Where something happens and where nothing: fields by places and target groups; and what the records lack."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.network import edges_of
from graph.vernetzung.figure import Cell, Figure, both, percent

if TYPE_CHECKING:
    from graph.vernetzung.ground import Ground

_PLACES = 12


def coverage(ground: Ground) -> Figure:
    """Projects by Handlungsfeld and place; places with most projects first."""
    network = ground.all
    fields = [iri for iri, node in network.nodes(data=True) if node["type"] == "handlungsfeld"]
    by_field = {field: _around(ground, field, "field", "project") for field in fields}
    fields = sorted((field for field in fields if by_field[field]), key=ground.order)
    sites = {project: _around(ground, project, "site", "place") for found in by_field.values() for project in found}
    places = Counter(place for found in sites.values() for place in found)
    columns = sorted(places, key=lambda place: (-places[place], ground.order(place)))[:_PLACES]
    rows: list[tuple[Cell, ...]] = [
        (ground.ref(field), *(sum(place in sites[one] for one in by_field[field]) for place in columns))
        for field in fields
    ]
    blank = sum(not count for row in rows for count in row[1:])
    return Figure(
        "coverage",
        both("Was ist wo abgedeckt?", "What is covered where?"),
        both(
            "{fields} Handlungsfelder an {places} Orten mit Projekten; {blank} Felder dieser Tafel sind leer.",
            "{fields} fields of action at {places} places with projects; {blank} cells of this table are empty.",
            fields=len(rows),
            places=len(columns),
            blank=blank,
        )
        if rows
        else both("Noch ist kein Projekt einem Handlungsfeld zugeordnet.", "No project has a field of action yet."),
        both(
            "Ein leeres Feld, wo das IHEK einen Bedarf nennt, ist eine Frage an die Planungsrunde.",
            "An empty cell where the IHEK names a need is a question to the planning round.",
        ),
        both(
            "Leer heißt: nicht erfasst. Nicht jeder Ort braucht jedes Feld.",
            "Empty means not recorded. Not every place needs every field.",
        ),
        (both("Handlungsfeld", "Field of action"), *(_heading(ground, place) for place in columns)),
        tuple(rows),
        {"view": "handlungsfelder", **ground.question.query},
    )


def gaps_in_records(ground: Ground) -> Figure:
    """What share of actors has a place, a field, a dated tie and a source."""
    network = ground.all
    actors = [iri for iri, node in network.nodes(data=True) if node["type"] in ("actor", "network")]
    total = len(actors)

    def having(test: str) -> int:
        return sum(any(edge["kind"] == test for _, edge in edges_of(network, iri)) for iri in actors)

    dated = sum(bool(ground.first_seen.get(iri)) for iri in actors)
    sourced = sum(any(edge["source"] for _, edge in edges_of(network, iri)) for iri in actors)
    sector = sum(bool(network.nodes[iri]["sector"]) for iri in actors)
    counts = [
        (both("Bereich bekannt", "Sector known"), sector),
        (both("Ort bekannt", "Place known"), having("site")),
        (both("Handlungsfeld bekannt", "Field of action known"), having("field")),
        (both("Verbindung mit Datum", "A dated tie"), dated),
        (both("Verbindung mit Quelle", "A tie with its source"), sourced),
    ]
    least = min(counts, key=lambda one: one[1])
    return Figure(
        "gaps-in-records",
        both("Was fehlt in den Daten?", "What do the records lack?"),
        both(
            "Am seltensten steht da: {de} – bei {share} % von {total} Akteuren.",
            "Least often there: {en} – for {share} % of {total} actors.",
            **least[0],
            share=percent(least[1] / total),
            total=total,
        )
        if total
        else both("Noch sind keine Akteure erfasst.", "No actors are recorded yet."),
        both(
            "Was fehlt, kann keine Auswertung sehen: Diese Lücken zuerst schließen.",
            "What is missing no analysis can see: close these gaps first.",
        ),
        both("Kein Zeugnis für die, die eintragen.", "No report on those who enter the data."),
        (both("Angabe", "Fact"), both("Akteure", "Actors"), both("Anteil", "Share")),
        tuple((words[ground.language], count, count / total) for words, count in counts) if total else (),
    )


def _around(ground: Ground, iri: str, kind: str, node_type: str) -> set[str]:
    return {
        other
        for other, edge in edges_of(ground.all, iri)
        if edge["kind"] == kind and ground.all.nodes[other]["type"] == node_type
    }


def _heading(ground: Ground, iri: str) -> dict[str, str]:
    label = ground.called.label(iri)
    return {"de": label, "en": label}
