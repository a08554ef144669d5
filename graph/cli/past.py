"""`pankenetz history` and `pankenetz undo`: what was changed, in words, and the way back."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from graph.cli import output
from graph.cli.frame import Command, Settings, note, pass_settings
from graph.cli.values import Count
from graph.cli.words import language, said
from graph.errors import Conflict, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.changes import Change
    from graph.history import Refusal
    from graph.store import Store


@click.command(
    "history",
    cls=Command,
    help="Zeigt, was wann von wem geändert wurde; das Neueste zuerst.",
    epilog="pankenetz history --limit 5",
)
@click.option("--limit", type=Count(), default="20", help="Höchstens so viele Änderungen.")
@pass_settings
def history(settings: Settings, limit: int) -> None:
    """The latest changes: number, day, author and reason, then what changed."""
    from graph.history import Filters, listing

    with settings.store() as store:
        found = listing(store, Filters(), length=limit)
        for change in found.changes:
            for line in _told(store, change, found.undone.get(change.id)):
                click.echo(output.one_line(line))
    if not found.changes:
        note(said("Noch keine Änderung."))


def _told(store: Store, change: Change, undone_by: str | None) -> Iterator[str]:
    from graph.history import summary

    yield f"{change.id} · {_headline(change)}"
    if undone_by:
        yield f"    {said('zurückgenommen von Änderung {change}', change=undone_by)}"
    if text := summary(store, change.id, language()):
        yield f"    {text}"


def _headline(change: Change) -> str:
    from graph.history import when

    reason = change.reason
    if change.undoes:
        reason = said("nimmt Änderung {change} zurück: {reason}", change=change.undoes, reason=reason)
    return f"{when(change):%Y-%m-%d %H:%M} · {change.author} · {reason}"


@click.command(
    "undo",
    cls=Command,
    help="Nimmt eine Änderung zurück, auch das Einlesen einer ganzen Liste. "
    "Die Nummer steht in „pankenetz history“; wer die Nummer dieser Rücknahme nennt, stellt alles wieder her.",
    epilog="pankenetz undo 12",
)
@click.argument("change", metavar="CHANGE")
@pass_settings
def undo(settings: Settings, change: str) -> None:
    """Take a change back, or say what stands against it and change nothing."""
    from graph import changes
    from graph.history import refusal, summary

    with settings.store() as store:
        try:
            done = changes.undo(store, change, getpass.getuser())
        except (Conflict, Invalid) as error:
            for line in _against(refusal(store, change, error, language=language())):
                note(output.one_line(line))
            raise click.ClickException(said("Nichts wurde geändert.")) from error
        click.echo(output.one_line(summary(store, done.id, language())))
    note(said("Zurückgenommen als Änderung {change}.", change=done.id))


def _against(found: Refusal) -> Iterator[str]:
    from graph.history import item_text

    if found.undone_by:
        yield said("Das ist schon zurückgenommen, von Änderung {change}.", change=found.undone_by.id)
    elif found.obstacles:
        yield said("Darauf bauen spätere Änderungen auf. Bitte erst diese zurücknehmen, von oben nach unten:")
    for obstacle in found.obstacles:
        yield f"{obstacle.change.id} · {_headline(obstacle.change)}"
        for item in obstacle.items:
            yield f"    {item_text(item, language())}"
        if obstacle.more:
            yield f"    {said('und {count} weitere Einträge', count=obstacle.more)}"
    for message in found.findings:
        yield message.get(language()) or message["de"]
