"""The commands that ask, export and look back; the list of all."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli import output
from graph.cli.backtest import backtest
from graph.cli.briefing import briefing
from graph.cli.check import check
from graph.cli.errors import system_reason
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.gaps import gaps
from graph.cli.keeping import backup, forget, restore
from graph.cli.lists import import_, template
from graph.cli.network import measures, view
from graph.cli.past import history, undo
from graph.cli.values import Seconds
from graph.cli.words import said
from graph.cli.writing import writing
from graph.errors import QueryError, QueryRefused
from graph.questions import NAMESPACES
from graph.syntax import GRAPHS, TABLES, asked_form, clarified

if TYPE_CHECKING:
    from graph.sandbox import Answer
    from graph.store import Store


@click.command(
    "query",
    cls=Command,
    help="Stellt dem Graphen eine Frage in SPARQL (nur lesend). "
    "Ohne FILE oder mit „-“ wird von der Standardeingabe gelesen.",
    epilog="echo 'SELECT ?a { ?a a <https://w3id.org/pankenetz/ns#Actor> } LIMIT 5' | pankenetz query --format csv",
)
@click.argument("file", default="-")
@format_option("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdfxml")
@click.option("--timeout", type=Seconds(), default="10", help="Längstens so viele Sekunden.")
@pass_settings
def query(settings: Settings, file: str, format_: str, timeout: float) -> None:
    """Run SPARQL in the sandbox, like a stranger's query."""
    from graph.sandbox import Sandbox

    text = _query_text(file)
    form = asked_form(text)
    formats = GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else TABLES
    allowed = ("table", *formats)
    if format_ not in allowed:
        message = "Eine Antwort auf {form} gibt es nicht als {format}. Möglich sind: {allowed}."
        raise click.ClickException(said(message, form=form, format=format_, allowed=", ".join(allowed)))
    media_type = formats.get(format_) or next(iter(formats.values()))
    with settings.store() as store, Sandbox(store, timeout=timeout) as sandbox:
        try:
            answer = sandbox.run(text, media_type, timeout=timeout)
        except QueryRefused:
            raise
        except QueryError as error:
            raise clarified(text, error, NAMESPACES) from error
        _write_answer(store, answer, as_table=format_ == "table" and formats is TABLES)


def _query_text(file: str) -> str:
    if file == "-" and sys.stdin.isatty():
        note(said("Bitte die Abfrage eintippen und mit Strg-D beenden."))
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        message = said("Die Datei {path} lässt sich nicht lesen: {reason}.", path=file, reason=system_reason(error))
        raise click.ClickException(message) from error
    except UnicodeDecodeError as error:
        raise click.ClickException(said("Die Datei {path} ist kein Text in UTF-8.", path=file)) from error


def _write_answer(store: Store, answer: Answer, *, as_table: bool) -> None:
    if not as_table:
        output.write_bytes(answer.body)
    else:
        from graph.answers import short, table

        found = table(answer.body)
        if found.truth is not None:
            click.echo(said("ja") if found.truth else said("nein"))
        else:
            rows = [
                [short(cell.text, store.base_iri) if cell.kind == "iri" else cell.text for cell in row]
                for row in found.rows
            ]
            output.write_table(found.columns, rows)
            note(said("Zeilen: {rows} ({seconds} Sekunden)", rows=len(rows), seconds=f"{answer.seconds:.2f}"))
    if answer.truncated:
        note(said("Das ist nicht alles: Die Antwort wurde an der Obergrenze abgeschnitten."))


@click.command(
    "export",
    cls=Command,
    help="Schreibt den Datenbestand in eine Datei; die Endung sagt, wie.",
    epilog="pankenetz export quartier.zip",
)
@click.argument("file")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Alles in jeder Form in ein .zip: Tabellen, RDF, Bilder und Seiten, die ohne Server zu lesen sind.",
)
@click.option(
    "--with-contacts",
    is_flag=True,
    help="Auch die Ansprechpersonen; die Datei kann dann nur lesen, wem sie gehört.",
)
@pass_settings
def export(settings: Settings, file: str, everything: bool, with_contacts: bool) -> None:
    """Everything but the history, and contacts only if that was asked for, by the file's ending."""
    from graph.contacts import Contacts
    from graph.export import export as write
    from graph.export import export_all

    with writing(file), settings.store() as store:
        personal = Contacts(store).taken_along() if with_contacts else None
        if everything:
            export_all(store, Path(file), dt.datetime.now().astimezone().date(), personal)
        else:
            write(store, Path(file), personal)
    note(said("Geschrieben: {path}", path=file))
    if with_contacts:
        words = "Darin stehen Ansprechpersonen: Bitte sicher aufbewahren; weitergeben nur, wo ihr Zweck es erlaubt."
        note(said(words))


COMMANDS: tuple[click.Command, ...] = (
    import_,
    template,
    query,
    gaps,
    backtest,
    measures,
    check,
    export,
    briefing,
    view,
    history,
    undo,
    backup,
    restore,
    forget,
)
