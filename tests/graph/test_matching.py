"""The same body is found under all its usual spellings; two bodies are never taken for one; doubt goes to a person."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph.example
from graph.matching import REASONS, Body, Judgement, Match, Matcher

ACTORS = Path(graph.example.__file__).with_name("actors.csv")

# Invented bodies of other towns, each another one; many share words, houses or streets.
OTHER_TOWNS = (
    """
Grundschule am Brunnen|Förderverein der Grundschule am Brunnen e.V.|Oberschule am Brunnen
Hort der Grundschule am Brunnen|Kita am Brunnen
Kita Weidenkorb Nord|Kita Weidenkorb Süd|Kita Weidenzweig|Kita Sterntaler|Kita Sternenzelt
Familienzentrum Sterntaler
Quartiersmanagement Mühlenfeld|Quartiersmanagement Mühlenberg|Quartiersrat Mühlenfeld
Aktionsfondsjury Mühlenfeld
Speicherhallen|Speicherstudios|Speicherhallen e.V.|Freunde der Speicherhallen e.V.|Café Speicherhallen
Jugendamt Kassel|Jugendamt Göttingen|Sozialamt Kassel|Gesundheitsamt Kassel|Ordnungsamt Kassel
Polizeiabschnitt 21|Polizeiabschnitt 22|Tageszentrum k14|Tageszentrum Kornstraße 17|Haus 3|Haus 4
Evangelische Kirchengemeinde Sankt Jakob|Katholische Kirchengemeinde Sankt Jakob
Evangelische Kita Sankt Jakob
Turnverein Nordhausen 1861|Turnverein Nordhausen 1902|SG Nordhausen|Seniorenbüro Nordhausen
Mieterbeirat Nordhausen
Bürgerstiftung Unterland|Bürgerverein Unterland e.V.|Bürgerinitiative Unterland|Bürgerhaus Unterland
Müllerstraße 12 Hausgemeinschaft|Möllerstraße 12 Hausgemeinschaft|Senatsverwaltung für Finanzen
Senatsverwaltung für Kultur und Europa
Lindenhof gGmbH|Lindenhof e.V.|Lindenhof Theater|Lindenhofgenossenschaft eG|Ulmenhof gGmbH
Amt für Weiterbildung|Amt für Umwelt und Natur|Fachbereich Kultur|Fachbereich Sport
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def ask(known: list[str], name: str, **more: str) -> Match:
    return Matcher(Body(text, (text,)) for text in known).match(Body("", (name,), **more))


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Bezirksamt Mitte von Berlin", "BA Mitte"),
        ("Kulturen im Kiez e.V.", "K.i.K."),
        ("Prime Time Theater", "Prime-Time-Theater"),
        ("Schiller-Bibliothek", "Schillerbibliothek"),
        ("Osterwurter Werkstätten gGmbH", "Osterwurter Werkstaetten"),
        ("Bürgerverein Saaleaue e.V.", "Bürgerverein Saaleaue e. V."),
        ("Haus der Jugend am Fluss", "HdJ am Fluss"),
        ("Straßen- und Grünflächenamt Mitte", "SGA Mitte"),
        ("Volkshochschule Mitte", "VHS Mitte"),
        ("georg+georg GmbH", "georg + georg"),
        ("Südost-Europa-Kultur e.V.", "südost Europa Kultur"),
        ("Evangelische Gemeinde Osterwurt", "Ev. Gemeinde Osterwurt"),
        ("Quartiersmanagement Osloer Straße", "QM Osloer Str."),
        ("Kita Buntspechte", "Kindertagesstätte Buntspechte"),
        ("Zentrum für angewandte Gesundheitsförderung (ZAGG)", "ZAGG"),
        ('Wohnungsgenossenschaft "Eintracht" eG', "WG Eintracht"),
        ("Seniorenresidenz Parthenblick", "Seniorenresidenz Partenblick"),
        ("Senatsverwaltung für Stadtentwicklung und Umwelt", "SenStadt"),
        ("Senatsverwaltung für Stadtentwicklung und Wohnen", "Senatsverwaltung für Stadtentwicklung, Bauen und Wohnen"),
        ("Sportverein Elbinsel 1893 e.V.", "SV Elbinsel"),
        ("Wilde Rosen – Frauenprojekt e.V.", "Wilde Rosen"),
        ("Medien & Meer GbR", "Medien und Meer"),
        ("Bürger*innenverein Aue", "Bürgerverein Aue"),
        ("Theater Pantaleon", "Pantaleon-Theater"),
        ("Trial & Error e.V.", "trial&error"),
        ("Safe-Hub Berlin", "Safe Hub"),
        ("Schönwalder Straße Kita", "Kita Schönwalderstr."),
    ],
)
def test_a_usual_spelling_is_the_same_body(known: str, name: str) -> None:
    for one, other in ((known, name), (name, known)):
        match = ask([one, "Kita Regenbogen", "Stiftung Unterland"], other)
        assert (match.outcome, match.key) == ("same", one), match


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Uferhallen", "Uferhallen e.V."),
        ("Himmelbeet e.V.", "Himmelbeet gGmbH"),
        ("Kita Stern", "Kita Sterne"),
        ("Jugendamt Mitte", "Jugendamt"),
        ("Haus der Jugend (Nauener Platz)", "Haus der Jugend"),
        ("Kita Pankonauten", "Pankonauten"),
        ("Internationaler Bund", "Internationaler Bund Wohnheim"),
        ("Behörde für Stadtentwicklung und Wohnen", "BSW"),
        ("Albert-Gutzmann-Schule", "Albert-Gutzmann-Grundschule"),
        ("Kita Sonne (Nord)", "Kita Sonne (Süd)"),
    ],
)
def test_doubt_is_left_to_a_person(known: str, name: str) -> None:
    for one, other in ((known, name), (name, known)):
        match = ask([one, "Stiftung Unterland"], other)
        assert (match.outcome, match.key) == ("unsure", one), match
        assert match.reasons


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Uferhallen", "Uferstudios"),
        ("Kita Paradiesvögel", "Kita Buntspechte"),
        ("Tageszentrum m32", "Tageszentrum Wiese 30"),
        ("Grundschule am Brunnen", "Förderverein der Grundschule am Brunnen"),
        ("Quartiersmanagement Badstraße", "Quartiersmanagement Pankstraße"),
        ("Kool im Kiez 1", "Kool im Kiez 2"),
        ("Kool im Kiez I", "Kool im Kiez II"),
        ("Polizeiabschnitt 36", "Polizeiabschnitt 35"),
        ("Familienzentrum Wedding", "Jugendzentrum Wedding"),
        ("Kita Inselkinder Nord", "Kita Inselkinder Süd"),
        ("Kita", "Schule"),
        ("Senatsverwaltung für Kultur", "Senatsverwaltung für Finanzen"),
        ("Panke Parcours", "Panke Festival"),
        ("", "Kita Sonne"),
    ],
)
def test_other_bodies_are_new(known: str, name: str) -> None:
    for one, other in ((known, name), (name, known)):
        assert ask([one], other).outcome == "new"


