"""What the import says: steps, refusals, kinds of tables, meanings of columns, how sure, how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from graph.importing import desk
from ontology.schema import entity_types
from webapp import current, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = {
    "waiting": lazy_gettext("Gleich geht es los …"),
    "files": lazy_gettext("Dateien werden geöffnet …"),
    "tables": lazy_gettext("Tabellen und Spalten werden erkannt …"),
    "rows": lazy_gettext("Zeilen werden gelesen …"),
    "names": lazy_gettext("Namen werden verglichen …"),
    "links": lazy_gettext("Verbindungen werden geknüpft …"),
    "store": lazy_gettext("Mit dem Bestand wird verglichen …"),
    "rows shown": lazy_gettext("Die Vorschau wird geschrieben …"),
}
FAILURES = {
    "too long": lazy_gettext("Das Lesen hat zu lange gedauert. Bitte teilen Sie die Liste auf."),
    "broke": lazy_gettext(
        "Das Lesen ist abgebrochen. Bitte speichern Sie die Liste neu oder teilen Sie sie auf; "
        "bleibt es dabei, melden Sie bitte den Fehler."
    ),
}
OUTCOMES = {
    "": lazy_gettext("alle Zeilen"),
    "add": lazy_gettext("neu"),
    "change": lazy_gettext("geändert"),
    "unsure": lazy_gettext("unsicher"),
    "refused": lazy_gettext("nicht übernommen"),
    "same": lazy_gettext("unverändert"),
}
STATES = {"add": lazy_gettext("neu"), "same": lazy_gettext("schon da"), "unsure": lazy_gettext("unsicher")}
GROUPS = {
    "entry": lazy_gettext("Zur Zeile selbst"),
    "links": lazy_gettext("Wer dabei ist"),
    "project": lazy_gettext("Zum Projekt"),
    "money": lazy_gettext("Geld"),
    "rest": lazy_gettext("Sonst"),
}
_FILES = {
    "missing": lazy_gettext("Die Datei „%(file)s“ gibt es nicht mehr; bitte noch einmal hochladen."),
    "unreadable": lazy_gettext("Die Datei „%(file)s“ lässt sich nicht öffnen; bitte noch einmal hochladen."),
    "empty": lazy_gettext("Die Datei „%(file)s“ ist leer; bitte eine mit Inhalt nehmen."),
    "broken": lazy_gettext(
        "Die Datei „%(file)s“ ist beschädigt; bitte in Excel oder LibreOffice öffnen und neu speichern."
    ),
    "password": lazy_gettext("Die Datei „%(file)s“ ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern."),
    "too big": lazy_gettext("Die Datei „%(file)s“ ist zu groß (mehr als 100 MB, auch entpackt); bitte aufteilen."),
    "old format": lazy_gettext("Die Datei „%(file)s“ hat ein altes Format; bitte als .xlsx speichern."),
    "type": lazy_gettext(
        "Die Datei „%(file)s“ ist keine Liste; möglich sind Excel (.xlsx), LibreOffice (.ods), "
        "Text (.csv, .tsv) und RDF (.ttl, .trig, .nt, .nq, .jsonld)."
    ),
}
_MADE = {
    "section": lazy_gettext("aus den Zwischenzeilen"),
    "title": lazy_gettext("aus dem Titel"),
    "town": lazy_gettext("aus der Spalte davor"),
}
"""Columns that stand in no sheet, by why there are any."""
_SURE, _LIKELY = 0.9, 0.7


def worded(text: str | Mapping[str, str]) -> str:
    """A text in the language of the page, if it has several."""
    return text if isinstance(text, str) else text[current.language()]


def refusal(facts: Mapping[str, Any]) -> str:
    """Why a file is refused, and what to do."""
    cell = facts.get("cell")
    if not cell:
        return str(_FILES[facts["what"]]) % {"file": facts["file"]}
    place = {"file": facts["file"], "row": cell["row"], "column": cell["column"], "value": cell["value"]}
    if facts["what"] == "syntax":
        return str(
            _("„%(file)s“, Zeile %(row)s: das ist kein gültiges RDF (%(value)s); bitte dort berichtigen.", **place)
        )
    sentence = str(_("„%(file)s“, Zeile %(row)s, Spalte „%(column)s“: „%(value)s“ geht hier nicht.", **place))
    allowed = ", ".join(cell["allowed"][:20])
    return f"{sentence} {_('Möglich sind: %(allowed)s.', allowed=allowed)}" if allowed else sentence


def place(spot: Mapping[str, str], *, brief: bool = False) -> str:
    """Where something stands: file (unless brief), sheet, cell."""
    names = (spot["sheet"], spot["cell"]) if brief else (spot["file"], spot["sheet"], spot["cell"])
    return " · ".join(filter(None, names)) or spot["file"]


def kind_label(kind: str) -> str:
    """What a table of a kind holds."""
    if kind == "network":
        return str(_("Netzwerke und Gremien"))
    if kind == desk.IGNORED:
        return str(_("Diese Tabelle weglassen"))
    return entity_types()[kind].plural_label[current.language()]


def kinds() -> list[tuple[str, str]]:
    """The kinds of tables to choose from, with what they are called."""
    return [(kind, kind_label(kind)) for kind in (*desk.KINDS, desk.IGNORED)]


def shown_kind(table: Mapping[str, Any]) -> str:
    """The kind that is chosen for a table now; "" if nobody knows or it is not taken."""
    if table["columns"] and all(column["meaning"] == desk.IGNORED for column in table["columns"]):
        return desk.IGNORED
    return str(table["kind"]) if table["kind"] in desk.KINDS else ""


def choices(table: Mapping[str, Any], column: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column can be said to be, in groups: what the form sends, what people read."""
    kind = table["kind"] if table["kind"] in desk.KINDS else "project"
    found: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for meaning in desk.meanings(kind):
        if label := meaning_label(meaning):
            found[meaning.group].append((meaning.key, label))
    listed = {key for options in found.values() for key, _label in options}
    if chosen(column) not in listed:
        found["entry"].append((chosen(column), str(_("wie erkannt"))))
    return [(str(GROUPS[group]), options) for group, options in found.items() if options]


