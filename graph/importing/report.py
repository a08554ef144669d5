"""What an import has to say, as sentences in German and English: what is wrong, where it is and what to do."""

# ruff: noqa: E501  # a sentence and its translation stand on one line each, to be found and compared

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.importing.facts import Problem

LANGUAGES: Final = ("de", "en")

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "no subject": (
        "Hier fehlt eine Spalte, die sagt, worum es geht ({kind}); bitte die Spalten von Hand zuordnen.",
        "No column says what the rows are about ({kind}); please assign the columns by hand.",
    ),
    "not a table": (
        "Hier ist keine Tabelle zu erkennen; bitte eine Zeile mit Überschriften darüber setzen.",
        "No table can be made out here; please put a row of headings above.",
    ),
    "not understood": (
        "Es ist nicht zu erkennen, wovon diese Tabelle handelt; bitte die Spalten von Hand zuordnen.",
        "It cannot be made out what this table is about; please assign the columns by hand.",
    ),
    "hidden sheet": (
        "Das Blatt ist ausgeblendet und wurde nicht gelesen; bitte einblenden, wenn es gelten soll.",
        "The sheet is hidden and was not read; please unhide it if it should count.",
    ),
    "left over": (
        "Steht außerhalb der Tabelle und wurde nicht übernommen: „{text}“.",
        "Stands outside the table and was not taken in: “{text}”.",
    ),
    "personal": (
        "Die Spalte „{heading}“ enthält Angaben zu Personen und wurde nicht übernommen; bitte als Kontakt eintragen.",
        "The column “{heading}” holds personal data and was not taken in; please enter them as contacts.",
    ),
    "person in cell": (
        "Unter „{heading}“ stehen Personen; sie wurden nicht übernommen; bitte als Kontakte eintragen.",
        "There are people under “{heading}”; they were not taken in; please enter them as contacts.",
    ),
    "personal sheet": (
        "Das Blatt enthält Angaben zu Personen und wurde nicht übernommen; bitte als Kontakte eintragen.",
        "The sheet holds personal data and was not taken in; please enter them as contacts.",
    ),
    "way to reach": (
        "Hier steht „{text}“: Gehört das einer Person, bitte als Ansprechperson eintragen und hier weglassen.",
        "“{text}” stands here: if it belongs to a person, please enter them as a contact and leave it out here.",
    ),
    "row without subject": (
        "In Zeile {row} steht nicht, worum es geht; die Zeile wurde ausgelassen.",
        "Row {row} does not say what it is about; it was left out.",
    ),
    "end-before-start": (
        "„{text}“: Das Ende liegt vor dem Beginn; bitte berichtigen.",
        "“{text}” ends before it begins; please correct it.",
    ),
    "unreadable": (
        "„{text}“ ist nicht als Zeitraum zu lesen; bitte als „2021 bis 2023“ oder „seit Mai 2021“ schreiben.",
        "“{text}” cannot be read as a period; please write “2021 bis 2023” or “seit Mai 2021”.",
    ),
    "amount currency": (
        "„{text}“ ist kein Betrag in Euro; bitte umrechnen.",
        "“{text}” is not an amount in euro; please convert it.",
    ),
    "amount rate": (
        "„{text}“ ist kein Gesamtbetrag; bitte die Summe angeben.",
        "“{text}” is not a total; please give the sum.",
    ),
    "amount percent": (
        "„{text}“ ist ein Anteil, kein Betrag; bitte in Euro angeben.",
        "“{text}” is a share, not an amount; please give it in euro.",
    ),
    "amount negative": ("„{text}“ ist negativ; bitte berichtigen.", "“{text}” is negative; please correct it."),
    "amount unreadable": (
        "„{text}“ ist nicht als Betrag zu lesen; bitte als „12.500 €“ schreiben.",
        "“{text}” cannot be read as an amount; please write “12.500 €”.",
    ),
    "several values": (
        "„{field}“ ist schon „{first}“; „{other}“ steht nun in der Bemerkung.",
        "“{field}” is “{first}” already; “{other}” was put into the note.",
    ),
    "unreadable value": (
        "„{text}“ passt nicht zu „{field}“ und steht nun in der Bemerkung.",
        "“{text}” does not fit “{field}” and was put into the note.",
    ),
    "which round": (
        "Zu welcher Planungsrunde gehört „{text}“? Möglich sind: {rounds}.",
        "Which planning round does “{text}” belong to? Possible are: {rounds}.",
    ),
    "unknown field": (
        "Das Handlungsfeld „{text}“ gibt es in dieser Runde nicht; bitte prüfen.",
        "There is no Handlungsfeld “{text}” in this round; please check.",
    ),
    "no rounds": (
        "„{text}“: Es gibt noch keine Planungsrunde mit Handlungsfeldern; bitte eine anlegen, bis dahin steht es in der Bemerkung.",
        "“{text}”: there is no planning round with Handlungsfelder yet; please add one, until then it stands in the note.",
    ),
    "unsure": (
        "„{name}“ könnte dasselbe sein wie „{other}“ ({reasons}); bitte entscheiden, bis dahin bleiben es zwei.",
        "“{name}” may be the same as “{other}” ({reasons}); please decide, until then they stay two.",
    ),
    "programme acts": (
        "„{name}“ – „{other}“: Ein Förderprogramm handelt nicht selbst; die Verbindung wurde ausgelassen.",
        "“{name}” – “{other}”: a programme does not act itself; the link was left out.",
    ),
    "link to itself": (
        "„{name}“ steht mit sich selbst in Verbindung; das wurde ausgelassen.",
        "“{name}” is linked to itself; this was left out.",
    ),
    "kind not taken": (
        "Eine Liste von „{kind}“ wird auf diesem Weg nicht übernommen; bitte die Vorlage benutzen.",
        "A list of “{kind}” is not taken in this way; please use the template.",
    ),
    "kept by hand": (
        "„{field}“ von „{name}“ ist von Hand eingetragen ({stored}) und bleibt so; in der Liste steht „{text}“.",
        "“{field}” of “{name}” was entered by hand ({stored}) and stays; the list says “{text}”.",
    ),
    "no longer listed": (
        "{count} Einträge stehen nicht mehr in der Liste und bleiben: {names}.",
        "{count} entries are no longer in the list, and stay: {names}.",
    ),
    "stored differs": (
        "„{field}“ von „{name}“ ist schon „{stored}“ und bleibt so; in der Liste steht „{text}“.",
        "“{field}” of “{name}” is “{stored}” already and stays; the list says “{text}”.",
    ),
    "graph kept out": (
        "{count} Aussagen im Graphen „{graph}“ werden nicht übernommen: Er gehört dem Programm oder enthält Angaben zu Personen.",
        "{count} statements in the graph “{graph}” are not taken in: it belongs to the program or holds personal data.",
    ),
    "against the rules": ("„{name}“: {de}", "“{name}”: {en}"),
    "no value stored": (
        "{count} Formeln haben keinen gespeicherten Wert, hier „{text}“; bitte in Excel oder LibreOffice öffnen und speichern.",
        "{count} formulas have no stored value, here “{text}”; please open it in Excel or LibreOffice and save it.",
    ),
    "formula gone wrong": (
        "{count} Formeln ergeben einen Fehler, hier „{text}“; bitte berichtigen, bis dahin gilt die Zelle als leer.",
        "{count} formulas end in an error, here “{text}”; please correct it, until then the cell counts as blank.",
    ),
    "statements about statements": (
        "{count} Aussagen über Aussagen (RDF 1.2) werden nicht übernommen; bitte als eigene Einträge schreiben.",
        "{count} statements about statements (RDF 1.2) are not taken in; please write them as entries of their own.",
    ),
    "foreign vocabulary": (
        "{count} Aussagen mit „{predicate}“ kennt Pankenetz nicht; sie werden unverändert mitgeführt.",
        "Pankenetz does not know the {count} statements with “{predicate}”; they are kept as they are.",
    ),
}
"""What a problem says in German and in English, by its name; places are filled with its facts."""


