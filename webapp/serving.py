"""`pankenetz serve`: what it may do, what it opens, and what it needs before the server answers."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import graph
from graph.cli import Command, Settings, pass_settings
from graph.cli.errors import system_reason
from graph.cli.frame import note
from graph.cli.values import Count
from graph.cli.words import ENGLISH, said
from graph.scratch import Scratch
from webapp import footprint
from webapp.keeper import Keeper
from webapp.server import Ending, answer, listening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from flask import Flask

    from graph.store import Store

ENGLISH.update(
    {
        "Startet Pankenetz im Browser dieses Rechners. Strg-C beendet es.": (
            "Starts Pankenetz in the browser of this machine. Ctrl-C ends it."
        ),
        "Adresse dieses Rechners (127.0.0.1).": "Address of this machine (127.0.0.1).",
        "Anschluss (5000); 0 sucht einen freien.": "Port (5000); 0 finds a free one.",
        "Lädt das Beispiel Pankstraße in einen leeren Datenbestand.": (
            "Loads the Pankstraße example into an empty folder."
        ),
        "Ein leerer Datenbestand nur zum Ausprobieren von SPARQL, auch zum Ändern.": (
            "Empty data just for trying SPARQL, changes included."
        ),
        "--scratch gibt es nur auf diesem Rechner selbst (127.0.0.1).": (
            "--scratch is to be had on this machine only (127.0.0.1)."
        ),
        "Geschichten liegen jetzt bei den Ansichten": "Stories lie with the views now",
        "Zum Ausprobieren: Alles, was hier geschrieben wird, ist beim Beenden weg.": (
            "For trying things: all that is written here is gone at the end."
        ),
        "Seiten dieser Adresse dürfen SPARQL im Browser fragen.": "Pages of this address may ask SPARQL in a browser.",
        "Öffnet die Startseite im Browser.": "Opens the start page in the browser.",
        "Auf {host} ist Pankenetz noch nicht zu haben: Es gibt noch kein Konto, das verwalten darf. "
        "Bitte zuerst „pankenetz account add NAME --role admin“ eingeben, oder --host und --proxy weglassen.": (
            "Pankenetz cannot be offered on {host} yet: there is no account that may look after it. "
            "Please first enter “pankenetz account add NAME --role admin”, or leave out --host and --proxy."
        ),
        "Lässt alle ohne Anmeldung die Daten lesen; Runden, Entscheidungen und Verlauf bleiben beim Team.": (
            "Lets everybody read the data without signing in; rounds, decisions and history stay with the team."
        ),
        "Sichert einmal am Tag in diesen Ordner und räumt dort nach der Regel auf.": (
            "Backs up once a day into this folder and tidies up there by the rule."
        ),
        "Unter diesem Namen erreichbar (mehrmals möglich).": "Reachable under this name (may be given several times).",
        "So viele eigene Server stehen davor (Reverse Proxy); ihren X-Forwarded-Angaben wird geglaubt.": (
            "So many servers of your own stand in front (reverse proxy); their X-Forwarded headers are believed."
        ),
        "In {path} liegt schon ein Datenbestand; er bleibt, wie er ist. Das Beispiel wurde nicht geladen.": (
            "{path} already holds data; they stay as they are. The example was not loaded."
        ),
        "Das Beispiel Pankstraße ist geladen: {path}": "The Pankstraße example is loaded: {path}",
        "Der Datenbestand in {path} ist noch leer. Mit --example wird das Beispiel Pankstraße geladen.": (
            "The data in {path} are still empty. With --example the Pankstraße example is loaded."
        ),
        "Schreibt das Protokoll auch in diese Datei; ist sie voll, beginnt eine neue, fünf alte bleiben.": (
            "Writes the log into this file as well; when it is full a new one begins, five old ones stay."
        ),
        "Die Datei {path} lässt sich nicht schreiben: {reason}.": "The file {path} cannot be written: {reason}.",
        "Beendet.": "Ended.",
    }
)


@click.command(
    "serve",
    cls=Command,
    help="Startet Pankenetz im Browser dieses Rechners. Strg-C beendet es.",
    epilog="pankenetz serve --example --open",
)
@click.option("--host", default="127.0.0.1", metavar="HOST", help="Adresse dieses Rechners (127.0.0.1).")
@click.option("--port", type=Count(0, 65535), default="5000", help="Anschluss (5000); 0 sucht einen freien.")
@click.option("--example", is_flag=True, help="Lädt das Beispiel Pankstraße in einen leeren Datenbestand.")
@click.option(
    "--scratch", is_flag=True, help="Ein leerer Datenbestand nur zum Ausprobieren von SPARQL, auch zum Ändern."
)
@click.option("--cors", multiple=True, metavar="URL", help="Seiten dieser Adresse dürfen SPARQL im Browser fragen.")
@click.option("--open", "open_", is_flag=True, help="Öffnet die Startseite im Browser.")
@click.option(
    "--public",
    is_flag=True,
    help="Lässt alle ohne Anmeldung die Daten lesen; Runden, Entscheidungen und Verlauf bleiben beim Team.",
)
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="Unter diesem Namen erreichbar (mehrmals möglich)."
)
@click.option(
    "--proxy",
    type=Count(0, 9),
    default="0",
    help="So viele eigene Server stehen davor (Reverse Proxy); ihren X-Forwarded-Angaben wird geglaubt.",
)
@click.option(
    "--backups",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Sichert einmal am Tag in diesen Ordner und räumt dort nach der Regel auf.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Schreibt das Protokoll auch in diese Datei; ist sie voll, beginnt eine neue, fünf alte bleiben.",
)
@pass_settings
def serve(  # noqa: PLR0913, PLR0917  # one argument per option
    settings: Settings,
    host: str,
    port: int,
    example: bool,
    scratch: bool,
    cors: tuple[str, ...],
    open_: bool,
    public: bool,
    names: tuple[str, ...],
    proxy: int,
    backups: Path | None,
    log: Path | None,
) -> None:
    """Open the data, answer until Ctrl-C or SIGTERM, close the data."""
    ending = Ending()
    # Millions of things are kept, hardly one of them in a circle: to look for circles among them as often as Python
    # does by itself takes a third of the time in which they are brought up to date. In small steps, as nobody is
    # answered meanwhile: looking through a million new ones at a time made all wait for half a second. All are looked
    # through when a quarter is new (Python's own rule), or what networks leave behind would fill the memory.
    gc.set_threshold(20_000, 5, 10)
    footprint.limit()
    if scratch and not _is_loopback(host):
        raise click.ClickException(said("--scratch gibt es nur auf diesem Rechner selbst (127.0.0.1)."))
    if proxy or not _is_loopback(host):
        _require_admin(settings, host)
    web = {
        "PUBLIC": public,
        "PROXIES": proxy,
        "TRUSTED_HOSTS": [*names, *_own_names(host)],
        "CORS_ORIGINS": cors,
    }
    _begin_log(log)
    # The port comes first: if it is taken, nothing else needs to be touched.
    with listening(host, port) as listener, _loading() as loading, _data(settings, scratch=scratch) as store:
        loading.join()  # two threads that load modules at a time may meet one that is half loaded
        if scratch:
            note(said("Zum Ausprobieren: Alles, was hier geschrieben wird, ist beim Beenden weg."))
        else:
            _fill(store, settings, example=example)
            _settle(store)
        keeper = Keeper(store, None if scratch else backups)
        try:
            answer(create(store, web, Scratch() if scratch else None), listener, ending, open_=open_)
        finally:
            keeper.close()
    note(said("Beendet."))
    if any(thread.daemon for thread in threading.enumerate()):
        # Nothing stops a thread that computes in a library, and the end of Python under it would be a crash.
        sys.stdout.flush()
        os._exit(0)


def _settle(store: Store) -> None:
    """Bring what an earlier version kept to where this one keeps it."""
    from graph import stories

    stories.settle(store, author="Pankenetz", reason=said("Geschichten liegen jetzt bei den Ansichten"))


def _begin_log(file: Path | None) -> None:
    from webapp import logs

    try:
        logs.begin(file)
    except OSError as error:
        words = "Die Datei {path} lässt sich nicht schreiben: {reason}."
        raise click.ClickException(said(words, path=file, reason=system_reason(error))) from error


@contextmanager
def _loading() -> Iterator[threading.Thread]:
    """A thread that loads the pages' modules: Oxigraph reads the data without Python meanwhile."""
    from webapp import load_features

    thread = threading.Thread(target=load_features)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