def label_of(table: Mapping[str, Any], column: Mapping[str, Any]) -> str:
    """What a column is taken for, in words."""
    options = (option for _group, found in choices(table, column) for option in found)
    return next(label for key, label in options if key == chosen(column))


def can_choose(column: Mapping[str, Any]) -> bool:
    """Whether a person may say what a column is: what is found by its heading, not what was made of rows or titles."""
    return column["why"] not in _MADE


def heading(column: Mapping[str, Any]) -> str:
    """What stands above a column, or where it comes from."""
    if text := column["heading"] or column["group"]:
        return str(text)
    return str(_MADE.get(column["why"]) or _("ohne Überschrift (%(cell)s)", cell=column["ref"]))


def doubts(table: Mapping[str, Any]) -> int:
    """How many columns of a table a person should look at."""
    marks = [sureness(column)[0] for column in table["columns"] if column["values"] and column["what"] != "ignore"]
    return marks.count("ask")


def chosen(column: Mapping[str, Any]) -> str:
    """The meaning that is chosen for a column now; what is about people is one choice."""
    meaning = str(column["meaning"])
    if column["what"] == "personal" or meaning.startswith("contact."):
        return "contact.name"
    return "note" if meaning.endswith(".note") else meaning


def meaning_label(meaning: desk.Meaning) -> str:
    """What a meaning is called; "" for one that is only read, never chosen."""
    name = meaning.key.rpartition(".")[2]
    special = {
        "link:mitglied": _("Mitglieder"),
        "link:mitglied_von": _("Netzwerk oder Gremium, zu dem er gehört"),
        "link:in": _("Projekte, bei denen er mitmacht"),
        "link:tie": _("Partner, mit denen er zusammenarbeitet"),
        "link:traeger_von": _("Projekte, die er trägt"),
        "link:foerderer_von": _("Projekte, die er fördert"),
        "project.fund": _("Förderprogramm oder Fonds"),
        "project.amount": _("Fördersumme"),
        "contact.name": _("Personendaten (bleiben draußen)"),
        "note": _("In die Bemerkung"),
        desk.IGNORED: _("Spalte weglassen"),
    }
    if meaning.key in special:
        return str(special[meaning.key])
    if name == "period":
        return str(_("Zeitraum (von und bis in einer Spalte)"))
    if name == "address":
        return str(_("Anschrift (Straße, Nummer, PLZ)"))
    return meaning.label.get(current.language(), "")


def sureness(column: Mapping[str, Any]) -> tuple[str, str]:
    """How sure a meaning is: a word for style sheets, and what people read."""
    if column["what"] == "personal":
        return "personal", str(_("bleibt draußen"))
    if column["why"] == "mapping":
        return "said", str(_("von Ihnen festgelegt"))
    if not column["understood"]:
        return "ask", str(_("nicht verstanden"))
    if column["confidence"] >= _SURE:
        return "sure", str(_("sicher"))
    if column["confidence"] >= _LIKELY:
        return "likely", str(_("wahrscheinlich"))
    return "ask", str(_("bitte prüfen"))


def amounts(counts: Mapping[str, int]) -> str:
    """How many of each: "34 Akteure, 12 Projekte und 80 Verbindungen"; "" for none."""
    parts = [_counted(kind, count) for kind, count in counts.items() if count]
    if len(parts) < 2:
        return "".join(parts)
    return str(_("%(first)s und %(last)s", first=", ".join(parts[:-1]), last=parts[-1]))


def _counted(kind: str, count: int) -> str:
    if kind == "link":
        return str(ngettext("%(count)s Verbindung", "%(count)s Verbindungen", count, count=wording.number(count)))
    named = entity_types()[kind]
    words = (named.label if count == 1 else named.plural_label)[current.language()]
    is_small = current.language() == "en" and not words[:2].isupper()
    return f"{wording.number(count)} {words[0].lower() + words[1:] if is_small else words}"