REASONS: Final[dict[str, tuple[str, str]]] = {
    "judged": ("so entschieden", "decided so"),
    "name": ("gleicher Name", "same name"),
    "former name": ("früherer Name", "former name"),
    "abbreviation": ("Abkürzung", "abbreviation"),
    "spelling": ("andere Schreibweise", "other spelling"),
    "words joined": ("zusammengeschrieben", "words joined"),
    "legal form": ("Rechtsform", "legal form"),
    "address": ("Anschrift", "address"),
    "website": ("Website", "website"),
    "other address": ("andere Anschrift", "other address"),
    "other website": ("andere Website", "other website"),
    "other place": ("anderer Ort", "other place"),
    "descriptive word": ("beschreibendes Wort", "descriptive word"),
    "area left out": ("ohne den Stadtteil", "area left out"),
    "successor": ("Nachfolger", "successor"),
    "number": ("andere Nummer", "other number"),
    "year": ("anderes Jahr", "other year"),
    "body beside it": ("etwas daneben, etwa ein Förderverein", "a body beside it, such as a support association"),
    "kind": ("andere Art", "other kind"),
    "contained": ("nur im einen der beiden Namen", "only in one of the two names"),
    "brackets": ("in Klammern", "in brackets"),
    "venue and association": ("Haus oder Verein", "house or association"),
    "different words": ("andere Wörter", "different words"),
    "several": ("mehrere kommen in Frage", "several fit"),
}
"""What the reasons of `graph.matching` say."""


def message(problem: Problem, language: str = "de") -> str:
    """The sentence of a problem in a language ("de", "en")."""
    is_english = language == "en"
    facts = {**problem.facts}
    if "reasons" in facts:
        facts["reasons"] = ", ".join(reason(one, language) for one in facts["reasons"])
    return SENTENCES[problem.what][is_english].format(**facts)


def reason(found: str, language: str = "de") -> str:
    """A reason of `graph.matching` in words."""
    kind, _, detail = found.partition(": ")
    word = REASONS[kind][language == "en"]
    return f"{word}: {detail}" if detail else word
