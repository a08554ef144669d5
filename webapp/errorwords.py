"""What goes wrong, in words: the heading, the sentence and the advice of every error a person meets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import errors as graph_errors
from webapp import accountwords, current
from webapp.accountbook import AccountRefused

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = {
    400: (
        lazy_gettext("Das haben wir nicht verstanden"),
        lazy_gettext("Bitte prüfen Sie die Adresse oder die Eingabe und versuchen Sie es noch einmal."),
    ),
    401: (
        lazy_gettext("Bitte melden Sie sich an"),
        lazy_gettext("Programme schicken einen Schlüssel mit: Authorization: Bearer …"),
    ),
    403: (
        lazy_gettext("Das ist hier nicht erlaubt"),
        lazy_gettext("Bitte fragen Sie die Person, die Pankenetz bei Ihnen betreut."),
    ),
    404: (
        lazy_gettext("Diese Seite gibt es nicht"),
        lazy_gettext("Vielleicht wurde sie umbenannt. Suchen Sie hier nach dem Namen."),
    ),
    405: (
        lazy_gettext("So lässt sich diese Adresse nicht aufrufen"),
        lazy_gettext("Bitte gehen Sie zurück und benutzen Sie die Knöpfe und Links der Seite."),
    ),
    408: (
        lazy_gettext("Die Abfrage war zu groß oder dauerte zu lange"),
        lazy_gettext("Fragen Sie nach weniger auf einmal, zum Beispiel mit einem Filter oder mit LIMIT."),
    ),
    409: (
        lazy_gettext("Inzwischen hat jemand anderes etwas geändert"),
        lazy_gettext("Bitte laden Sie die Seite neu und prüfen Sie, ob Ihre Änderung noch nötig ist."),
    ),
    413: (
        lazy_gettext("Das ist zu viel auf einmal"),
        lazy_gettext("Bitte schicken Sie weniger Text oder eine kleinere Datei."),
    ),
    414: (
        lazy_gettext("Diese Adresse ist zu lang"),
        lazy_gettext("Bitte kürzen Sie die Eingabe oder setzen Sie die Filter zurück."),
    ),
    422: (
        lazy_gettext("Die Eingabe passt noch nicht"),
        lazy_gettext("Bitte prüfen Sie die genannten Felder. Es wurde nichts gespeichert."),
    ),
    429: (
        lazy_gettext("Das waren zu viele Anfragen auf einmal"),
        lazy_gettext("Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal."),
    ),
    499: (
        lazy_gettext("Die Abfrage wurde abgebrochen"),
        lazy_gettext("Stellen Sie sie noch einmal, wenn Sie die Antwort brauchen."),
    ),
    500: (
        lazy_gettext("Da ist uns ein Fehler passiert"),
        lazy_gettext(
            "Ihre Daten sind unverändert. Bitte versuchen Sie es noch einmal und melden Sie den Fehler, wenn er bleibt."
        ),
    ),
    501: (
        lazy_gettext("Das kann dieser Rechner noch nicht"),
        lazy_gettext(
            "Bitte fragen Sie die Person, die Pankenetz bei Ihnen betreut, oder nehmen Sie ein anderes Format."
        ),
    ),
    503: (
        lazy_gettext("Gerade ist viel los"),
        lazy_gettext("Bitte versuchen Sie es in ein paar Sekunden noch einmal."),
    ),
}
"""Status → heading, and what to do. Other statuses are shown as 400 or 500."""


INPUTS = {
    "date": lazy_gettext("Datum"),
    "filter": lazy_gettext("Filter"),
    "format": lazy_gettext("Format"),
    "kind": lazy_gettext("Art"),
    "sort": lazy_gettext("Sortierung"),
}
"""What `BadInput.what` is called; field names and words of other features are shown as they are."""


@dataclass(frozen=True)
class Problem:
    """An error as a person reads it.

    Attributes:
        status: of the answer.
        detail: what is wrong here.
        retry_after: seconds after which to try again, None for the usual.
        like: the status whose heading and advice fit better than those of `status`, None if its own fit.
    """

    status: int
    detail: str = ""
    retry_after: int | None = None
    like: int | None = None

    @property
    def words(self) -> tuple[Any, Any]:
        """Heading, and what to do."""
        return PAGES.get(self.like or self.status, PAGES[500 if self.status >= 500 else 400])


def _not_found(error: graph_errors.NotFound) -> Problem:
    if error.kind == "page":
        return Problem(404, _("Eine Seite %(number)s hat diese Liste nicht.", number=error.slug))
    if error.kind == "graph":
        return Problem(404, _("Einen Graphen %(name)s gibt es hier nicht.", name=error.slug))
    return Problem(404, _("Es gibt keinen Eintrag „%(slug)s“.", slug=error.slug))


def _bad_input(error: graph_errors.BadInput) -> Problem:
    what = str(INPUTS.get(error.what, error.what))
    detail = _("%(what)s: „%(where)s“ kennen wir nicht.", what=what, where=error.where)
    if error.allowed:
        detail += " " + _("Möglich sind: %(allowed)s.", allowed=", ".join(error.allowed))
    return Problem(400, detail)


BLANKS = {
    "name": lazy_gettext("Die Lücke [%(where)s] braucht einen Namen, der mit einem Buchstaben beginnt, etwa [Ort]."),
    "kind": lazy_gettext("Was in die Lücke „%(where)s“ gehört, wissen wir nicht. Schreiben Sie es dazu: [Name: Ort]."),
    "missing": lazy_gettext("In der Abfrage fehlt die Variable ?%(where)s: Zu jeder Lücke des Satzes gehört eine."),
    "assigned": lazy_gettext(
        "Der Variablen %(where)s gibt die Abfrage selbst einen Wert (AS, BIND, VALUES); sie kann keine Lücke sein."
    ),
    "subject": lazy_gettext(
        "Für %(where)s würde eine Zahl, ein Datum oder ein Text eingesetzt. Davon sagen die Daten nichts aus: In der "
        "Abfrage kann sie hinten in einer Aussage stehen oder in FILTER, nicht vorn."
    ),
    "empty": lazy_gettext("%(where)s: Bitte etwas eintragen."),
    "unknown": lazy_gettext("%(where)s: „%(value)s“ gibt es nicht."),
    "several": lazy_gettext("%(where)s: „%(value)s“ heißen mehrere; bitte wählen Sie."),
    "choice": lazy_gettext("%(where)s: „%(value)s“ steht nicht zur Wahl."),
    "year": lazy_gettext("%(where)s: Bitte ein Jahr eintragen, zum Beispiel 2022."),
    "day": lazy_gettext("%(where)s: Bitte einen Tag eintragen, zum Beispiel 17.5.2024."),
    "number": lazy_gettext("%(where)s: Bitte eine Zahl eintragen, zum Beispiel 12 oder 1,5."),
}
"""What is wrong with a blank of a saved question."""


def _bad_blank(error: graph_errors.BadBlank) -> Problem:
    detail = str(BLANKS[error.what]) % {"where": error.where, "value": error.value}
    if error.allowed:
        detail += " " + _("Möglich sind: %(allowed)s.", allowed=", ".join(error.allowed))
    return Problem(422, detail)


def _not_installed(error: graph_errors.NotInstalled) -> Problem:
    detail = _(
        "Für %(what)s fehlt auf diesem Rechner ein Baustein. Wer Pankenetz betreut, richtet ihn mit „%(command)s“ ein; "
        "das System braucht dazu %(system)s.",
        what=error.what,
        command=error.command,
        system=error.system,
    )
    return Problem(501, detail)


def _bad_graph(error: graph_errors.BadGraph) -> Problem:
    sentence = _(
        "In den Graphen %(graph)s wird per SPARQL nicht geschrieben, nur in %(allowed)s. Es wurde nichts geändert.",
        graph=error.where,
        allowed=", ".join(error.allowed),
    )
    return Problem(403, sentence)


def _refused(error: graph_errors.QueryRefused) -> Problem:
    if error.message == "QUERY":
        return Problem(400, _("Das ist eine Abfrage und keine Änderung: Sie gehört in den Parameter „query“."))
    status = 400 if error.message == "UPDATE" else 403
    return Problem(
        status,
        _("%(what)s wird hier nicht ausgeführt: Abfragen lesen nur, und nur in diesen Daten.", what=error.message),
        like=400,
    )


def _unreadable(error: graph_errors.QueryError) -> Problem:
    if error.line is None:
        sentence = _("Die Abfrage ist lesbar, lässt sich hier aber nicht ausführen: %(message)s", message=error.message)
        return Problem(422, sentence, like=400)
    place = _(
        "Die Abfrage ist in Zeile %(line)s, Spalte %(column)s nicht lesbar.", line=error.line, column=error.column or 1
    )
    return Problem(400, f"{place} {_expected(error.message)}".strip())


def _expected(message: str) -> str:
    """What would be right where a query cannot be read: a line above it, or signs and words there."""
    if message.startswith("PREFIX "):
        return str(_("Oben fehlt die Zeile %(line)s", line=message))
    return str(_("Dort passt: %(expected)s", expected=message)) if message else ""


def _timeout(error: graph_errors.QueryTimeout) -> Problem:
    seconds = f"{error.seconds:g}"
    return Problem(503, _("Die Abfrage wurde nach %(seconds)s Sekunden beendet.", seconds=seconds), like=408)


def _too_big(error: graph_errors.QueryTooBig) -> Problem:
    limit = f"{error.limit} {error.unit}"
    return Problem(413, _("Die Abfrage braucht mehr als %(limit)s und wurde beendet.", limit=limit), like=408)


def _busy(error: graph_errors.QueryBusy) -> Problem:
    return Problem(503, _("Es warten schon viele Abfragen."), error.retry_after)


def _cancelled(_error: graph_errors.QueryCancelled) -> Problem:
    return Problem(503, like=499)


def _conflict(_error: graph_errors.Conflict) -> Problem:
    return Problem(409)


def _invalid(error: graph_errors.Invalid) -> Problem:
    language = current.language()
    sentences = (finding.message.get(language, finding.message["de"]) for finding in error.findings)
    return Problem(422, " ".join(sentences))


def _account(error: AccountRefused) -> Problem:
    return Problem(
        {"link": 410, "unknown": 404}.get(error.reason, 422), str(accountwords.REFUSALS[error.reason]), like=422
    )


def _unwritable(_error: graph_errors.StoreError) -> Problem:
    return Problem(503, _("Auf der Festplatte lässt sich gerade nichts speichern. Ist sie voll oder schreibgeschützt?"))


def _elsewhere(error: graph_errors.StoreElsewhere) -> Problem:
    if isinstance(error, graph_errors.StoreOutdated):
        sentence = _("Die Daten auf dem SPARQL-Server hat jemand anderes geändert; Pankenetz muss neu starten.")
        return Problem(503, sentence)
    return Problem(503, _("Der SPARQL-Server mit den Daten antwortet gerade nicht. Es wurde nichts gespeichert."))


# The first that fits: a class stands before the one it is derived from.
WORDINGS: tuple[tuple[type[graph_errors.PankenetzError], Callable[..., Problem]], ...] = (
    (graph_errors.NotFound, _not_found),
    (graph_errors.BadGraph, _bad_graph),
    (graph_errors.BadBlank, _bad_blank),
    (graph_errors.BadInput, _bad_input),
    (graph_errors.Conflict, _conflict),
    (graph_errors.Invalid, _invalid),
    (graph_errors.NotInstalled, _not_installed),
    (graph_errors.QueryRefused, _refused),
    (graph_errors.QueryError, _unreadable),
    (graph_errors.QueryTimeout, _timeout),
    (graph_errors.QueryTooBig, _too_big),
    (graph_errors.QueryBusy, _busy),
    (graph_errors.QueryCancelled, _cancelled),
    (graph_errors.StoreError, _unwritable),
    (graph_errors.StoreElsewhere, _elsewhere),
    (AccountRefused, _account),
)


def problem(error: graph_errors.PankenetzError) -> Problem:
    """The wording of an error of the graph, in the language of the request; a defect if it has none."""
    for kind, word in WORDINGS:
        if isinstance(error, kind):
            return word(error)
    return Problem(500)
