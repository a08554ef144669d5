"""`pankenetz account`: who may sign in; also the way in at the machine for an admin who is locked out."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

import graph
from graph.cli import Command, Commands, Settings, output, pass_settings
from graph.cli.frame import note
from graph.cli.values import Day, OneOf
from graph.cli.words import ENGLISH, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from webapp.accountbook import Book

ROLES, RIGHTS = ("reader", "editor", "admin"), ("query", "update")

ENGLISH.update(
    {
        "Konten: wer sich anmelden darf. Geht auch, während der Server läuft.": (
            "Accounts: who may sign in. Works while the server runs, too."
        ),
        "Legt ein Konto an und fragt nach dem Passwort.": "Makes an account and asks for its password.",
        "Rolle: reader liest, editor bearbeitet, admin verwaltet auch Konten.": (
            "Role: reader reads, editor changes, admin looks after accounts, too."
        ),
        "Statt eines Passworts einen Link ausgeben, mit dem die Person selbst eines wählt.": (
            "Instead of a password, print a link by which the person chooses one."
        ),
        "Zeigt alle Konten.": "Shows all accounts.",
        "Gibt einem Konto eine andere Rolle: reader, editor oder admin.": (
            "Gives an account another role: reader, editor or admin."
        ),
        "Setzt ein neues Passwort; alle Sitzungen des Kontos enden.": (
            "Sets a new password; all sessions of the account end."
        ),
        "Entfernt ein Konto; was es eingetragen hat, bleibt.": "Removes an account; what it entered stays.",
        "Gibt einen Schlüssel aus, mit dem ein Programm im Namen des Kontos fragt. "
        "Er wird nur dieses eine Mal gezeigt.": (
            "Prints a token by which a program asks in the account's name. It is shown this once."
        ),
        "query: nur fragen; update: auch ändern.": "query: only ask; update: change, too.",
        "Letzter Tag, an dem er gilt (sonst ein Jahr).": "The last day on which it is good (otherwise a year).",
        "Neues Passwort": "New password",
        "Noch einmal": "Once more",
        "Die beiden Eingaben sind nicht gleich.": "The two are not the same.",
        "Es fehlt das Passwort: Bitte auf der Standardeingabe geben, oder --link benutzen.": (
            "The password is missing: please give it on standard input, or use --link."
        ),
        "Konto {name} ({role}) ist angelegt.": "The account {name} ({role}) is made.",
        "Diesen Weg an die Adresse von Pankenetz anhängen; er gilt drei Tage und einmal:": (
            "Append this to the address of Pankenetz; it is good for three days, once:"
        ),
        "Konto {name} hat jetzt die Rolle {role} und muss sich neu anmelden.": (
            "The account {name} has the role {role} now and must sign in again."
        ),
        "Das neue Passwort von {name} gilt ab sofort.": "The new password of {name} is good from now on.",
        "Konto {name} ist entfernt.": "The account {name} is removed.",
        "Noch keine Konten.": "No accounts yet.",
        "Konto": "account",
        "Rolle": "role",
        "Zuletzt angemeldet": "last signed in",
        "Bitte einen Namen aus Buchstaben angeben, höchstens 60 Zeichen lang.": (
            "Please give a name made of letters, at most 60 characters."
        ),
        "Den Namen „{name}“, oder einen zum Verwechseln ähnlichen, gibt es schon.": (
            "The name “{name}”, or one that looks like it, is there already."
        ),
        "Das Passwort ist zu kurz: Es braucht mindestens 10 Zeichen.": (
            "The password is too short: it needs at least 10 characters."
        ),
        "Das Passwort ist zu lang: höchstens 500 Zeichen.": "The password is too long: at most 500 characters.",
        "Dieses Passwort wäre schnell erraten. Bitte zum Beispiel einen kleinen Satz nehmen.": (
            "This password would soon be guessed. Please take a small sentence, for example."
        ),
        "Im Protokoll": "In the log",
        "Ein Konto „{name}“ gibt es nicht. „pankenetz account list“ zeigt alle.": (
            "There is no account “{name}”. “pankenetz account list” shows all."
        ),
        "„{name}“ ist das einzige Konto, das verwalten darf. Bitte zuerst ein anderes zum admin machen.": (
            "“{name}” is the only account that may do everything. Please make another one admin first."
        ),
    }
)

_REFUSALS = {
    "name": "Bitte einen Namen aus Buchstaben angeben, höchstens 60 Zeichen lang.",
    "taken": "Den Namen „{name}“, oder einen zum Verwechseln ähnlichen, gibt es schon.",
    "short": "Das Passwort ist zu kurz: Es braucht mindestens 10 Zeichen.",
    "long": "Das Passwort ist zu lang: höchstens 500 Zeichen.",
    "simple": "Dieses Passwort wäre schnell erraten. Bitte zum Beispiel einen kleinen Satz nehmen.",
    "unknown": "Ein Konto „{name}“ gibt es nicht. „pankenetz account list“ zeigt alle.",
    "last admin": "„{name}“ ist das einzige Konto, das verwalten darf. Bitte zuerst ein anderes zum admin machen.",
}


@contextmanager
def opened(settings: Settings) -> Iterator[Book]:
    """The book of the data directory, which is made if nothing is there; what it refuses is said in a sentence."""
    from webapp.accountbook import AccountRefused, Book

    if not settings.store_url and not (settings.data / "pankenetz.json").exists():
        graph.open(settings.data).close()
    book = Book(settings.folder)
    try:
        yield book
    except AccountRefused as error:
        raise click.ClickException(said(_REFUSALS[error.reason], name=error.name)) from error
    finally:
        book.close()


@click.group(
    "account",
    cls=Commands,
    help="Konten: wer sich anmelden darf. Geht auch, während der Server läuft.",
    epilog="pankenetz account add ada --role admin",
)
def account() -> None:
    """Accounts."""


@account.command(
    "add",
    cls=Command,
    help="Legt ein Konto an und fragt nach dem Passwort.",
    epilog="pankenetz account add ada --role editor",
)
@click.argument("name")
@click.option(
    "--role",
    type=OneOf(*ROLES),
    default="reader",
    help="Rolle: reader liest, editor bearbeitet, admin verwaltet auch Konten.",
)
@click.option(
    "--link", is_flag=True, help="Statt eines Passworts einen Link ausgeben, mit dem die Person selbst eines wählt."
)
@pass_settings
def add(settings: Settings, name: str, role: str, link: bool) -> None:
    """A new account, with a password or a link to choose one."""
    with opened(settings) as book:
        password = "" if link else _asked_password(name)
        _keep_secret(book)
        with book.writing():  # no account without a way in
            made = book.add(name, role)
            _give_way_in(book, made.name, password)
    note(said("Konto {name} ({role}) ist angelegt.", name=made.name, role=role))


@account.command("list", cls=Command, help="Zeigt alle Konten.", epilog="pankenetz account list")
@pass_settings
def list_(settings: Settings) -> None:
    """All accounts: name, role, last sign-in, and what stands for them in the lines of the server."""
    with opened(settings) as book:
        found = book.accounts()
        rows = [(one.name, one.role, _day(one.seen), book.mark(one.name)) for one in found]
    if found:
        output.write_table([said("Konto"), said("Rolle"), said("Zuletzt angemeldet"), said("Im Protokoll")], rows)
    else:
        note(said("Noch keine Konten."))


@account.command(
    "role",
    cls=Command,
    help="Gibt einem Konto eine andere Rolle: reader, editor oder admin.",
    epilog="pankenetz account role ada admin",
)
@click.argument("name")
@click.argument("role", type=OneOf(*ROLES))
@pass_settings
def role(settings: Settings, name: str, role: str) -> None:
    """Another role."""
    with opened(settings) as book:
        book.set_role(name, role)
    note(said("Konto {name} hat jetzt die Rolle {role} und muss sich neu anmelden.", name=name, role=role))


@account.command(
    "password",
    cls=Command,
    help="Setzt ein neues Passwort; alle Sitzungen des Kontos enden.",
    epilog="pankenetz account password ada --link",
)
@click.argument("name")
@click.option(
    "--link", is_flag=True, help="Statt eines Passworts einen Link ausgeben, mit dem die Person selbst eines wählt."
)
@pass_settings
def password(settings: Settings, name: str, link: bool) -> None:
    """Another password, or a link to choose one."""
    with opened(settings) as book:
        found = book.find(name)
        _give_way_in(book, found.name, "" if link else _asked_password(found.name))
    if not link:
        note(said("Das neue Passwort von {name} gilt ab sofort.", name=found.name))


@account.command(
    "remove",
    cls=Command,
    help="Entfernt ein Konto; was es eingetragen hat, bleibt.",
    epilog="pankenetz account remove ada",
)
@click.argument("name")
@pass_settings
def remove(settings: Settings, name: str) -> None:
    """Take an account away, signed in or not."""
    with opened(settings) as book:
        book.remove(name)
    note(said("Konto {name} ist entfernt.", name=name))


@account.command(
    "token",
    cls=Command,
    help="Gibt einen Schlüssel aus, mit dem ein Programm im Namen des Kontos fragt. "
    "Er wird nur dieses eine Mal gezeigt.",
    epilog="pankenetz account token ada --rights query --expires 2027-12-31",
)
@click.argument("name")
@click.option("--rights", type=OneOf(*RIGHTS), default="query", help="query: nur fragen; update: auch ändern.")
@click.option("--expires", type=Day(), default=None, help="Letzter Tag, an dem er gilt (sonst ein Jahr).")
@pass_settings
def token(settings: Settings, name: str, rights: str, expires: date | None) -> None:
    """A token, on standard output."""
    last = expires or dt.date.today() + dt.timedelta(days=365)  # noqa: DTZ011  # the day at this machine
    with opened(settings) as book:
        end = dt.datetime.combine(last, dt.time.max).timestamp()
        click.echo(book.make_token(name, rights, end))


def _day(moment: float | None) -> str:
    return f"{dt.datetime.fromtimestamp(moment).astimezone():%Y-%m-%d}" if moment else ""


def _asked_password(name: str) -> str:
    """From the keyboard twice, unseen; or the first line of standard input. Checked before anything is made."""
    from webapp import passwords
    from webapp.accountbook import AccountRefused

    if sys.stdin.isatty():
        typed: str = click.prompt(said("Neues Passwort"), hide_input=True, err=True)
        if click.prompt(said("Noch einmal"), hide_input=True, err=True) != typed:
            raise click.ClickException(said("Die beiden Eingaben sind nicht gleich."))
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        words = "Es fehlt das Passwort: Bitte auf der Standardeingabe geben, oder --link benutzen."
        raise click.ClickException(said(words))
    if flaw := passwords.flaw(typed, name):
        raise AccountRefused(flaw, name)
    return typed


def _give_way_in(book: Book, name: str, password: str) -> None:
    if password:
        book.set_password(name, password)
        return
    note(said("Diesen Weg an die Adresse von Pankenetz anhängen; er gilt drei Tage und einmal:"))
    click.echo(f"/login/{book.make_link(name)}")


def _keep_secret(book: Book) -> None:
    """What signs cookies and forms stays the same over restarts from the first account on."""
    import secrets

    if not book.setting("secret"):
        book.choose("secret", secrets.token_hex(32))
