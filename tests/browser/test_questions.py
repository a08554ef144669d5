"""Ten questions of the staff, answered by looking: each with its clicks and seconds, and held against the graph.

What the pages say is compared with plain SPARQL over HTTP, which shares no code with them.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Visitor
    from playwright.sync_api import Locator

PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX pn: <https://w3id.org/pankenetz/ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX id: <https://w3id.org/pankenetz/id/>
PREFIX kind: <https://w3id.org/pankenetz/scheme/actor-kind/>
PREFIX role: <https://w3id.org/pankenetz/scheme/role/>
"""
TOGETHER = "VALUES ?role { role:traeger role:partner role:ort }"


class Asking:
    """Somebody who begins at the start page with one question."""

    def __init__(self, visitor: Visitor, question: str) -> None:
        self.page = visitor.open("/")
        self.main = self.page.get_by_role("main")
        self._home, self._question = visitor.home, question
        self._clicks, self._begin = 0, time.monotonic()

    def click(self, what: Locator) -> None:
        self._clicks += 1
        what.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Click a link of the page by its name."""
        self.click(self.main.get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        """Click a button of the page by its name."""
        self.click(self.main.get_by_role("button", name=name).first)

    def choose(self, label: str, value: str) -> None:
        self._clicks += 1
        self.main.get_by_label(label, exact=True).first.select_option(value)

    def fill(self, field: Locator, text: str) -> None:
        """A field that takes no free text, as that of a date."""
        self._clicks += 1
        field.fill(text)

    def type(self, field: Locator, text: str) -> None:
        """Into a field that is clicked first."""
        self._clicks += 1
        field.first.click()
        field.first.press_sequentially(text)

    def slugs(self, within: Locator, kind: str) -> list[str]:
        """The entries of a type that a part of the page links to, in order."""
        links = within.locator(f"a[href^='/{kind}/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return list(dict.fromkeys(link.split("?")[0].rsplit("/", 1)[1] for link in links))

    def graph(self, select: str) -> list[dict[str, str]]:
        """What SPARQL says; of IRIs the last part."""
        headers = {"Accept": "application/sparql-results+json"}
        request = Request(f"{self._home}/sparql?{urlencode({'query': PREFIXES + select})}", headers=headers)
        with urlopen(request) as answer:
            rows: list[dict[str, Any]] = json.load(answer)["results"]["bindings"]
        return [
            {
                name: one["value"].rsplit("/", 1)[-1] if one["type"] == "uri" else one["value"]
                for name, one in row.items()
            }
            for row in rows
        ]

    def column(self, select: str) -> set[str]:
        """The first column of what SPARQL says."""
        return {next(iter(row.values())) for row in self.graph(select)}

    def answered(self, most_clicks: int) -> None:
        """Say what it took; too many clicks are a defect, time depends on the machine."""
        seconds = time.monotonic() - self._begin
        sys.stdout.write(f"{self._question} {self._clicks} clicks, {seconds:.1f} s\n")
        assert self._clicks <= most_clicks


@pytest.fixture
def asking(visitor: Visitor, request: pytest.FixtureRequest) -> Iterator[Asking]:
    yield Asking(visitor, str(request.function.__doc__))
    assert visitor.csp_violations() == []


def test_who_works_on_a_field(asking: Asking) -> None:
    """Wer arbeitet zu Gesundheit und Bewegung?"""
    asking.follow("2022 · 4 Gesundheit und Bewegung")
    card = asking.main.locator("section", has=asking.page.get_by_role("heading", name="Wer arbeitet dazu?"))
    field = "id:handlungsfeld\\/2022-4"
    known = asking.column(f"""SELECT DISTINCT ?actor {{
      {{ ?actor pn:activeIn {field} }} UNION {{ ?involvement pn:actor ?actor ; pn:in/pn:handlungsfeld {field} }} }}""")
    assert set(asking.slugs(card, "actors")) == known
    assert len(known) > 5
    asking.answered(1)


def test_who_works_with_somebody(asking: Asking) -> None:
    """Wer arbeitet mit dem silent green?"""
    asking.type(asking.main.get_by_label("Name, Thema oder Ort"), "silent gren")
    asking.click(asking.page.get_by_role("option", name="silent green Kulturquartier").first)
    asking.page.wait_for_url("**/actors/silent-green-a")
    shared = asking.main.locator(".partners--computed")
    assert set(asking.slugs(shared, "actors")) == asking.column(f"""SELECT DISTINCT ?other {{
      ?one pn:actor id:actor\\/silent-green-a ; pn:in ?project ; pn:role ?role . {TOGETHER}
      ?two pn:actor ?other ; pn:in ?project ; pn:role ?as . VALUES ?as {{ role:traeger role:partner role:ort }}
      ?project a pn:Project . FILTER(?other != id:actor\\/silent-green-a) }}""")
    asking.answered(2)


def test_what_lies_at_the_river(asking: Asking) -> None:
    """Was liegt an der Panke?"""
    asking.follow("Was liegt an der Panke?")
    shown = set(asking.slugs(asking.main.locator("table"), "places"))
    told = int(re.findall(r"\d+", asking.main.locator(".lead").inner_text())[0])
    assert len(shown) >= told > 20
    by_the_water = asking.column("SELECT ?place { ?place pn:alongPanke true ; geo:hasGeometry/geo:asWKT ?where }")
    assert len(by_the_water & shown) / len(by_the_water) > 0.8  # some that are said to lie there are 300 m away
    asking.answered(1)


def test_what_is_new_since_the_last_round(asking: Asking) -> None:
    """Was ist neu seit der letzten Planungsrunde?"""
    (last,) = asking.graph(
        "SELECT ?start { ?round a pn:Round ; schema:startDate ?start } ORDER BY DESC(STR(?start)) LIMIT 1"
    )
    day = f"{last['start']}-01-01"[:10]
    asking.follow("Was ist neu?")
    asking.fill(asking.main.get_by_label("Seit wann?").last, day)
    asking.press("Zeigen")
    card = asking.main.locator("section", has=asking.page.get_by_role("heading", name="Hat begonnen"))
    if card.locator("summary").count():
        asking.click(card.locator("summary"))
    begun = asking.column(f"""SELECT ?project {{ ?project a pn:Project ; pn:earliest ?start .
      FILTER(STR(?start) >= "{day}" && STR(?start) <= STR(NOW())) }}""")
    assert set(asking.slugs(card, "projects")) == begun
    asking.answered(4)


def test_how_we_reach_somebody(asking: Asking) -> None:
    """Wie kommen wir vom silent green zur TU Berlin?"""
    asking.follow("Wie komme ich zu …?")
    for label, text in (("Von", "silent gr"), ("Zu", "TU Ber")):
        asking.type(asking.main.get_by_label(label, exact=True), text)
        asking.page.get_by_role("option").first.wait_for()
        asking.page.keyboard.press("ArrowDown")
        asking.page.keyboard.press("Enter")
    asking.press("Wege zeigen")
    steps = asking.main.locator(".connections-ways > li").first.locator(".connections-steps > li")
    met = [asking.slugs(step, "actors")[:2] for step in steps.all()]
    assert (met[0][0], met[-1][1]) == ("silent-green-a", "tu-berlin")
    for one, other in met:
        assert asking.graph(f"""SELECT ?link {{
          {{ ?a pn:actor id:actor\\/{one} ; pn:in ?link . ?b pn:actor id:actor\\/{other} ; pn:in ?link }} UNION
          {{ ?link (pn:from|pn:to) id:actor\\/{one} , id:actor\\/{other} }} UNION
          {{ ?m org:member id:actor\\/{one} ; org:organization ?link .
             ?n org:member id:actor\\/{other} ; org:organization ?link }} }}""")
    asking.answered(4)


def test_who_is_missing_at_the_table(asking: Asking) -> None:
    """Wer fehlt am Tisch von „Kool im Kiez“?"""
    asking.type(asking.main.get_by_label("Name, Thema oder Ort"), "kool im kiez fort")
    asking.click(asking.page.get_by_role("option", name="Fortführung").first)
    asking.page.wait_for_url("**/projects/kool-im-kiez-2")
    card = asking.main.locator("#missing")
    card.get_by_role("article").first.or_(card.locator("li a[href^='/actors/']").first).wait_for()
    missing = set(asking.slugs(card, "actors"))
    there = asking.column("SELECT ?actor { ?i pn:in id:project\\/kool-im-kiez-2 ; pn:actor ?actor }")
    assert missing
    assert not missing & there
    assert missing <= asking.column(
        "SELECT ?actor { ?actor a ?class . VALUES ?class { pn:Actor pn:Agency pn:Network } }"
    )
    asking.answered(2)


def test_what_would_be_left_without_the_qm(asking: Asking) -> None:
    """Was bliebe ohne das QM?"""
    asking.follow("Wie steht es um die Vernetzung?")
    card = asking.main.get_by_role("article", name="Was bleibt ohne QM, Ämter und Förderer?")
    asking.click(card.locator("summary"))
    rows = [row.inner_text().split("\t") for row in card.locator("tbody tr").all()]
    alone = [slug for slug, row in zip(asking.slugs(card, "actors"), rows, strict=True) if row[2].strip() == "0"]
    said = int(re.findall(r"\d+", card.locator(".lead").inner_text())[0])
    assert said == len(alone) > 0
    for slug in alone:  # nobody but offices, the QM and those who pay shares anything with them
        left = asking.column(f"""SELECT DISTINCT ?other {{
          {{ ?a pn:actor id:actor\\/{slug} ; pn:in ?project ; pn:role ?role . {TOGETHER} ?project a pn:Project .
             ?b pn:actor ?other ; pn:in ?project ; pn:role ?as . VALUES ?as {{ role:traeger role:partner role:ort }} }}
          UNION {{ ?tie pn:from id:actor\\/{slug} ; pn:to ?other }}
          UNION {{ ?tie pn:to id:actor\\/{slug} ; pn:from ?other }}
          FILTER(?other != id:actor\\/{slug}) FILTER NOT EXISTS {{ ?other a pn:Agency }}
          FILTER NOT EXISTS {{ ?other pn:kind kind:quartiersmanagement }} }}""")
        assert left <= asking.column("SELECT ?payer { { ?f pn:payer ?payer } UNION { ?p pn:provider ?payer } }"), slug
    asking.answered(2)


def test_whom_nobody_has_confirmed(asking: Asking) -> None:
    """Welche Akteure hat niemand bestätigt?"""
    asking.follow("Bitte bestätigen")
    if not asking.main.get_by_label("Klasse").is_visible():
        asking.click(asking.main.get_by_text("Filter", exact=True))
    asking.choose("Klasse", "actor")
    asking.press("Anwenden")
    told = [int(number) for number in re.findall(r"\d+", asking.main.get_by_role("status").first.inner_text())]
    never = asking.column("""SELECT ?actor { ?actor a ?class . VALUES ?class { pn:Actor pn:Agency pn:Network }
      FILTER NOT EXISTS { ?actor pn:lastConfirmed ?day }
      FILTER NOT EXISTS { ?actor pn:latest ?end FILTER(STR(?end) < STR(NOW())) } }""")
    assert told[1] == len(never)
    assert set(asking.slugs(asking.main.locator(".upkeep-line__what strong"), "actors")) <= never
    asking.answered(4)


def test_which_projects_ended_and_who_carried_them(asking: Asking) -> None:
    """Welche Projekte sind zu Ende, und wer trug sie?"""
    menu = asking.page.get_by_role("navigation", name="Hauptmenü")
    asking.click(menu.get_by_text("Verzeichnis"))
    asking.click(menu.get_by_role("link", name="Projekte"))
    if not asking.main.get_by_label("Stand", exact=True).is_visible():
        asking.click(asking.main.get_by_text("Filter", exact=True))
    asking.choose("Stand", "abgeschlossen")
    asking.press("Anwenden")
    ended = asking.graph("""SELECT ?project ?actor {
      ?project a pn:Project ; pn:status <https://w3id.org/pankenetz/scheme/project-status/abgeschlossen> .
      OPTIONAL { ?i pn:in ?project ; pn:actor ?actor ; pn:role role:traeger } }""")
    assert str(len({row["project"] for row in ended})) in asking.main.get_by_role("status").first.inner_text()
    for row in asking.main.locator("tbody tr").all():
        (project,) = asking.slugs(row, "projects")
        carried = {one["actor"] for one in ended if one["project"] == project and "actor" in one}
        assert set(asking.slugs(row, "actors")) == carried, project
    asking.answered(5)


def test_show_this_to_the_steering_group(asking: Asking) -> None:
    """Wie zeige ich das der Steuerungsrunde?"""
    asking.follow("Wer mit wem?")
    asking.click(asking.main.locator("summary", has_text="Ansicht merken"))
    asking.type(asking.main.get_by_label("Name der Ansicht"), "Wer mit wem im November")
    asking.type(asking.main.get_by_label("oder einer neuen Geschichte"), "Steuerungsrunde November")
    asking.press("Ansicht merken")
    asking.page.wait_for_url("**/stories/steuerungsrunde-november")
    asking.follow("Zeigen")
    asking.page.wait_for_url("**/show")
    assert asking.page.get_by_role("heading", level=2).first.inner_text() == "Wer mit wem im November"
    assert asking.page.locator("[data-step] svg, [data-step] img").count() == 1
    assert "Wer mit wem im November" in asking.column("SELECT ?name { ?view a pn:View ; skos:prefLabel ?name }")
    asking.answered(7)
