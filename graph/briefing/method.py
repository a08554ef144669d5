"""How the lists come about, how good they were before, and what they do not say; and the sources of the chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph import gaps
from graph.briefing.document import Bullets, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block
    from graph.briefing.occasion import Occasion
    from graph.gaps.panel import Backtest

_METHODS: Final = {
    "pankenetz": "Pankenetz",
    "team_weights": "Pankenetz mit den Gewichten des Teams",
    "random": "Zufall",
    "popularity": "die mit den meisten Projekten",
    "preferential_attachment": "die mit den meisten Partnern",
    "common_neighbours": "gemeinsame Partner, gezählt",
    "adamic_adar": "gemeinsame Partner, nach Adamic und Adar",
    "resource_allocation": "gemeinsame Partner, nach Zhou",
    "jaccard": "gemeinsame Partner, nach Jaccard",
    "katz": "Wege im Netz, nach Katz",
    "partners_of_traeger": "Partner des Trägers",
    "same_field": "dasselbe Handlungsfeld",
    "text": "ähnlicher Projekttext",
}


def method(occasion: Occasion) -> Iterator[Block]:
    """The section."""
    yield Heading("Wie die Listen entstehen")
    yield Paragraph(
        "Die Vorschläge sind aus den Eintragungen berechnet: aus gemeinsamen Partnern, Handlungsfeldern, Orten, "
        "Zielgruppen, Veranstaltungen und Gremien, aus dem, was jemand sucht und ein anderer anbietet, und daraus, wer "
        "in den letzten drei Jahren aktiv war. Jeder Summand ist ein Satz; die Gründe in den Tabellen sind die "
        "Berechnung. Niemand steht in mehr als zwei Zeilen einer Liste, und ein Teil der Zeilen ist für Neue und für "
        "Verbindungen zwischen den Bereichen vorgesehen."
    )
    yield from _backtest(occasion)
    yield Heading("Was die Listen nicht sagen", 2)
    yield Bullets(
        (
            "Sie sagen nicht, wie wahrscheinlich eine Partnerschaft ist, und nicht, ob sie gut wäre.",
            "Sie kennen nur, was eingetragen ist. Was fehlt, kann keine Auswertung sehen.",
            "Ein früherer Treffer sagt, was üblich war, nicht, was nützt.",
            "Sie bewerten keine Akteure. Wenige Partner zu haben ist kein Mangel.",
            "Die meisten neuen Partnerschaften entstehen ohne Vorzeichen im Netz; keine Liste ersetzt das Gespräch.",
        )
    )


def sources(occasion: Occasion) -> Iterator[Block]:
    """The numbered sources that the chapter names; to be asked for last."""
    yield Heading("Quellen")
    rows = tuple(
        (number, row.ref.label, row.text("url") or "–", row.text("date") or "–")
        for number, row in occasion.citations.rows
    )
    if not rows:
        yield Paragraph(
            "Zu den Angaben dieses Kapitels ist keine Quelle eingetragen. Jeder Eintrag kann eine haben: Webseite, "
            "Dokument oder Gespräch.",
            "note",
        )
        return
    headings = ("Nr.", "Quelle", "Adresse", "Datum")
    yield Table("Quellen", "Quellen, auf die die Nummern in den Tabellen verweisen", headings, rows, (7, 42, 38, 13))


def _backtest(occasion: Occasion) -> Iterator[Block]:
    yield Heading("Wie gut solche Listen früher waren", 2)
    found = gaps.backtest(occasion.store)
    if not found.lines or not found.table["projects"]:
        yield Paragraph(
            "Das lässt sich hier noch nicht sagen: Es sind zu wenige Projekte mit Anfang, Träger und Partnern "
            "verzeichnet.",
            "note",
        )
        return
    yield from _told(found)
    pairs = ("Unter den ersten 20 wahr", "Akteure mit Treffer unter den eigenen ersten 10")
    yield _panel("Wer sollte wen kennenlernen?", pairs, ("p20", "any10"), found.introduce["methods"])
    seats = ("Projekte mit Treffer unter den ersten 10", "Gefundene Partner unter den ersten 10")
    yield _panel("Wer fehlt am Tisch?", seats, ("any10", "recall10"), found.table["methods"])
    yield from _worth(found)
    yield Paragraph(
        "In Klammern steht, wie weit der wahre Wert davon abweichen kann (95 %). Die Gewichte sind an denselben Jahren "
        "gewählt, und ein einziges Quartier kann kleine Unterschiede nicht beweisen: Die Zahlen sagen „besser als die "
        "üblichen Verfahren“, sie sind kein Versprechen.",
        "note",
    )


def _told(found: Backtest) -> Iterator[Block]:
    introduce, table = found.introduce, found.table
    yield Paragraph(
        "Zur Probe wurden die Listen für frühere Jahre neu berechnet, nur mit dem, was damals schon bekannt war. Von "
        f"{found.lines} Vorschlägen, wer wen kennenlernen sollte, wurden in den zwei Jahren danach "
        f"{found.hits:.0f} wahr. Von {introduce['new_pairs']} neuen Partnerschaften war nur bei "
        f"{introduce['knowable_pairs']} vorher überhaupt etwas bekannt, das darauf hindeutete."
    )
    chance = f"{found.live[1]:.1f}".replace(".", ",")
    yield Paragraph(
        f"Bei {found.barred:.0f} dieser Treffer war das QM, eine Behörde oder ein Gremium des QM dabei, die eine Liste "
        f"heute gar nicht vorschlägt. Unter den Paaren, die sie vorschlagen darf, wurden von den ersten zwanzig jedes "
        f"Jahres zusammen {found.live[0]:.0f} wahr; durch Zufall wären es {chance} gewesen. Das ist zu wenig, um "
        "einzelnen Plätzen zu trauen: Die Gründe zählen, nicht der Rang."
    )
    ours = table["methods"]["pankenetz"]["any10"][0]
    yield Paragraph(
        f"Für {table['projects']} Projekte wurde vor ihrem Beginn berechnet, wer am Tisch fehlt: Bei {_percent(ours)} "
        "stand unter den ersten zehn mindestens ein Akteur, der später wirklich dabei war."
    )


def _worth(found: Backtest) -> Iterator[Block]:
    """What stark, mittel and schwach came to, with n."""
    titles = {"introduce": "Wer sollte wen kennenlernen?", "table": "Wer fehlt am Tisch?"}
    rows = tuple(
        (titles[kind], word, f"{one.hits} von {one.lines}")
        for kind, words in (found.strengths or {}).items()
        for word, one in words.items()
    )
    if rows:
        headings = ("Liste", "Stärke", "davon wurden wahr")
        yield Table("Was stark heißt", "Was „stark“, „mittel“ und „schwach“ früher hieß", headings, rows, (50, 20, 30))


def _panel(title: str, headings: tuple[str, ...], keys: tuple[str, ...], methods: dict[str, Any]) -> Table:
    rows = tuple(
        (_METHODS.get(name, name), *(_measured(values[key]) for key in keys)) for name, values in methods.items()
    )
    return Table(f"Rückblick {title}", f"Rückblick: {title}", ("Verfahren", *headings), rows, (46, 27, 27))


def _measured(values: tuple[float, float, float]) -> str:
    value, low, high = values
    return f"{_percent(value)} ({low * 100:.0f}–{high * 100:.0f})"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
