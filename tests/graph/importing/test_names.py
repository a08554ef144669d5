"""Cells come apart between names, never inside one; roles, notes, people and vague words are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.importing.names import known_names, learned, read_names, split_names
from graph.importing.passages import is_person
from graph.importing.values import NETWORK


@pytest.mark.parametrize(
    "text",
    [
        "georg + georg",
        "Büro A und Partner",
        "Kunst & Kiez e.V.",
        "Haus für Kinder, Jugend und Familie",
        "Max und Marek",
        "Senatsverwaltung für Stadtentwicklung, Bauen und Wohnen",
        "Amt für Weiterbildung und Kultur",
        "Kinder- und Jugendbüro",
        "Grund- und Oberschule X",
        "AG Wohnen/Arbeiten",
        "Schule A/Ecke Straße",
        "Kita Sonne und Mond",
        "Rat + Hilfe e.V.",
        "Quartiersmanagement Reinickendorfer Straße/Pankstraße",
        "Müller GmbH & Co. KG",
        "Kulturlabor Trial & Error e.V.",
        "Fachbereich Kunst, Kultur und Geschichte",
        "Abteilung Schule, Sport und Facility Management",
        "Polizei Bremen, Revier West",
        "Tanz, Theater & Musik e.V.",
        "Verein für Zechen- und Heimatgeschichte e.V.",
        "Mieterverein Dortmund und Umgebung e.V.",
        "Freie und Hansestadt Hamburg",
        "Stadt Halle (Saale), FB Städtebau",
        "Kollegen 2,3",
        "LOKATION:S Partnerschaft für Standortentwicklung",
        "Landesarbeitsgemeinschaft für Medien, Kultur und Bildung e.V.",
        "Lebendige Zentren und Quartiere",
        "Haus für Kinder,\nJugend und Familie",
    ],
)
def test_one_name_stays_one(text: str) -> None:
    assert [name.text for name in split_names(text)] == [" ".join(text.split())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Verein X e.V., Y gGmbH", ["Verein X e.V.", "Y gGmbH"]),
        ("Kita Sonne / Jugendclub Anker / VHS", ["Kita Sonne", "Jugendclub Anker", "VHS"]),
        ("AWO/Caritas/Diakonie", ["AWO", "Caritas", "Diakonie"]),
        ("degewo, Gesobau und himmelbeet", ["degewo", "Gesobau", "himmelbeet"]),
        ("Sozialamt Neustadt + Rot-Weiß Neustadt e.V.", ["Sozialamt Neustadt", "Rot-Weiß Neustadt e.V."]),
        ("Diakonie Saale gGmbH + Seniorenrat Süd", ["Diakonie Saale gGmbH", "Seniorenrat Süd"]),
        ("• Kita Sonne\n• Schule am Hain\n- Jugendclub", ["Kita Sonne", "Schule am Hain", "Jugendclub"]),
        ("1. Kita Sonne\n2. Kita Mond", ["Kita Sonne", "Kita Mond"]),
        (
            "Sozial- und Gesundheitszentrum A, Büro für Kunst und Kultur",
            ["Sozial- und Gesundheitszentrum A", "Büro für Kunst und Kultur"],
        ),
        ("Kita Nord; Kita Süd | Kita Ost sowie Kita West", ["Kita Nord", "Kita Süd", "Kita Ost", "Kita West"]),
        ("Bürgerinitiative Feld; georg + georg (Entwurf)", ["Bürgerinitiative Feld", "georg + georg"]),
        (
            "Bezirksamt Mitte, Amt für Weiterbildung und Kultur, Volkshochschule",
            ["Bezirksamt Mitte, Amt für Weiterbildung und Kultur", "Volkshochschule"],
        ),
        ("Kitas Sonne und Mond", ["Kita Sonne", "Kita Mond"]),
        ("Kitas: Sonne, Mond", ["Kita Sonne", "Kita Mond"]),
        ("Grundschulen am Hain und am Park", ["Grundschule am Hain", "Grundschule am Park"]),
        ("Schulen (Grundschule am Hain, Oberschule Nord)", ["Grundschule am Hain", "Oberschule Nord"]),
    ],
)
def test_several_names_come_apart(text: str, names: list[str]) -> None:
    assert [name.text for name in split_names(text)] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Träger: Verein X e.V.; Partner: Y, Z", [("Verein X e.V.", "traeger"), ("Y", "partner"), ("Z", "partner")]),
        ("Verein X (Träger), Kita Y (Koop.)", [("Verein X", "traeger"), ("Kita Y", "partner")]),
        ("Verein X (Federführung), Kita Y", [("Verein X", "traeger"), ("Kita Y", "partner")]),
        ("Kita X in Kooperation mit Verein Y", [("Kita X", None), ("Verein Y", "partner")]),
        ("Kita X, gefördert durch Stiftung Y", [("Kita X", None), ("Stiftung Y", "foerderer")]),
        ("Kita X als Träger", [("Kita X", "traeger")]),
        ("Kooperationspartner*innen: Kita X", [("Kita X", "partner")]),
    ],
)
def test_roles_are_read(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(name.text, name.role) for name in split_names(text)] == found


def test_what_stands_beside_a_name_becomes_its_note() -> None:
    names = split_names("WG Eintracht (stellt die Fläche), Kita am Park, Parkstraße 5, 13347 Berlin, Haus Y c/o Kita Z")
    assert [(name.text, name.note) for name in names][:2] == [
        ("WG Eintracht", "stellt die Fläche"),
        ("Kita am Park", "Parkstraße 5, 13347 Berlin"),
    ]
    assert (names[2].text, names[2].note) == ("Haus Y", "c/o Kita Z")


@pytest.mark.parametrize(
    "text",
    [
        "Frau Müller",
        "Ansprechpartner: Herr Max Muster, 030 1234567",
        "anna.m@example.org",
        "Dr. Anna Muster",
        "Anna Muster",
        "Tel. 030 123456",
        "Kontakt: Petra Beispiel",
    ],
)
def test_people_are_no_names_and_are_reported(text: str) -> None:
    read = read_names(text)
    assert (read.names, bool(read.persons)) == ((), True)


@pytest.mark.parametrize(
    "text", ["Kita Sonne (Frau Müller)", "Kita Sonne – Frau Müller", "Kita Sonne, Tel. 030 123456"]
)
def test_people_beside_a_name_are_in_neither_name_nor_note(text: str) -> None:
    read = read_names(text)
    assert [(name.text, name.note) for name in read.names] == [("Kita Sonne", "")]
    assert read.persons


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Kita Sonne u. a.", "u. a."),
        ("Kita Sonne, weitere Partner", "weitere Partner"),
        ("Kita Sonne und verschiedene Schulen", "verschiedene Schulen"),
        ("Kita Sonne, 3 Kitas", "3 Kitas"),
        ("Kita Sonne, Kitas im Kiez", "Kitas im Kiez"),
        ("Kita Sonne, Anwohner*innen", "Anwohner*innen"),
        ("Kita Sonne etc.", "etc."),
        ("Kita Sonne; Mieterinnen und Mieter", "Mieterinnen und Mieter"),
    ],
)
def test_vague_words_are_no_names_and_are_reported(text: str, vague: str) -> None:
    read = read_names(text)
    assert ([name.text for name in read.names], read.vague) == (["Kita Sonne"], (vague,))


@pytest.mark.parametrize("text", ["", "–", "k. A.", "n.n."])
def test_nothing_holds_no_names(text: str) -> None:
    assert split_names(text) == []


def test_a_known_name_is_never_cut_whatever_stands_in_it() -> None:
    known = known_names(["Hinz, Kunz / Söhne und Verein"])
    assert [name.text for name in split_names("Kita A, Hinz, Kunz / Söhne und Verein; VHS", known)] == [
        "Kita A",
        "Hinz, Kunz / Söhne und Verein",
        "VHS",
    ]


def test_a_list_teaches_its_own_names() -> None:
    cells = ["Vivawest", "Gesobau", "Vivawest und Gesobau", "Wind & Wetter", "Kita A"]
    known = learned(cells)
    assert [name.text for name in split_names("Vivawest und Gesobau", known)] == ["Vivawest", "Gesobau"]


def test_guesses_are_less_sure_than_names_that_stand_alone() -> None:
    assert [split_names(text)[0].confidence for text in ("Kita Sonne", "Kita Sonne und Mond")] == [1.0, 0.6]


@given(st.text(alphabet="AbKita Sonne,;/&+()\n-:.„“e.V.und ", max_size=60))
def test_names_stand_where_their_span_says_and_in_order(text: str) -> None:
    names = split_names(text)
    starts = [name.span[0] for name in names]
    assert starts == sorted(starts)
    for name in names:
        assert name.text
        assert 0 <= name.span[0] < name.span[1] <= len(text)


@given(
    st.lists(
        st.sampled_from(["Kita Sonne", "Verein X e.V.", "Grundschule am Hain", "VHS", "Büro für Kunst und Kultur"]),
        min_size=1,
        unique=True,
    )
)
def test_a_joined_list_comes_apart_again(names: list[str]) -> None:
    for separator in ("; ", ", ", "\n", " / "):
        assert [name.text for name in split_names(separator.join(names))] == names


@pytest.mark.parametrize(
    "text",
    ["Frau und Beruf e.V.", "Kontakt- und Beratungsstelle Nord", "Netzwerk Frau und Beruf", "Dr. Braun Stiftung"],
)
def test_bodies_that_sound_like_people_are_kept(text: str) -> None:
    assert [name.text for name in split_names(text)] == [text]


def test_a_cell_with_thousands_of_names_comes_apart_too() -> None:
    names = [f"Kita {number}" for number in range(12_000)]
    assert [name.text for name in split_names(", ".join(names))] == names


def test_an_endless_word_is_read_as_any_other() -> None:
    word = "x" * 120_000
    assert not is_person(word)
    assert not NETWORK.search(word)
    assert is_person("Kita Sonne, info@kita-sonne.example")
