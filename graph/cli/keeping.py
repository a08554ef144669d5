"""`pankenetz backup`, `restore` and `forget`: nothing lost that should stay, nothing kept that should go."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path

import click

from graph import backups
from graph.cli import output
from graph.cli.frame import Command, Settings, note, pass_settings
from graph.cli.words import said
from graph.errors import StoreBusy


@click.command(
    "backup",
    cls=Command,
    help="Sichert alles in einen Ordner, auch während der Server läuft. "
    "Jede Sicherung bekommt darin einen eigenen Ordner.",
    epilog="pankenetz backup /media/stick/pankenetz --keep",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    is_flag=True,
    help="Danach alte Sicherungen entfernen: eine je Tag bleibt 14 Tage, eine je Woche 8 Wochen, "
    "eine je Monat 2 Jahre.",
)
@pass_settings
def backup(settings: Settings, folder: Path, keep: bool) -> None:
    """A copy, by ourselves or by the server that has the data open."""
    try:
        with settings.store() as store:
            done = backups.backup(store, folder)
    except StoreBusy:
        done = backups.ask(settings.data, folder)
    click.echo(done.path)
    note(said("Gesichert: {path} (Datenstand {version})", path=done.path, version=done.version))
    for gone in backups.prune(folder, dt.datetime.now(dt.UTC)) if keep else ():
        note(said("Nach der Regel entfernt: {path}", path=gone.path))


@click.command(
    "restore",
    cls=Command,
    help="Holt die neueste Sicherung eines Ordners zurück.",
    epilog="pankenetz restore /media/stick/pankenetz --force",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--force", is_flag=True, help="Einen Datenbestand, der schon da ist, ersetzen; er bleibt daneben aufgehoben."
)
@pass_settings
def restore(settings: Settings, folder: Path, force: bool) -> None:
    """Put a copy in the place of the data."""
    settings.refuse_remote()
    done = backups.restore(folder, settings.data, force=force)
    words = "Zurückgeholt: {path} (Datenstand {version}). Alle müssen sich neu anmelden."
    note(said(words, path=done.path, version=done.version))


@click.command(
    "forget",
    cls=Command,
    help="Löscht eine Ansprechperson überall, auch im Verlauf, und sagt, was es gelöscht hat.",
    epilog="pankenetz forget https://w3id.org/pankenetz/id/contact/6f1c9a",
)
@click.argument("iri")
@pass_settings
def forget(settings: Settings, iri: str) -> None:
    """Erase a contact, by its IRI."""
    from graph.contacts import Contacts

    with settings.store() as store:
        erased = Contacts(store).forget(iri, author=getpass.getuser())
    words = "Gelöscht: {statements} Angaben, dazu Spuren in {changes} Änderungen des Verlaufs."
    click.echo(said(words, statements=erased.statements, changes=erased.changes))
    if erased.lingers:
        words = (
            "Die Festplatte ließ sich nicht neu schreiben: In ihren Dateien verschwindet der Rest beim nächsten Start."
        )
        note(said(words))
    for one in erased.mentions:
        words = "Bitte selbst ansehen, hier steht der Name noch: {label} ({iri})"
        click.echo(output.one_line(said(words, label=one.label, iri=one.iri)))
    for copy in erased.backups:
        click.echo(said("In dieser Sicherung steht die Person noch: {path}", path=copy.path))
