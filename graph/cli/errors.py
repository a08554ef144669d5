"""Errors → one sentence and an exit status, for the command line."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import click

from graph import errors
from graph.cli.words import language, said
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED, UNREACHABLE = 1, 3

_SYSTEM = {
    errno.ENOENT: "es gibt sie nicht",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "dort ist kein Ordner",
    errno.EACCES: "der Zugriff ist nicht erlaubt",
    errno.EPERM: "der Zugriff ist nicht erlaubt",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "der Datenträger ist voll",
    errno.EFBIG: "die Datei würde zu groß",
}


def status(error: errors.PankenetzError) -> int:
    """3 if the store is busy or out of reach, else 1."""
    return (
        UNREACHABLE if isinstance(error, errors.StoreBusy | errors.StoreUnwritable | errors.StoreElsewhere) else REFUSED
    )


def sentence(error: errors.PankenetzError) -> str:
    """What happened and what to do, in one line whatever the texts in it hold."""
    worded = next((_SENTENCES[kind] for kind in type(error).__mro__ if kind in _SENTENCES), None)
    return " ".join((worded(error) if worded else said("Das ging nicht: {error}", error=error)).split())


def system_reason(error: OSError) -> str:
    """What the system says, in the language in use; rare things in the system's own words."""
    # Oxigraph hands on the system's words only.
    number = (
        next((code for code in _SYSTEM if os.strerror(code) in str(error)), 0) if error.errno is None else error.errno
    )
    german = _SYSTEM.get(number)
    return said(german) if german else error.strerror or str(error)


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong with a command line, what would be right, and where to read on."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.ctx.get_help() if error.ctx else error.message
    more = said("Mehr dazu: {command} --help", command=error.ctx.command_path) if error.ctx else ""
    return f"{_mistake(error)}\n{more}".strip()


