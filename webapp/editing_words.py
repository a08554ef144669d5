"""What the forms say: which headings and buttons, what is wrong with a text, what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from webapp import current, wording

if TYPE_CHECKING:
    from graph.checks import Finding
    from graph.contacts import FieldProblem
    from graph.editing import Problem, Saved
    from ontology.schema import EntityType, Field

ADDITIONS = {
    "actor": (
        ("involvement", "actor", lazy_gettext("Beteiligung an Projekt oder Veranstaltung")),
        ("tie", "from_actor", lazy_gettext("Beziehung zu einem Akteur")),
        ("membership", "member", lazy_gettext("Mitgliedschaft in einem Netzwerk")),
        ("note", "about", lazy_gettext("Anmerkung")),
    ),
    "network": (("membership", "network", lazy_gettext("Mitglied")),),
    "project": (
        ("involvement", "project_or_event", lazy_gettext("Beteiligung")),
        ("funding", "project", lazy_gettext("Förderung")),
        ("note", "about", lazy_gettext("Anmerkung")),
    ),
    "event": (("involvement", "project_or_event", lazy_gettext("Beteiligung")),),
    "programme": (("funding", "programme", lazy_gettext("Förderung")),),
    "place": (("actor", "place", lazy_gettext("Akteur hier")), ("event", "place", lazy_gettext("Veranstaltung hier"))),
    "round": (
        ("handlungsfeld", "round", lazy_gettext("Handlungsfeld")),
        ("statement", "round", lazy_gettext("Aussage des IHEK")),
    ),
    "handlungsfeld": (("statement", "handlungsfeld", lazy_gettext("Aussage des IHEK")),),
}
"""What people add on the page of an entry: entity type of the new entry, its field that links back, the words."""

_UNREADABLE = {
    "choice": lazy_gettext("„%(text)s“ steht nicht in der Liste."),
    "date": lazy_gettext("„%(text)s“ ist kein Datum, das wir verstehen. Möglich sind 2024, 5/2024 oder 17.5.2024."),
    "day": lazy_gettext("„%(text)s“ ist kein Tag. Bitte so schreiben: 17.5.2024, oder „heute“."),
    "number": lazy_gettext("„%(text)s“ ist kein Betrag. Bitte so schreiben: 12.500,00"),
    "yes or no": lazy_gettext("Bitte Ja oder Nein wählen statt „%(text)s“."),
    "address": lazy_gettext("„%(text)s“ ist keine Webadresse. Bitte so schreiben: https://www.beispiel.de"),
    "position": lazy_gettext(
        "„%(text)s“ ist keine Lage. Bitte Breite und Länge schreiben, wie Karten sie zeigen: 52.5468, 13.3685"
    ),
    "language": lazy_gettext("Bitte hinter „%(text)s“ die Sprache schreiben: …@de oder …@en"),
    "unknown entry": lazy_gettext("„%(text)s“ ist noch nicht eingetragen."),
    "several entries": lazy_gettext("„%(text)s“ heißen mehrere Einträge. Welcher ist gemeint?"),
    "no choice": lazy_gettext("Was ist „%(text)s“ dabei? Bitte auch das auswählen."),
    "personal": lazy_gettext(
        "Darin steht eine Mailadresse oder Telefonnummer. Gehört sie einer Person, tragen Sie sie bitte als "
        "Ansprechperson ein; hier könnten alle sie lesen."
    ),
    "alike": lazy_gettext("Gibt es „%(text)s“ vielleicht schon?"),
}


def unreadable(problem: Problem | FieldProblem) -> str:
    """What is wrong with a text."""
    return str(_UNREADABLE[problem.what] % {"text": wording.cut(problem.text, 80)})


def forbidden(finding: Finding) -> str:
    """What the shapes say."""
    return finding.message.get(current.language(), finding.message["de"])


def saved(done: Saved, kind: EntityType, *, is_new: bool) -> str:
    """One sentence about what was saved."""
    names = {"kind": kind.label[current.language()], "name": done.label}
    if not done.change.id:
        return str(_("%(kind)s „%(name)s“: Es gab nichts zu ändern.", **names))
    told = [_("%(kind)s „%(name)s“ angelegt.", **names) if is_new else _("%(kind)s „%(name)s“ gespeichert.", **names)]
    if done.created:
        told.append(_("Mit angelegt: %(names)s.", names=", ".join(f"„{one.name}“" for one in done.created)))
    if done.merged:
        labels = ", ".join(kind.field(name).label[current.language()] for name in done.merged)
        told.append(_("Andere haben inzwischen auch etwas geändert (%(fields)s), das bleibt erhalten.", fields=labels))
    return " ".join(told)


def lacking(done: Saved) -> str:
    """One sentence about what is still missing; "" if nothing is."""
    missing = dict.fromkeys(forbidden(finding) for finding in done.warnings)
    return str(_("Was noch fehlt: %(what)s", what=" ".join(missing))) if missing else ""


def widget(one: Field) -> str:
    """How a field is drawn: "link", "checks", "select", "yes_no", "text", "day", "date", "line"."""
    if one.links_to:
        return "link"
    if one.choices:
        return "checks" if one.many else "select"
    kind = (one.datatype or "").rpartition("#")[2]
    if kind == "date":
        return "date" if len(one.datatypes) > 1 else "day"
    is_name = one.path[-1].endswith(("#prefLabel", "#altLabel"))
    return {"boolean": "yes_no", "langString": "line" if is_name else "text"}.get(kind, "line")
