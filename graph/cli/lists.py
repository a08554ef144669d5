"""`pankenetz import` and `pankenetz template`: lists of offices come in, and an empty workbook goes out."""

from __future__ import annotations

import gc
import getpass
import itertools
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli import output
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.words import language, said
from graph.cli.writing import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importing.plan import Plan

_ACTIONS = {"add": "neu", "change": "geändert", "same": "unverändert", "unsure": "unsicher"}


@click.command(
    "import",
    cls=Command,
    help="Liest Listen ein (.xlsx .ods .csv .tsv, auch .ttl .trig .nt .nq .jsonld) und sagt, was neu, geändert, "
    "zusammengeführt, unsicher oder abgelehnt ist. Mit --dry-run wird nichts geschrieben.",
    epilog="pankenetz import projekte.xlsx akteure.csv --dry-run",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--source", default="", metavar="NAME", help="Name der Quelle (sonst nach der ersten Datei).")
@click.option(
    "--mapping",
    metavar="FILE",
    help="Was die Spalten bedeuten (JSON). Gibt es die Datei noch nicht, wird geschrieben, was erkannt wurde.",
)
@click.option(
    "--leave-out", metavar="FILE.xlsx", help="Fehlerhafte Zeilen weglassen und zum Berichtigen dorthin schreiben."
)
@click.option("--dry-run", is_flag=True, help="Nur zeigen, nichts schreiben.")
@format_option("text", "json")
@pass_settings
def import_(  # noqa: PLR0913, PLR0917  # one argument per option
    settings: Settings,
    files: tuple[str, ...],
    source: str,
    mapping: str | None,
    leave_out: str | None,
    dry_run: bool,
    format_: str,
) -> None:
    """Read lists, show what they change, and change it."""
    from graph.importing import mapping as mappings
    from graph.importing.plan import as_json, plan
    from graph.importing.report import message
    from graph.importing.takeover import apply

    # A plan is a million small things that none of them points back to: looking for circles takes a fifth of the time.
    gc.disable()
    if sys.stderr.isatty():
        note(said("Liest {files} …", files=", ".join(Path(file).name for file in files)))
    remembered = mappings.load(Path(mapping)) if mapping and Path(mapping).exists() else None
    paths = [Path(file) for file in files]
    with settings.store() if dry_run else settings.writable() as store:
        found = plan(store, paths, source=source, mapping=remembered)
        if leave_out and found.errors:
            _write_bad_rows(leave_out, found)
            found = plan(store, paths, source=source, mapping=remembered, without=found.bad_rows)
        # Told before it is written: afterwards, what was new would be there already.
        document = as_json(found, language())
        is_blank = not (document["entities"] or document["links"] or found.given.quads or found.weighed.removed)
        change = None if dry_run or found.errors or is_blank else apply(store, found, getpass.getuser())
    if mapping and remembered is None:
        with writing(mapping):
            mappings.save(Path(mapping), found.tables)
        note(said("Geschrieben: {path}", path=mapping))
    if format_ == "json":
        output.write_json(document)
    else:
        for line in _lines(found, document):
            click.echo(output.one_line(line))
    if is_blank and not dry_run:
        words = "In den Dateien ist keine Zeile, aus der sich etwas übernehmen ließe; bitte die Überschriften prüfen."
        raise click.ClickException(said(words))
    if change is not None:
        note(_outcome(change.id, change.added, change.removed))
    elif found.errors and not dry_run:
        for problem in found.errors:
            note(f"{_place(problem.spot.file, problem.spot.sheet, problem.spot.cell)}: {message(problem, language())}")
        words = "Nichts wurde übernommen. Bitte berichtigen, oder mit --leave-out FILE.xlsx ohne diese Zeilen einlesen."
        raise click.ClickException(said(words))


def _write_bad_rows(file: str, found: Plan) -> None:
    from graph.importing import mending

    with writing(file):
        mending.write(Path(file), found, language())
    note(
        said("{count} Zeilen weggelassen; zum Berichtigen stehen sie in {path}.", count=len(found.bad_rows), path=file)
    )


def _outcome(change: str, added: int, removed: int) -> str:
    if not change:
        return said("Nichts zu tun: Das steht alles schon da.")
    return said(
        "Übernommen als Änderung {change}: {added} Aussagen dazu, {removed} weg.",
        change=change,
        added=added,
        removed=removed,
    )


def _lines(found: Plan, document: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """The plan for eyes: entries and links with their cells, what is unsure or wrong, and the sums."""
    places = {entity["iri"]: "" for entity in document["entities"]}
    labels = {entity["iri"]: entity["label"] for entity in document["entities"]}
    spots = itertools.chain((entity.spot for entity in found.entities), itertools.repeat(None))
    for entity, spot in zip(document["entities"], spots, strict=False):
        places[entity["iri"]] = _place(spot.file, spot.sheet, spot.cell) if spot else ""
        spellings = [text for text in entity["spellings"] if text != entity["label"]]
        also = f" = {' = '.join(spellings)}" if spellings else ""
        where = f" ({places[entity['iri']]})" if places[entity["iri"]] else ""
        yield f"{said(_ACTIONS[entity['action']])} · {entity['class']} · {entity['label']}{also}{where}"
    for link in document["links"]:
        ends = f"{labels.get(link['from'], link['from'])} → {labels.get(link['to'], link['to'])}"
        where = f" ({link['cell']})" if link["cell"] else ""
        yield f"{link['class']} · {link['role']} · {ends}{where}"
    for problem in document["problems"]:
        yield f"{_place(problem['file'], problem['sheet'], problem['cell'])}: {problem['message']}"
    for column in document["unmapped"]:
        words = "Die Spalte „{column}“ wurde nicht verstanden; was darin steht, ist als Bemerkung aufgehoben."
        yield f"{_place(column['file'], column['sheet'], '')}: {said(words, column=column['column'])}"
    counts = Counter(entity["action"] for entity in document["entities"])
    sums = ", ".join(f"{count} {said(_ACTIONS[action])}" for action, count in sorted(counts.items()))
    yield said(
        "Einträge: {sums}. Verbindungen: {links}. Hinweise: {problems}.",
        sums=sums or "0",
        links=len(document["links"]),
        problems=len(document["problems"]),
    )


def _place(file: str, sheet: str, cell: str) -> str:
    return " · ".join(filter(None, (file, sheet, cell)))


@click.command(
    "template",
    cls=Command,
    help="Schreibt eine leere Arbeitsmappe mit unseren Spalten, Auswahllisten und Hilfe.",
    epilog="pankenetz template vorlage.xlsx",
)
@click.argument("file", metavar="FILE.xlsx")
def template(file: str) -> None:
    """An empty workbook to fill in."""
    from graph.importing.template import write

    if Path(file).suffix.lower() != ".xlsx":
        raise click.ClickException(
            said("Die Vorlage ist eine Arbeitsmappe; bitte einen Namen mit der Endung .xlsx nennen.")
        )
    with writing(file):
        write(Path(file))
    note(said("Geschrieben: {path}", path=file))
