"""`pankenetz backtest`: how good the lists of missing partnerships would have been in past years."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from graph.cli import output
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

MEASURES = {"introduce": ("p20", "map", "any10"), "table": ("any10", "recall10", "map")}


@click.command(
    "backtest",
    cls=Command,
    help="Prüft, wie gut die Vorschläge früher gewesen wären, neben den üblichen Verfahren.",
    epilog="pankenetz backtest --format json > rueckblick.json",
)
@format_option("table", "json")
@pass_settings
def backtest(settings: Settings, format_: str) -> None:
    """Both lists judged on past windows; each measure with its 95 % interval. See `graph.gaps.panel`."""
    from graph.gaps import backtest as judged

    if sys.stderr.isatty():
        note(said("Die Listen früherer Jahre werden neu berechnet …"))
    with settings.store() as store:
        panel = judged(store)
    found = panel.as_json()
    if format_ == "json":
        output.write_json(found)
        return
    if not found["introduce"]["windows"]:
        note(said("Dafür sind noch zu wenige Projekte mit Anfang, Träger und Partnern verzeichnet."))
        return
    for kind, measures in MEASURES.items():
        click.echo(f"{kind}:")
        _write_methods(found[kind]["methods"], measures)
    for kind, strengths in (panel.strengths or {}).items():
        for strength, (hits, lines) in strengths.items():
            sentence = "{kind}, {strength}: {hits} von {lines} solchen Vorschlägen wurden wahr."
            click.echo(said(sentence, kind=kind, strength=strength, hits=hits, lines=lines))
    click.echo(said("Gemessen mit den normalen Gewichten."))
    click.echo(said("Treffer sagen, was üblich war, nicht was nützt."))


def _write_methods(methods: Mapping[str, Mapping[str, Any]], measures: tuple[str, ...]) -> None:
    """One line per method, each measure as value (low–high)."""
    rows = [
        [name, *("{:.3f} ({:.3f}–{:.3f})".format(*values[measure]) for measure in measures)]
        for name, values in methods.items()
    ]
    output.write_table([said("Verfahren"), *measures], rows)