@pytest.mark.parametrize("here", range(len(OTHER_TOWNS)), ids=OTHER_TOWNS.__getitem__)
def test_no_two_bodies_of_other_towns_are_merged(here: int) -> None:
    rest = OTHER_TOWNS[:here] + OTHER_TOWNS[here + 1 :]
    assert ask(rest, OTHER_TOWNS[here]).outcome != "same"
    assert ask(OTHER_TOWNS, OTHER_TOWNS[here]).key == OTHER_TOWNS[here]


def test_two_bodies_of_one_name_are_told_apart_by_their_house() -> None:
    matcher = Matcher(
        [Body("1", ("Kita Sonne",), address="Badstr. 1, 13357 Berlin"), Body("2", ("Kita Sonne",), address="Hofweg 3")]
    )
    asked = [
        matcher.match(Body("", ("Kita Sonne",), address=address))
        for address in ("Badstraße 1", "Hofweg 3", "", "Ringweg 9")
    ]
    assert [(match.outcome, match.key) for match in asked[:2]] == [("same", "1"), ("same", "2")]
    assert [match.outcome for match in asked[2:]] == ["unsure", "unsure"]


def test_an_equal_address_or_site_settles_a_doubt_but_never_makes_an_association_its_school() -> None:
    known = Body("k", ("Kita Pankonauten",), address="Badstr. 1", website="https://www.pankonauten.example/start")
    school = Body("s", ("Grundschule am Hain",), address="Hofweg 3", website="hain.example")
    matcher = Matcher([known, school])
    assert matcher.match(Body("", ("Pankonauten",), address="Badstraße 1")).outcome == "same"
    assert matcher.match(Body("", ("Pankonauten",), website="pankonauten.example")).outcome == "same"
    assert (
        matcher.match(
            Body("", ("Förderverein Grundschule am Hain",), address="Hofweg 3", website="hain.example")
        ).outcome
        == "new"
    )


