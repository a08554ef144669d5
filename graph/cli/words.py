"""What the command line says, in German and in English: German in the code, English in one table here."""

# ruff: noqa: E501  # a sentence and its translation stand on one line each, to be found and compared

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

LANGUAGES = ("de", "en")
_language: ContextVar[str] = ContextVar("language", default="de")


def speak(language: str) -> None:
    """Use this language ("de", "en") from now on."""
    _language.set(language)


def language() -> str:
    """The language in use."""
    return _language.get()


def said(german: str, **facts: Any) -> str:
    """The sentence in the language in use, its `{places}` filled with facts.

    Raises:
        KeyError: the sentence has no English: a defect, found by the tests.
    """
    sentence = german if language() == "de" or not german else ENGLISH[german]
    return sentence.format(**facts) if facts else sentence


ENGLISH: dict[str, str] = {
    "Wird gebraucht.": "Required.",
    # the frame
    "Aufruf: ": "Usage: ",
    "Optionen": "Options",
    "Befehle": "Commands",
    "Beispiel": "Example",
    "[OPTIONEN]": "[OPTIONS]",
    "BEFEHL [ARGUMENTE]...": "COMMAND [ARGS]...",
    "Zeigt diese Hilfe.": "Shows this help.",
    "Zeigt die Version.": "Shows the version.",
    "Mehr dazu: {command} --help": "More about this: {command} --help",
    "Die Option {option} gibt es nicht.": "There is no option {option}.",
    "Den Befehl „{command}“ gibt es nicht. Möglich sind: {allowed}.": "There is no command “{command}”. Possible are: {allowed}.",
    "Meinten Sie {guess}?": "Did you mean {guess}?",
    "Es fehlt die Angabe {name}.": "{name} is missing.",
    "Die Option {option} braucht einen Wert.": "The option {option} needs a value.",
    "„{value}“ ist zu viel.": "“{value}” is one too many.",
    "Für {name} geht „{value}“ nicht. Möglich sind: {allowed}.": "{name} cannot be “{value}”. Possible are: {allowed}.",
    "Für {name} geht „{value}“ nicht: {rule}.": "{name} cannot be “{value}”: {rule}.",
    "gebraucht wird eine ganze Zahl von {least} bis {most}": "a whole number from {least} to {most} is needed",
    "gebraucht wird eine Zahl größer als 0 und höchstens 3600": "a number above 0 and at most 3600 is needed",
    "gebraucht wird ein Tag, Monat oder Jahr wie 2024-05-31, 2024-05 oder 2024": (
        "a day, month or year such as 2024-05-31, 2024-05 or 2024 is needed"
    ),
    "Abgebrochen.": "Cancelled.",
    "Die Ausgabe lässt sich nicht schreiben: {reason}.": "The output cannot be written: {reason}.",
    # the group
    "Pankenetz: der Wissensgraph des Quartiers. Wer arbeitet mit wem, woran, wo und mit welchem Geld – und wer fehlt.": (
        "Pankenetz: the knowledge graph of the Quartier. Who works with whom, on what, where, with what money – and who is missing."
    ),
    "Ordner mit dem Datenbestand (auch: PANKENETZ_DATA).": "Folder of the data (also: PANKENETZ_DATA).",
    "Adresse eines SPARQL-Servers statt des eigenen Datenbestands (auch: PANKENETZ_STORE).": (
        "Address of a SPARQL server instead of the own data (also: PANKENETZ_STORE)."
    ),
    "Sprache der Meldungen: de oder en.": "Language of the messages: de or en.",
    "Das gibt es nur für einen Ordner mit Daten; bitte --store (oder PANKENETZ_STORE) weglassen.": (
        "That is to be had for a folder of data only; please leave out --store (or PANKENETZ_STORE)."
    ),
    "Der SPARQL-Server {url} antwortet nicht, wie er soll ({reason}). Bitte prüfen, ob er läuft und die Adresse stimmt.": (
        "The SPARQL server {url} does not answer as it should ({reason}). Please check that it runs and the address is right."
    ),
    "Die Daten auf {url} hat inzwischen jemand anderes geändert; nichts wurde geschrieben. Bitte noch einmal versuchen.": (
        "Somebody else has changed the data on {url}; nothing was written. Please try again."
    ),
    # common to commands
    "Ausgabe als {formats}.": "Output as {formats}.",
    "Stand an diesem Tag: JJJJ, JJJJ-MM oder JJJJ-MM-TT (sonst heute).": (
        "As of this day: YYYY, YYYY-MM or YYYY-MM-DD (otherwise today)."
    ),
    "Höchstens so viele Zeilen.": "At most this many lines.",
    "Der Datenbestand in {path} ist noch leer. „pankenetz serve --example“ lädt das Beispiel Pankstraße.": (
        "The data in {path} are still empty. “pankenetz serve --example” loads the Pankstraße example."
    ),
    "Zeilen: {rows} ({seconds} Sekunden)": "Rows: {rows} ({seconds} seconds)",
    "Das ist nicht alles: Die Antwort wurde an der Obergrenze abgeschnitten.": (
        "This is not all: the answer was cut off at the limit."
    ),
    "ja": "yes",
    "nein": "no",
    # query
    "Stellt dem Graphen eine Frage in SPARQL (nur lesend). Ohne FILE oder mit „-“ wird von der Standardeingabe gelesen.": (
        "Asks the graph a question in SPARQL (read only). Without FILE or with “-” it is read from standard input."
    ),
    "Längstens so viele Sekunden.": "At most this many seconds.",
    "Eine Antwort auf {form} gibt es nicht als {format}. Möglich sind: {allowed}.": (
        "An answer to {form} cannot be had as {format}. Possible are: {allowed}."
    ),
    "Bitte die Abfrage eintippen und mit Strg-D beenden.": "Please type the query and end it with Ctrl-D.",
    # gaps
    "Zeigt, wer sich noch nicht kennt und voneinander hätte, mit Gründen.": (
        "Shows who does not know each other yet and should, with reasons."
    ),
    "introduce: wer sollte wen kennenlernen (sonst dies); table: wer fehlt am Tisch; "
    "coverage: Lücken im Quartier; renew: wieder aufnehmen; thread: Einzelfäden; handover: Netz ohne QM; "
    "double: Doppelstrukturen.": (
        "introduce: who should get to know whom (the default); table: who is missing at the table; "
        "coverage: what the neighbourhood is missing; renew: take up again; thread: single threads; "
        "handover: the network without the QM; double: double structures."
    ),
    "obvious: was naheliegt (sonst dies); useful: was dem Netz am meisten nützt.": (
        "obvious: what is obvious (the default); useful: what is most useful to the network."
    ),
    "Keine Vermutung für Handlungsfelder mit Bedarf: {names}.": "No guess for fields of action with a need: {names}.",
    "Gemessen mit den normalen Gewichten.": "Measured with the normal weights.",
    "{kind}, {strength}: {hits} von {lines} solchen Vorschlägen wurden wahr.": (
        "{kind}, {strength}: {hits} of {lines} such suggestions came true."
    ),
    "Mit --handlungsfeld: auch die entsprechenden Felder anderer Runden.": (
        "With --handlungsfeld: the matching fields of other rounds, too."
    ),
    "Nur zu den Handlungsfeldern dieser Runde: 2022.": "Only for the fields of action of this round: 2022.",
    "Mit --kind table: der Tisch dieses Projekts (Kennung).": "With --kind table: the table of this project (slug).",
    "Mit --kind table: der Tisch dieser Veranstaltung (Kennung).": (
        "With --kind table: the table of this gathering (slug)."
    ),
    "Mit --kind table: wer zu diesem Bedarf oder Ziel fehlt (Kennung).": (
        "With --kind table: who is missing for this need or goal (slug)."
    ),
    "Nur zu diesem Handlungsfeld, mit Runde: 2022-4.": "Only for this field of action, with its round: 2022-4.",
    "Nur zu diesem Ort (Kennung).": "Only for this place (its slug).",
    "Nur zu diesem Akteur (Kennung).": "Only for this actor (its slug).",
    "Türöffner": "door openers",
    "Dafür gibt es zurzeit keinen Vorschlag.": "There is no suggestion for this at present.",
    # backtest
    "Prüft, wie gut die Vorschläge früher gewesen wären, neben den üblichen Verfahren.": (
        "Judges how good the suggestions would have been in the past, beside the usual methods."
    ),
    "Die Listen früherer Jahre werden neu berechnet …": "Computing the lists of past years anew …",
    "Dafür sind noch zu wenige Projekte mit Anfang, Träger und Partnern verzeichnet.": (
        "There are too few projects on record with start, responsible body and partners."
    ),
    "Verfahren": "method",
    "Treffer sagen, was üblich war, nicht was nützt.": "Hits say what was usual, not what is useful.",
    # measures
    "Misst das Netz: jeden Akteur und das Ganze.": "Measures the network: every actor and the whole.",
    "Akteur": "actor",
    "{actors} Akteure, {ties} Verbindungen, {isolates} ohne Verbindung, {components} getrennte Teile, {groups} Gruppen.": (
        "{actors} actors, {ties} ties, {isolates} without a tie, {components} separate parts, {groups} groups."
    ),
    # check
    "Prüft alle Einträge gegen die Regeln der Ontologie. Endet mit 1, wenn etwas falsch ist.": (
        "Checks all entries against the rules of the ontology. Ends with 1 if something is wrong."
    ),
    "Alle Einträge werden geprüft …": "All entries are being checked …",
    "{violations} Fehler, {warnings} Hinweise.": "{violations} errors, {warnings} warnings.",
    "Fehler": "error",
    "Hinweis": "warning",
    # export
    "Schreibt den Datenbestand in eine Datei; die Endung sagt, wie.": "Writes the data to a file; its ending says how.",
    "Geschrieben: {path}": "Written: {path}",
    "Alles in jeder Form in ein .zip: Tabellen, RDF, Bilder und Seiten, die ohne Server zu lesen sind.": (
        "Everything in every form into one .zip: tables, RDF, pictures, and pages to be read without a server."
    ),
    "Auch die Ansprechpersonen; die Datei kann dann nur lesen, wem sie gehört.": (
        "The contacts as well; then only who owns the file can read it."
    ),
    "Darin stehen Ansprechpersonen: Bitte sicher aufbewahren; weitergeben nur, wo ihr Zweck es erlaubt.": (
        "It holds contacts: please keep it safe; hand it on only where their purpose allows."
    ),
    "Die Festplatte ließ sich nicht neu schreiben: In ihren Dateien verschwindet der Rest beim nächsten Start.": (
        "The disk could not be written anew: the rest goes from its files at the next start."
    ),
    # briefing
    "Schreibt das Kapitel zur Vernetzung für eine Planungsrunde; die Endung sagt, wie: .docx, .pdf, .html oder .xlsx. Das Kapitel ist deutsch.": (
        "Writes the chapter on the Vernetzung for a planning round; the ending says how: .docx, .pdf, .html or .xlsx. The chapter is in German."
    ),
    "Die Planungsrunde (Kennung), etwa 2022.": "The planning round (its slug), such as 2022.",
    "Für {what} fehlt ein Baustein. Bitte „{command}“ ausführen; das System braucht dazu {system}.": (
        "A part is missing for {what}. Please run “{command}”; the system needs {system} for it."
    ),
    # import and template
    "Liest Listen ein (.xlsx .ods .csv .tsv, auch .ttl .trig .nt .nq .jsonld) und sagt, was neu, geändert, zusammengeführt, unsicher oder abgelehnt ist. Mit --dry-run wird nichts geschrieben.": (
        "Reads lists (.xlsx .ods .csv .tsv, also .ttl .trig .nt .nq .jsonld) and says what is new, changed, merged, unsure or refused. With --dry-run nothing is written."
    ),
    "Name der Quelle (sonst nach der ersten Datei).": "Name of the source (otherwise after the first file).",
    "Was die Spalten bedeuten (JSON). Gibt es die Datei noch nicht, wird geschrieben, was erkannt wurde.": (
        "What the columns mean (JSON). If the file does not exist yet, what was recognised is written to it."
    ),
    "Liest {files} …": "Reading {files} …",
    "Nur zeigen, nichts schreiben.": "Only show, write nothing.",
    "Fehlerhafte Zeilen weglassen und zum Berichtigen dorthin schreiben.": "Leave rows with errors out and write them there to be mended.",
    "Nichts wurde übernommen. Bitte berichtigen, oder mit --leave-out FILE.xlsx ohne diese Zeilen einlesen.": (
        "Nothing was taken over. Please correct them, or import without these rows by --leave-out FILE.xlsx."
    ),
    "{count} Zeilen weggelassen; zum Berichtigen stehen sie in {path}.": "{count} rows left out; they stand in {path} to be mended.",
    "neu": "new",
    "geändert": "changed",
    "unverändert": "unchanged",
    "unsicher": "unsure",
    "Nichts zu tun: Das steht alles schon da.": "Nothing to do: all of it is there already.",
    "Übernommen als Änderung {change}: {added} Aussagen dazu, {removed} weg.": "Taken over as change {change}: {added} statements added, {removed} removed.",
    "Die Spalte „{column}“ wurde nicht verstanden; was darin steht, ist als Bemerkung aufgehoben.": (
        "The column “{column}” was not understood; what it says is kept as a note."
    ),
    "Einträge: {sums}. Verbindungen: {links}. Hinweise: {problems}.": "Entries: {sums}. Links: {links}. Remarks: {problems}.",
    "Schreibt eine leere Arbeitsmappe mit unseren Spalten, Auswahllisten und Hilfe.": (
        "Writes an empty workbook with our columns, choices to pick from and help."
    ),
    "Die Vorlage ist eine Arbeitsmappe; bitte einen Namen mit der Endung .xlsx nennen.": (
        "The template is a workbook; please give a name that ends in .xlsx."
    ),
    # what is wrong with a list
    "Die Datei {file} gibt es nicht; bitte den Namen prüfen.": "There is no file {file}; please check the name.",
    "Die Datei {file} lässt sich nicht öffnen ({reason}); bitte schließen oder die Rechte prüfen.": "The file {file} cannot be opened ({reason}); please close it or check its permissions.",
    "{file} ist ein Ordner; bitte die Dateien darin nennen.": "{file} is a folder; please name the files in it.",
    "In den Dateien ist keine Zeile, aus der sich etwas übernehmen ließe; bitte die Überschriften prüfen.": (
        "There is no row in the files that anything could be taken from; please check the headings."
    ),
    "Die Datei {file} ist leer; bitte eine mit Inhalt nehmen.": "The file {file} is empty; please take one with content.",
    "Die Datei {file} ist beschädigt; bitte neu speichern und noch einmal versuchen.": "The file {file} is damaged; please save it anew and try again.",
    "Die Datei {file} ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern.": "The file {file} is protected by a password; please save it without one.",
    "Die Datei {file} ist zu groß (mehr als 100 MB entpackt, 4 Millionen Zellen oder 1000 Spalten); bitte aufteilen.": "The file {file} is too big (more than 100 MB unpacked, 4 million cells or 1000 columns); please split it.",
    "Die Datei {file} hat ein altes Format; bitte als .xlsx speichern.": "The file {file} has an old format; please save it as .xlsx.",
    "Die Datei {file} ist keine Liste; möglich sind .xlsx, .ods, .csv, .tsv, .ttl, .trig, .nt, .nq und .jsonld.": "The file {file} is no list; possible are .xlsx, .ods, .csv, .tsv, .ttl, .trig, .nt, .nq and .jsonld.",
    "{file}, Zeile {row}: kein gültiges RDF ({value}); bitte dort berichtigen.": "{file}, line {row}: no valid RDF ({value}); please correct it there.",
    "{where}: das geht hier nicht ({what}).": "{where}: this does not work here ({what}).",
    "{where}: das geht hier nicht. Möglich sind: {allowed}.": "{where}: this does not work here. Possible are: {allowed}.",
    # view
    "Schreibt das Netz als eine HTML-Datei, die sich ohne Internet öffnen lässt.": (
        "Writes the network as one HTML file that opens without the internet."
    ),
    "Nur die Umgebung dieses Akteurs (Kennung).": "Only the surroundings of this actor (its slug).",
    "So viele Schritte um den Akteur: 1, 2 oder 3.": "This many steps around the actor: 1, 2 or 3.",
    "--steps geht nur zusammen mit --actor.": "--steps only works together with --actor.",
    # history
    "Zeigt, was wann von wem geändert wurde; das Neueste zuerst.": "Shows what was changed, when and by whom; newest first.",
    "Höchstens so viele Änderungen.": "At most this many changes.",
    "Noch keine Änderung.": "No change yet.",
    "zurückgenommen von Änderung {change}": "taken back by change {change}",
    "nimmt Änderung {change} zurück: {reason}": "takes back change {change}: {reason}",
    # undo
    "Nimmt eine Änderung zurück, auch das Einlesen einer ganzen Liste. Die Nummer steht in „pankenetz history“; wer die Nummer dieser Rücknahme nennt, stellt alles wieder her.": "Takes a change back, also the import of a whole list. Its number is in “pankenetz history”; naming the number of the undo brings everything back.",
    "Nichts wurde geändert.": "Nothing was changed.",
    "Zurückgenommen als Änderung {change}.": "Taken back as change {change}.",
    "Das ist schon zurückgenommen, von Änderung {change}.": "That has been taken back already, by change {change}.",
    "Darauf bauen spätere Änderungen auf. Bitte erst diese zurücknehmen, von oben nach unten:": "Later changes build on it. Please take these back first, from top to bottom:",
    "und {count} weitere Einträge": "and {count} more entries",
    # errors
    "{kind} „{slug}“ gibt es nicht.": "There is no {kind} “{slug}”.",
    "Am nächsten kommt: {guess}.": "Closest: {guess}.",
    "„{where}“ geht hier nicht ({what}).": "“{where}” does not work here ({what}).",
    "„{where}“ geht hier nicht. Möglich sind: {allowed}.": "“{where}” does not work here. Possible are: {allowed}.",
    "Die Abfrage ist in Zeile {line}, Spalte {column} nicht lesbar.": (
        "The query cannot be read in line {line}, column {column}."
    ),
    "Oben fehlt die Zeile {line}": "At the top this line is missing: {line}",
    "Dort passt: {expected}": "What fits there: {expected}",
    "Die Abfrage geht so nicht: {message}": "The query does not work: {message}",
    "SERVICE wird nicht beantwortet: Abfragen dürfen keine anderen Rechner fragen.": (
        "SERVICE is not answered: queries may not ask other machines."
    ),
    "Hier wird nur gelesen: Abfragen, die etwas ändern oder laden, werden nicht ausgeführt.": (
        "This only reads: queries that change or load something are not carried out."
    ),
    "Die Abfrage wurde nach {seconds} Sekunden beendet. Bitte enger fragen oder mit --timeout länger warten.": (
        "The query was ended after {seconds} seconds. Please ask more narrowly, or wait longer with --timeout."
    ),
    "Die Antwort ist zu groß ({limit} {unit} sind erlaubt). Bitte enger fragen, etwa mit LIMIT.": (
        "The answer is too big ({limit} {unit} are allowed). Please ask more narrowly, for instance with LIMIT."
    ),
    "Zu viele Abfragen auf einmal. Bitte in {seconds} Sekunden noch einmal versuchen.": (
        "Too many queries at once. Please try again in {seconds} seconds."
    ),
    "Dagegen steht inzwischen anderes: {reasons}": "Something else stands against it by now: {reasons}",
    "Die Regeln der Ontologie lassen das nicht zu: {reasons}": "The rules of the ontology do not allow this: {reasons}",
    "Der Datenbestand in {path} ist gerade in einem anderen Programm geöffnet (Prozess {pid}). Bitte dort beenden und noch einmal versuchen.": (
        "The data in {path} are open in another program (process {pid}). Please end it there and try again."
    ),
    "Der Datenbestand in {path} ist gerade in einem anderen Programm geöffnet. Bitte dort beenden und noch einmal versuchen.": (
        "The data in {path} are open in another program. Please end it there and try again."
    ),
    "In {path} liegt etwas anderes als ein Datenbestand von Pankenetz ({found}); nichts wurde angefasst. Bitte mit --data einen anderen Ordner nennen.": (
        "{path} holds something other than Pankenetz data ({found}); nothing was touched. Please name another folder with --data."
    ),
    "Der Datenbestand in {path} ist beschädigt ({reason}); nichts wurde angefasst. Bitte eine Sicherung zurückholen: pankenetz restore ORDNER --force": (
        "The data in {path} are damaged ({reason}); nothing was touched. Please bring back a backup: pankenetz restore FOLDER --force"
    ),
    # backup, restore, forget
    "Sichert alles in einen Ordner, auch während der Server läuft. Jede Sicherung bekommt darin einen eigenen Ordner.": (
        "Backs everything up into a folder, also while the server runs. Each backup gets a folder of its own in it."
    ),
    "Danach alte Sicherungen entfernen: eine je Tag bleibt 14 Tage, eine je Woche 8 Wochen, eine je Monat 2 Jahre.": (
        "Then remove old backups: one a day stays 14 days, one a week 8 weeks, one a month 2 years."
    ),
    "Gesichert: {path} (Datenstand {version})": "Backed up: {path} (data version {version})",
    "Nach der Regel entfernt: {path}": "Removed by the rule: {path}",
    "Holt die neueste Sicherung eines Ordners zurück.": "Brings back the newest backup of a folder.",
    "Einen Datenbestand, der schon da ist, ersetzen; er bleibt daneben aufgehoben.": (
        "Replace data that are there already; they are kept beside it."
    ),
    "Zurückgeholt: {path} (Datenstand {version}). Alle müssen sich neu anmelden.": (
        "Brought back: {path} (data version {version}). Everybody must sign in again."
    ),
    "Die Sicherung in {path} ist beschädigt ({file}); nichts wurde angefasst. Bitte eine andere nehmen.": (
        "The backup in {path} is damaged ({file}); nothing was touched. Please take another one."
    ),
    "In {path} liegt keine Sicherung.": "There is no backup in {path}.",
    "In {path} liegt schon ein Datenbestand. Mit --force wird er ersetzt; er bleibt daneben aufgehoben.": (
        "{path} holds data already. With --force they are replaced; they are kept beside it."
    ),
    "Löscht eine Ansprechperson überall, auch im Verlauf, und sagt, was es gelöscht hat.": (
        "Erases a contact everywhere, in the history too, and says what it erased."
    ),
    "Gelöscht: {statements} Angaben, dazu Spuren in {changes} Änderungen des Verlaufs.": (
        "Erased: {statements} statements, and traces in {changes} changes of the history."
    ),
    "Bitte selbst ansehen, hier steht der Name noch: {label} ({iri})": (
        "Please look yourself, the name still stands here: {label} ({iri})"
    ),
    "In dieser Sicherung steht die Person noch: {path}": "The person still stands in this backup: {path}",
    "In {path} lässt sich nicht schreiben ({reason}).": "{path} cannot be written to ({reason}).",
    "Die Datei {path} lässt sich nicht lesen: {reason}.": "The file {path} cannot be read: {reason}.",
    "Die Datei {path} ist kein Text in UTF-8.": "The file {path} is not text in UTF-8.",
    "Die Datei {path} lässt sich nicht schreiben: {reason}.": "The file {path} cannot be written: {reason}.",
    "Den Ordner {path} gibt es nicht.": "There is no folder {path}.",
    "es gibt sie nicht": "it does not exist",
    "das ist ein Ordner": "this is a folder",
    "dort ist kein Ordner": "there is no folder",
    "der Zugriff ist nicht erlaubt": "access is not allowed",
    "der Name ist zu lang": "the name is too long",
    "der Datenträger ist schreibgeschützt": "the disk is read-only",
    "die Datei würde zu groß": "the file would become too big",
    "der Datenträger ist voll": "the disk is full",
    "Das ging nicht: {error}": "This did not work: {error}",
}
