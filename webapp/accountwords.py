"""What is said about accounts, sessions and rights."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from webapp import rights

ROLES = {
    "reader": (lazy_gettext("liest"), lazy_gettext("sieht alles, ändert nichts")),
    "editor": (lazy_gettext("bearbeitet"), lazy_gettext("trägt ein, liest Listen ein, macht rückgängig")),
    "admin": (lazy_gettext("verwaltet"), lazy_gettext("bearbeitet, und kümmert sich um Konten und Datenschutz")),
}
"""Role → in one word, and what it means."""

RIGHTS = {"query": lazy_gettext("fragen"), "update": lazy_gettext("fragen und ändern")}
"""What a token is good for."""

REFUSALS = {
    "name": lazy_gettext("Bitte einen Namen aus Buchstaben angeben, höchstens 60 Zeichen lang."),
    "taken": lazy_gettext("Diesen Namen, oder einen zum Verwechseln ähnlichen, hat schon ein anderes Konto."),
    "short": lazy_gettext("Das Passwort ist zu kurz: Es braucht mindestens 10 Zeichen. Ein kleiner Satz ist gut."),
    "long": lazy_gettext("Das Passwort ist zu lang: Mehr als 500 Zeichen nehmen wir nicht an."),
    "simple": lazy_gettext("Dieses Passwort wäre schnell erraten. Bitte nehmen Sie zum Beispiel einen kleinen Satz."),
    "role": lazy_gettext("Diese Rolle gibt es nicht."),
    "unknown": lazy_gettext("Ein Konto mit diesem Namen gibt es nicht."),
    "last admin": lazy_gettext(
        "Das ist das einzige Konto, das verwalten darf. Bitte geben Sie das Recht zuerst jemand anderem."
    ),
    "link": lazy_gettext(
        "Dieser Link ist abgelaufen oder wurde schon benutzt. Wer Ihr Pankenetz verwaltet, gibt Ihnen einen neuen."
    ),
}
"""Why something about accounts cannot be done."""


def who_can_help() -> str:
    """Who may do what the asker may not: names for those who signed in."""
    asker = rights.asker()
    if asker.via != "session":
        return ""
    needed = rights.need(request.endpoint, request.method)
    names = [one.name for one in rights.accounts().accounts() if rights.Asker(level=one.role).may(needed)]
    words = {
        "editor": _("Dafür muss ein Konto bearbeiten dürfen."),
        "admin": _("Dafür muss ein Konto verwalten dürfen."),
    }
    who = _("Helfen können: %(names)s.", names=", ".join(names[:5]))
    return f"{words.get(needed, '')} {who}".strip()