def test_judgements_win_over_everything() -> None:
    judgements = [
        Judgement("Pankonauten", "k", same=True),
        Judgement("Verein Ypsilon", "y", same=False),
        Judgement("Gruppe 7", "y", same=True),
    ]
    matcher = Matcher([Body("k", ("Kita Pankonauten",)), Body("y", ("Verein Ypsilon e.V.",))], judgements=judgements)
    asked = [matcher.match(Body("", (name,))) for name in ("pankonauten", "Verein Ypsilon", "Gruppe 7")]
    assert [(match.outcome, match.key) for match in asked] == [("same", "k"), ("new", None), ("same", "y")]


def test_former_names_short_forms_and_legends_are_names() -> None:
    known = [
        Body("1", ("Martha-Schule",), former=("Erika-Schule",)),
        Body("2", ("Bürgerhaus Elbinsel",), abbreviations=("BHE",)),
        Body("3", ("Haus für Alle",)),
    ]
    matcher = Matcher(known, legend={"HfX": "Haus für Alle (bis 2019)"})
    assert [matcher.match(Body("", (name,))).key for name in ("Erika-Schule", "BHE", "HfX")] == ["1", "2", "3"]
    assert matcher.match(Body("", ("Erika-Schule",))).reasons[0] == "former name: Erika-Schule"


def test_projects_and_bodies_of_one_name_are_two_things() -> None:
    matcher = Matcher([Body("p", ("Panke Parcours",), klass="Project")])
    assert [
        matcher.match(Body("", ("Panke Parcours",), klass=klass)).outcome for klass in ("Actor", "Place", "Project")
    ] == ["new", "new", "same"]


def test_names_learned_on_the_way_count() -> None:
    matcher = Matcher([Body("1", ("Leipziger Wohnungsbau",))])
    matcher.extend("1", Body("", ("LWB Zentrale",), address="Ring 3"))
    assert matcher.match(Body("", ("LWB Zentrale",))).key == "1"
    assert [matcher.knows(name) for name in ("LWB-Zentrale", "Leipziger Wohnungsbau GmbH", "Wohnungsbau")] == [
        True,
        True,
        False,
    ]


def test_every_reason_is_of_a_kind_that_can_be_worded() -> None:
    matcher = Matcher(Body(name, (name,)) for name in OTHER_TOWNS)
    matches = [matcher.match(Body("", (name[:-1],))) for name in OTHER_TOWNS]
    assert {reason.partition(":")[0] for match in matches for reason in match.reasons} <= set(REASONS)