def _mistake(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchOption):
        guess = said("Meinten Sie {guess}?", guess=error.possibilities[0]) if error.possibilities else ""
        return f"{said('Die Option {option} gibt es nicht.', option=error.option_name)} {guess}".strip()
    if isinstance(error, click.exceptions.NoSuchCommand):
        allowed = (
            ", ".join(error.ctx.command.commands) if error.ctx and isinstance(error.ctx.command, click.Group) else ""
        )
        return said(
            "Den Befehl „{command}“ gibt es nicht. Möglich sind: {allowed}.",
            command=error.command_name,
            allowed=allowed,
        )
    if isinstance(error, click.exceptions.BadOptionUsage):
        return said("Die Option {option} braucht einen Wert.", option=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param:
        return said("Es fehlt die Angabe {name}.", name=_name(error.param))
    if isinstance(error, click.BadParameter):
        return error.message
    return error.message


def _name(parameter: click.Parameter) -> str:
    is_option = isinstance(parameter, click.Option)
    return max(parameter.opts, key=len) if is_option else (parameter.human_readable_name or "").upper()


def refuse_value(
    parameter: click.Parameter | None, value: object, *, allowed: tuple[str, ...] = (), rule: str = ""
) -> click.BadParameter:
    """The usage error for a value: names the choices, or the rule it breaks."""
    name = _name(parameter) if parameter else ""
    if allowed:
        words = said(
            "Für {name} geht „{value}“ nicht. Möglich sind: {allowed}.",
            name=name,
            value=value,
            allowed=", ".join(allowed),
        )
    else:
        words = said("Für {name} geht „{value}“ nicht: {rule}.", name=name, value=value, rule=rule)
    return click.BadParameter(words, param=parameter)


def _bad_input(error: errors.BadInput) -> str:
    if error.what == "backup":
        return said("In {path} liegt keine Sicherung.", path=error.where)
    if error.what == "not empty":
        words = "In {path} liegt schon ein Datenbestand. Mit --force wird er ersetzt; er bleibt daneben aufgehoben."
        return said(words, path=error.where)
    if isinstance(cause := error.__cause__, OSError):
        words = "Die Datei {path} lässt sich nicht schreiben: {reason}."
        return said(words, path=error.where, reason=system_reason(cause))
    if error.allowed:
        allowed = ", ".join(error.allowed)
        return said("„{where}“ geht hier nicht. Möglich sind: {allowed}.", where=error.where, allowed=allowed)
    return said("„{where}“ geht hier nicht ({what}).", where=error.where, what=error.what)


_FILES = {
    "missing": "Die Datei {file} gibt es nicht; bitte den Namen prüfen.",
    "unreadable": "Die Datei {file} lässt sich nicht öffnen ({reason}); bitte schließen oder die Rechte prüfen.",
    "empty": "Die Datei {file} ist leer; bitte eine mit Inhalt nehmen.",
    "broken": "Die Datei {file} ist beschädigt; bitte neu speichern und noch einmal versuchen.",
    "password": "Die Datei {file} ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern.",
    "too big": "Die Datei {file} ist zu groß "
    "(mehr als 100 MB entpackt, 4 Millionen Zellen oder 1000 Spalten); bitte aufteilen.",
    "old format": "Die Datei {file} hat ein altes Format; bitte als .xlsx speichern.",
    "type": "Die Datei {file} ist keine Liste; "
    "möglich sind .xlsx, .ods, .csv, .tsv, .ttl, .trig, .nt, .nq und .jsonld.",
}


def _bad_file(error: errors.BadFile) -> str:
    if isinstance(error.__cause__, IsADirectoryError):
        return said("{file} ist ein Ordner; bitte die Dateien darin nennen.", file=error.file)
    reason = system_reason(error.__cause__) if isinstance(error.__cause__, OSError) else error.reason
    return said(_FILES[error.what], file=error.file, reason=reason)


def _invalid(error: errors.Invalid) -> str:
    told = {f"{finding.label or finding.entry}: {finding.message[language()]}" for finding in error.findings}
    return said("Die Regeln der Ontologie lassen das nicht zu: {reasons}", reasons=" ".join(sorted(told)))


def _bad_cell(error: errors.BadCell) -> str:
    if error.what == "syntax":
        words = "{file}, Zeile {row}: kein gültiges RDF ({value}); bitte dort berichtigen."
        return said(words, file=error.file, row=error.row, value=re.sub(r"^Parser error .*?\d: ", "", error.value))
    if error.allowed:
        words = "{where}: das geht hier nicht. Möglich sind: {allowed}."
        return said(words, where=error.where, allowed=", ".join(error.allowed))
    return said("{where}: das geht hier nicht ({what}).", where=error.where, what=error.what)


def _not_found(error: errors.NotFound) -> str:
    kind = entity_types().get(error.kind)
    return said("{kind} „{slug}“ gibt es nicht.", kind=kind.label[language()] if kind else error.kind, slug=error.slug)


def _query_error(error: errors.QueryError) -> str:
    if error.line is None:
        return said("Die Abfrage geht so nicht: {message}", message=error.message)
    words = said("Die Abfrage ist in Zeile {line}, Spalte {column} nicht lesbar.", line=error.line, column=error.column)
    if error.message.startswith("PREFIX "):
        return f"{words} {said('Oben fehlt die Zeile {line}', line=error.message)}"
    return f"{words} {said('Dort passt: {expected}', expected=error.message) if error.message else ''}".strip()


def _refused(error: errors.QueryRefused) -> str:
    if error.message == "SERVICE":
        return said("SERVICE wird nicht beantwortet: Abfragen dürfen keine anderen Rechner fragen.")
    return said("Hier wird nur gelesen: Abfragen, die etwas ändern oder laden, werden nicht ausgeführt.")


def _busy(error: errors.StoreBusy) -> str:
    if error.pid:
        return said(
            "Der Datenbestand in {path} ist gerade in einem anderen Programm geöffnet (Prozess {pid}). "
            "Bitte dort beenden und noch einmal versuchen.",
            path=error.path,
            pid=error.pid,
        )
    return said(
        "Der Datenbestand in {path} ist gerade in einem anderen Programm geöffnet. "
        "Bitte dort beenden und noch einmal versuchen.",
        path=error.path,
    )


_SENTENCES: dict[type, Callable[..., str]] = {
    errors.NotFound: _not_found,
    errors.BadInput: _bad_input,
    errors.BadCell: _bad_cell,
    errors.BadFile: _bad_file,
    errors.Conflict: lambda e: said("Dagegen steht inzwischen anderes: {reasons}", reasons="; ".join(e.reasons)),
    errors.Invalid: _invalid,
    errors.NotInstalled: lambda e: said(
        "Für {what} fehlt ein Baustein. Bitte „{command}“ ausführen; das System braucht dazu {system}.",
        what=e.what,
        command=e.command,
        system=e.system,
    ),
    errors.QueryRefused: _refused,
    errors.QueryError: _query_error,
    errors.QueryTimeout: lambda e: said(
        "Die Abfrage wurde nach {seconds} Sekunden beendet. Bitte enger fragen oder mit --timeout länger warten.",
        seconds=f"{e.seconds:g}",
    ),
    errors.QueryTooBig: lambda e: said(
        "Die Antwort ist zu groß ({limit} {unit} sind erlaubt). Bitte enger fragen, etwa mit LIMIT.",
        limit=e.limit,
        unit=e.unit,
    ),
    errors.QueryBusy: lambda e: said(
        "Zu viele Abfragen auf einmal. Bitte in {seconds} Sekunden noch einmal versuchen.",
        seconds=e.retry_after,
    ),
    errors.StoreUnreachable: lambda e: said(
        "Der SPARQL-Server {url} antwortet nicht, wie er soll ({reason}). "
        "Bitte prüfen, ob er läuft und die Adresse stimmt.",
        url=e.url,
        reason=e.reason,
    ),
    errors.StoreOutdated: lambda e: said(
        "Die Daten auf {url} hat inzwischen jemand anderes geändert; nichts wurde geschrieben. "
        "Bitte noch einmal versuchen.",
        url=e.url,
    ),
    errors.StoreBusy: _busy,
    errors.StoreForeign: lambda e: said(
        "In {path} liegt etwas anderes als ein Datenbestand von Pankenetz ({found}); nichts wurde angefasst. "
        "Bitte mit --data einen anderen Ordner nennen.",
        path=e.path,
        found=", ".join(e.found),
    ),
    errors.StoreDamaged: lambda e: said(
        "Der Datenbestand in {path} ist beschädigt ({reason}); nichts wurde angefasst. "
        "Bitte eine Sicherung zurückholen: pankenetz restore ORDNER --force",
        path=e.path,
        reason=e.reason,
    ),
    errors.BackupDamaged: lambda e: said(
        "Die Sicherung in {path} ist beschädigt ({file}); nichts wurde angefasst. Bitte eine andere nehmen.",
        path=e.path,
        file=e.file,
    ),
    errors.StoreUnwritable: lambda e: said(
        "In {path} lässt sich nicht schreiben ({reason}).",
        path=e.path,
        reason=system_reason(e.__cause__) if isinstance(e.__cause__, OSError) else e.reason,
    ),
}