def _data(settings: Settings, *, scratch: bool) -> AbstractContextManager[Store]:
    return graph.open(None) if scratch else settings.writable()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _require_admin(settings: Settings, host: str) -> None:
    """Nobody but this machine gets in before somebody may look after who does."""
    from webapp.accountbook import Book

    book = Book(settings.folder)
    is_ready = any(one.role == "admin" for one in book.accounts())
    book.close()
    if not is_ready:
        words = (
            "Auf {host} ist Pankenetz noch nicht zu haben: Es gibt noch kein Konto, das verwalten darf. "
            "Bitte zuerst „pankenetz account add NAME --role admin“ eingeben, oder --host und --proxy weglassen."
        )
        raise click.ClickException(said(words, host=host))


def _own_names(host: str) -> list[str]:
    """Under which names this machine answers others: any address in figures, and what it is called."""
    from webapp.security import ANY_ADDRESS

    return [] if _is_loopback(host) else [ANY_ADDRESS, host, socket.gethostname(), socket.getfqdn()]


def create(store: Store, web: dict[str, Any], scratch: Scratch | None = None) -> Flask:
    """The app with the settings that were asked for."""
    from webapp import create_app

    return create_app(store, scratch=scratch, settings=web)


def _fill(store: Store, settings: Settings, *, example: bool) -> None:
    """Load the example if that was asked for and nothing is there yet."""
    is_empty = store.version == 0
    if example and is_empty:
        from graph.example import load

        load(store)
        note(said("Das Beispiel Pankstraße ist geladen: {path}", path=settings.data))
    elif example:
        words = "In {path} liegt schon ein Datenbestand; er bleibt, wie er ist. Das Beispiel wurde nicht geladen."
        note(said(words, path=settings.data))
    elif is_empty:
        words = "Der Datenbestand in {path} ist noch leer. Mit --example wird das Beispiel Pankstraße geladen."
        note(said(words, path=settings.data))