def test_most_other_names_of_the_example_are_recognised_and_hardly_any_as_another_body() -> None:
    """Of names that say nothing of the main name (renamings, nicknames) none can be found; those are about half."""
    rows = list(csv.DictReader(ACTORS.read_text(encoding="utf-8").splitlines()))
    matcher = Matcher(Body(row["Kennung"], (row["Name"],)) for row in rows)
    aliases = [
        (row["Kennung"], alias)
        for row in rows
        for alias in (row["Kurzname"], *row["Weitere Namen"].split(" ; "))
        if alias
    ]
    matches = [(key, matcher.match(Body("", (alias,)))) for key, alias in aliases]
    right = [match for key, match in matches if match.key == key]
    wrong = [match for key, match in matches if match.outcome == "same" and match.key != key]
    assert len(right) >= 0.6 * len(aliases)
    assert len(wrong) <= 1  # "Uferhallen AG" is in the records both a name of the venue and a company


def test_no_two_actors_of_the_example_are_merged() -> None:
    rows = list(csv.DictReader(ACTORS.read_text(encoding="utf-8").splitlines()))
    bodies = [Body(row["Kennung"], (row["Name"],)) for row in rows]
    matcher = Matcher(bodies)
    assert [body.key for body in bodies if matcher.match(body).key != body.key] == []


def test_five_thousand_names_find_their_body_among_five_thousand() -> None:
    names = [
        f"{kind} {first}{last}"
        for kind in ("Kita", "Schule", "Verein", "Haus", "Büro")
        for first, last in combinations(_SYLLABLES, 2)
    ]
    matcher = Matcher(Body(name, (name,)) for name in names)
    wrong = [name for name in names if matcher.match(Body("", (name,))).key != name]
    assert (len(names) > 5000, wrong) == (True, [])


_SYLLABLES = [f"{a}{b}{c}" for a in "BDFGKLMNPRST" for b in "aou" for c in ("lin", "ster")][:46]


@given(st.sampled_from(OTHER_TOWNS), st.randoms())
def test_case_hyphens_umlauts_and_the_order_of_words_do_not_matter(name: str, random) -> None:
    words = name.replace("-", " ").split()
    if not any("." in word or word in ("gGmbH", "eG", "am", "der", "für", "und") or word.isdigit() for word in words):
        random.shuffle(words)
    changed = random.choice([str.upper, str.lower, str.title, str])(random.choice([" ", "-"]).join(words))
    changed = changed.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss")
    assert (
        ask([name], changed).key in {name, None}
        if name.endswith(("e.V.", "gGmbH"))
        else ask([name], changed).key == name
    )


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=20))
def test_any_texts_can_be_compared_and_only_alike_ones_are_the_same(known: list[str], name: str) -> None:
    match = Matcher(Body(str(index), (text,)) for index, text in enumerate(known)).match(Body("", (name,)))
    assert (match.key is None) == (match.outcome == "new")
    assert 0 <= match.score <= 1


def test_a_judgement_wins_over_equal_names_addresses_and_scores() -> None:
    known = Body("https://x.example/a", ("Kita Sonne",), address="Hofweg 3")
    for other in ("https://x.example/a", "kita  SONNE"):
        judged = [Judgement("Sonne Kita", other, same=False)]
        matcher = Matcher([known, Body("b", ("Ganz anders",))], judgements=judged)
        assert matcher.match(Body("", ("Sonne Kita",), address="Hofweg 3")).outcome == "new"
    matcher = Matcher([known, Body("b", ("Ganz anders",))], judgements=[Judgement("Kita Sonne", "b", same=True)])
    assert matcher.match(Body("", ("Kita Sonne",))) == Match("same", "b", 1.0, ("judged",), ("https://x.example/a",))


def test_the_newest_of_two_judgements_counts() -> None:
    judged = [Judgement("A-Haus", "b", same=False), Judgement("A-Haus", "b", same=True)]
    matcher = Matcher([Body("b", ("Ganz anders",))], judgements=judged)
    assert matcher.judged(Body("", ("A-Haus",))) == {"b": False}
