"""`pankenetz measures` and `pankenetz view`: the network in figures and as one picture."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.cli import output
from graph.cli.entries import require_entry
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.values import Count, Day
from graph.cli.words import language, said
from graph.cli.writing import writing
from graph.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from graph.measures import ActorMeasures, NetworkSummary

ENDINGS = (".html", ".htm")


@click.command(
    "measures",
    cls=Command,
    help="Misst das Netz: jeden Akteur und das Ganze.",
    epilog="pankenetz measures --as-of 2022 --format csv > messwerte.csv",
)
@click.option("--as-of", type=Day(), help="Stand an diesem Tag: JJJJ, JJJJ-MM oder JJJJ-MM-TT (sonst heute).")
@format_option("table", "json", "csv")
@pass_settings
def measures(settings: Settings, as_of: date | None, format_: str) -> None:
    """Network measures per actor and for the whole; what they mean stands in `graph.measures`."""
    from graph.measures import measure_table, summary
    from graph.network import Scope, one_mode, two_mode

    with settings.store() as store:
        network = one_mode(two_mode(store, Scope(as_of=as_of)))
    whole, lines = summary(network), measure_table(network)
    rows = [line.row() for line in lines]
    if format_ == "json":
        output.write_json({"as_of": as_of.isoformat() if as_of else None, "network": asdict(whole), "actors": rows})
    elif format_ == "csv":
        columns = list(_fields())
        output.write_csv(columns, ([row[name] for name in columns] for row in rows))
    else:
        _write_table(whole, lines)


def _fields() -> tuple[str, ...]:
    from graph.measures import ActorMeasures

    return tuple(ActorMeasures.__dataclass_fields__)


def _write_table(whole: NetworkSummary, lines: list[ActorMeasures]) -> None:
    """Best-tied first; the whole goes above, as sentences."""
    from graph.measures import MEASURES

    sentence = (
        "{actors} Akteure, {ties} Verbindungen, {isolates} ohne Verbindung, "
        "{components} getrennte Teile, {groups} Gruppen."
    )
    facts: dict[str, Any] = asdict(whole)
    note(said(sentence, **facts))
    columns = [said("Akteur"), *(measure.label[language()] for measure in MEASURES)]
    ordered = sorted(lines, key=lambda line: (-line.partners, line.label.casefold()))
    output.write_table(columns, [[line.label[:40], *(getattr(line, one.name) for one in MEASURES)] for line in ordered])


@click.command(
    "view",
    cls=Command,
    help="Schreibt das Netz als eine HTML-Datei, die sich ohne Internet öffnen lässt.",
    epilog="pankenetz view silent-green.html --actor silent-green-a --steps 2",
)
@click.argument("file")
@click.option("--actor", metavar="SLUG", help="Nur die Umgebung dieses Akteurs (Kennung).")
@click.option("--steps", type=Count(1, 3), help="So viele Schritte um den Akteur: 1, 2 oder 3.")
@pass_settings
def view(settings: Settings, file: str, actor: str | None, steps: int | None) -> None:
    """One self-contained picture."""
    from graph.export import write_whole
    from graph.picture import one_file

    if not file.lower().endswith(ENDINGS):
        raise BadInput("format", file, ENDINGS)
    if steps and actor is None:
        raise click.UsageError(said("--steps geht nur zusammen mit --actor."), click.get_current_context())
    with writing(file), settings.store() as store:
        if actor is not None:
            require_entry(store, "actor", actor)
        page = one_file(store, actor=actor, steps=steps or 1, language=language())
        write_whole(Path(file), page.encode())
    note(said("Geschrieben: {path}", path=file))
