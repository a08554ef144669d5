"""Every page and its important states, in both languages: usable by everybody, at home, translated, narrow enough.

A new page fails here until it is listed in PAGES, or in NO_PAGES if it is none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from babel.messages.pofile import read_po
from browsing import served, visiting

import graph
from graph import changes, example, gaps, rounds, saved, stories, upkeep
from ontology.terms import PN, RDF, SCHEMA, XSD
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Visitor
    from playwright.sync_api import Browser

    from graph.store import Store

ACTOR, OTHER, PROJECT = "silent-green-a", "panke-ev", "kool-im-kiez-2"
LISTS = ("actors", "projects", "places", "events", "handlungsfelder", "rounds", "programmes", "involvements",
         "fundings", "memberships", "ties", "statements", "notes", "sources")  # fmt: skip
PAGES: dict[str, tuple[str, ...]] = {
    "accounts.page": ("/accounts",),
    "contacts.page": ("/contacts", f"/contacts?actor={ACTOR}", "/contacts?due=yes"),
    "contacts.new": (f"/contacts/new?actor={ACTOR}",),
    "contacts.processing": ("/contacts/processing",),
    "contacts.edit": ("/contacts/erika",),
    "contacts.report": ("/contacts/erika/report",),
    "contacts.forget": ("/contacts/erika/forget",),
    "accounts.login": (),
    "accounts.link": (),
    "accounts.logout": (),
    "accounts.own": (),
    "start.page": ("/",),
    "search.page": ("/search", "/search?q=ufferstudios", "/search?q=kita&type=place", "/search?q=qqqzzz"),
    "directory.listing": ("/actors", "/handlungsfelder", "/ties", "/projects?q=qqqzzz"),
    "directory.entry": (
        f"/actors/{ACTOR}", "/actors/qm-pankstrasse", f"/projects/{PROJECT}", "/places/nettelbeckplatz",
        "/events/projektmesse-2023", "/handlungsfelder/2022-4", "/rounds/2022", "/programmes/aktionsfonds",
    ),
    "editing.new": ("/actors/new", "/projects/new", "/ties/new", "/handlungsfelder/new"),
    "editing.edit": (f"/actors/{ACTOR}/edit",),
    "editing.end": (f"/projects/{PROJECT}/end",),
    "editing.withdraw": (f"/actors/{ACTOR}/withdraw",),
    "connections.page": ("/connections", f"/connections?actor={ACTOR}&actor=erika-mann-gs", "/connections?actor=kita"),
    "export.page": ("/export",),
    "gaps.page": (
        "/gaps", "/gaps?kind=table", "/gaps?kind=introduce&handlungsfeld=2022-4", "/gaps?kind=thread",
        "/gaps?kind=handover", "/gaps?tick=introduce~drk-jugendladen~hhs&gone=yes",
    ),
    "gaps.one": (),
    "gaps.backtest": ("/gaps/backtest",),
    "handover.page": (
        "/gaps/handover", "/gaps/handover?leaves=hhs", "/gaps/handover?chosen=yes",
        "/gaps/handover?group=qm&ticked=yes",
    ),
    "invitation.page": (
        "/gaps/invitation", "/gaps/invitation?handlungsfeld=2022-4&out=amandla&coming=hhs",
        "/gaps/invitation?alone=yes",
    ),
    "history.page": ("/history", "/history?author=niemand"),
    "history.one": ("/history/1",),
    "importing.page": ("/import",),
    "importing.one": (),
    "geography.page": ("/map", "/map?within=200"),
    "geography.bring": ("/map/import",),
    "matching.page": ("/matching",),
    "matching.pair": ("/matching/actors/uferhallen-a/uferhallen-ag",),
    "matching.partner": ("/matching/actors/uferhallen-a", "/matching/actors/uferhallen-a?q=uferhallen"),
    "matching.split": ("/matching/actors/uferhallen-a/split",),
    "matrix.page": ("/matrix", "/matrix?view=sectors", "/matrix?view=places"),
    "vernetzung.page": ("/measures", "/measures?round=2022&hubs=no"),
    "meeting.page": ("/meeting",),
    "meeting.table": ("/meeting/runde/kreis-erfassung-runde-20-11-2026",),
    "meeting.summary": ("/meeting/runde/kreis-erfassung-runde-20-11-2026/summary",),
    "network.page": (
        "/network", f"/network?focus=actor/{ACTOR}&steps=2", "/network?view=handlungsfelder&round=2022",
        "/network?find=qqqzzz", "/network?from=1900&to=1901",
    ),
    "rounds.work": (
        "/rounds/2025/workspace", "/rounds/2025/workspace?handlungsfeld=2022-2", "/rounds/2022/workspace?show=due",
    ),
    "rounds.confirm": ("/rounds/2025/workspace/close", "/rounds/2025/workspace/delete"),
    "deciding.decide": (),
    "next_round.page": ("/rounds/2025/next",),
    "success.page": ("/rounds/2025/success", "/rounds/2022/success"),
    "success.compare": ("/rounds/2025/compare", "/rounds/2008/compare"),
    "questions.page": ("/questions",),
    "questions.one": (
        "/questions/wer-macht-bei-projekt-mit",
        f"/questions/wer-macht-bei-projekt-mit?projekt=project/{PROJECT}&view=map",
    ),
    "questions.new": ("/questions/new", "/questions/new?query=ASK+%7B%7D"),
    "questions.change": ("/questions/wer-macht-bei-projekt-mit/edit",),
    "questions.mine": (),
    "questions.change_own": (),
    "queries.page": ("/queries",),
    "queries.one": ("/queries/labels",),
    "reference.page": ("/ontology",),
    "reference.one": ("/ontology/Actor", "/ontology/role"),
    "runs.page": ("/sparql/runs",),
    "sparql.endpoint": ("/sparql", "/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+3",
                        "/sparql?query=SELECT+*+%7B%3Fs+a+pn%3APlace%7D+LIMIT+9&view=map"),
    "stories.page": ("/stories",),
    "stories.one": ("/stories/fuer-die-runde",),
    "stories.show": ("/stories/fuer-die-runde/show",),
    "stories.new": ("/stories/new",),
    "upkeep.page": ("/upkeep",),
    "upkeep.confirming": ("/upkeep/confirm", "/upkeep/confirm?kind=project&handlungsfeld=2022-1"),
    "upkeep.missing": ("/upkeep/missing",),
    "news.page": ("/upkeep/news", "/upkeep/news?since=2026-01-01"),
    "ties.page": ("/upkeep/ties", f"/upkeep/ties?actor={ACTOR}"),
}  # fmt: skip
"""Addresses by endpoint; those without any are shown by the ways that tests walk through them."""

WALKED = {
    **dict.fromkeys(("accounts.login", "accounts.link", "accounts.logout", "accounts.own"), "test_accounts"),
    "deciding.decide": "test_rounds",
    "gaps.one": "test_journey",
    "importing.one": "test_import_journey",
    **dict.fromkeys(("questions.mine", "questions.change_own"), "test_accounts"),
}

NO_PAGES = frozenset({"gaps.lines", "gaps.strengths", "graph_store.direct", "graph_store.graph_store", "health.healthz",
                      "ids.resolve", "static"})  # fmt: skip
"""They answer with data or a part of a page, or lead elsewhere; so do all whose address has a dot in it."""

ERRORS = ("/questions/wer-macht-bei-projekt-mit?projekt=Quatsch",
          "/nirgendwo", "/actors/nirgendwo", "/measures?to=gestern", "/network?round=nirgendwo", "/history/9999",
          "/sparql?query=SELEKT")  # fmt: skip
DRAWINGS = ("/network", f"/network?focus=actor/{ACTOR}", "/map", f"/actors/{ACTOR}", "/matrix",
            f"/connections?actor={ACTOR}&actor=erika-mann-gs", "/stories/fuer-die-runde", "/measures")  # fmt: skip
EMPTY = ("/", "/search?q=kita", "/actors", "/network", "/map", "/matrix", "/connections", "/stories", "/measures",
         "/gaps", "/gaps?kind=table", "/gaps?kind=thread", "/gaps/handover",
         "/gaps/invitation", "/upkeep", "/upkeep/confirm", "/upkeep/missing", "/upkeep/news", "/matching",
         "/history", "/export", "/meeting", "/sparql", "/questions")  # fmt: skip

MESSAGES = Path(__file__).parents[2] / "webapp" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
# What people read, but for what is quoted from the data (bdi), said in another language on purpose, or code.
READ = """texts => {
  const german = new Set(texts), found = new Set();
  const see = text => { if (german.has(text = text.trim().replace(/\\s+/g, ' '))) found.add(text); };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (!walk.currentNode.parentElement.closest('bdi, [lang]:not(html), script, style, textarea, code, pre, option'))
      see(walk.currentNode.data);
  }
  for (const name of ['placeholder', 'title', 'aria-label', 'alt'])
    for (const one of document.querySelectorAll(`[${name}]:not([lang])`)) see(one.getAttribute(name));
  return [...found];
}"""


def keep_contact(store: Store) -> None:
    """A person at an actor, under an address that tests know."""
    person, where = ox.NamedNode(f"{store.base_iri}contact/erika"), store.graphs.contacts
    actor, day = ox.NamedNode(f"{store.base_iri}actor/{ACTOR}"), ox.NamedNode(XSD.date)
    said = {
        RDF.type: ox.NamedNode(PN.Contact),
        PN.actor: actor,
        SCHEMA.name: ox.Literal("Erika Mustermann"),
        PN.purpose: ox.Literal("Einladungen"),
        PN.legalBasis: ox.Literal("Einwilligung"),
        PN.deleteBy: ox.Literal("2026-12-31", datatype=day),
    }
    quads = [ox.Quad(person, ox.NamedNode(str(path)), value, where) for path, value in said.items()]
    changes.commit(store, added=quads, author="Ada", reason="Ansprechperson eingetragen")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example with a story, a meeting and a round in which people disagree."""
    folder = tmp_path_factory.mktemp("prepared")
    with graph.open(folder) as store:
        example.load(store)
        for name, address in (("Alle", "/network"), ("Nachbarn", f"/network?focus=actor/{ACTOR}")):
            stories.keep(store, name=name, address=address, text="Text", into="neu: Für die Runde", author="Ada")
        text = f"SELECT ?wer {{ ?i <{PN.actor}> ?wer ; <{PN['in']}> ?projekt }}"
        saved.keep(store, saved.Draft("Wer macht bei [Projekt] mit?", text, "Alle, die mitmachen."), author="Ada")
        fit, unfit = rounds.Said("ansprechen", next_step="Anrufen"), rounds.Said("passt-nicht", reason="Zu weit")
        for place, gap in enumerate(gaps.gaps(store, "introduce", limit=4), 1):
            rounds.take_up(store, "2025", gap, author="Ada", position=place)
        for said, author in ((fit, "Ada"), (unfit, "Bo")):
            rounds.decide(store, "2025", gap, said, author=author)
        keep_contact(store)
        upkeep.begin(store, "Runde", dt.date(2026, 11, 20), author="Ada")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office on its first day."""
    with served(tmp_path_factory.mktemp("empty")) as address:
        yield address


@cache
def german_only() -> list[str]:
    """Texts of the interface that read otherwise in English."""
    with MESSAGES.open("rb") as file:
        messages = [one for one in read_po(file, locale="en") if one.id and isinstance(one.id, str)]
    english = {str(one.string) for one in messages}
    return [str(one.id) for one in messages if one.string != one.id and "%" not in one.id and one.id not in english]


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def complaints(visitor: Visitor, path: str, language: str) -> list[str]:
    """All that is wrong with a page as it stands."""
    page = visitor.page
    seen_in_german = ("color-contrast",) if language == "en" else ()  # half the work, and colours speak no language
    found = [f"axe {one}" for one in visitor.findings(*seen_in_german)] + [
        f"CSP {one}" for one in visitor.csp_violations()
    ]
    if (lang := page.evaluate("document.documentElement.lang")) != language:
        found.append(f"lang {lang}")
    if (width := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        found.append(f"{width} px too wide")
    if language == "en":
        found += [f"German: {text}" for text in page.evaluate(READ, german_only())]
    return [f"{path} ({language}): {one}" for one in found]


def sweep(visitor: Visitor, paths: tuple[str, ...], language: str) -> list[str]:
    """What is wrong with several pages; German ones are seen at a desk, English ones on a telephone."""
    visitor.page.set_viewport_size(
        {"width": 1280, "height": 900} if language == "de" else {"width": 400, "height": 800}
    )
    found = []
    for path in paths:
        answer = visitor.page.goto(visitor.home + with_language(path, language))
        assert answer is not None
        assert answer.ok == (path not in ERRORS), f"{path}: {answer.status}"
        visitor.wait_for_pictures()
        found += complaints(visitor, path, language)
        found += [f"{path} ({language}): {one}" for one in visitor.wrong if "Failed to load resource" not in one]
        visitor.wrong.clear()
    return found


def test_every_address_is_looked_at_here() -> None:
    with graph.open(None) as store:
        rules = [rule for rule in create_app(store).url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert {rule.endpoint for rule in rules if "." not in rule.rule} - NO_PAGES == PAGES.keys()
    assert {name for name, paths in PAGES.items() if not paths} == WALKED.keys()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("feature", sorted({name.partition(".")[0] for name in PAGES}))
def test_every_page_is_for_everybody(chromium: Browser, prepared: str, feature: str, language: str) -> None:
    paths = tuple(path for name, paths in PAGES.items() if name.startswith(f"{feature}.") for path in paths)
    with visiting(chromium, prepared) as visitor:
        assert sweep(visitor, paths, language) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_went_wrong_is_told_to_everybody(chromium: Browser, prepared: str, language: str) -> None:
    with visiting(chromium, prepared) as visitor:
        assert sweep(visitor, ERRORS, language) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_empty_dataset_is_for_everybody_too(chromium: Browser, empty: str, language: str) -> None:
    with visiting(chromium, empty) as visitor:
        assert sweep(visitor, EMPTY, language) == []


def test_the_map_before_its_script_is_for_everybody(chromium: Browser, prepared: str) -> None:
    with visiting(chromium, prepared) as visitor:
        visitor.page.route("**/geography.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        assert sweep(visitor, PAGES["geography.page"], "de") == []
        assert visitor.page.locator(".map__plain a").first.is_visible()


@pytest.mark.parametrize("path", DRAWINGS)
def test_without_scripts_there_is_a_drawing_or_a_table(chromium: Browser, prepared: str, path: str) -> None:
    with visiting(chromium, prepared, java_script_enabled=False) as visitor:
        page = visitor.open(path)
        shown = page.get_by_role("main").locator("svg, img[src*='.svg'], table, ul a[href]").filter(visible=True)
        assert shown.count() > 0


@pytest.mark.parametrize("path", [*(path for paths in PAGES.values() for path in paths), *(f"/{one}" for one in LISTS)])
def test_without_scripts_every_page_says_something(prepared: str, path: str) -> None:
    with urlopen(Request(prepared + path, headers={"Accept": "text/html"})) as answer:
        body = answer.read().decode()
    main = re.search(r"<main.*?</main>", body, re.DOTALL)
    assert main is not None
    assert len(re.sub(r"<[^>]+>|\s+", " ", main[0]).split()) > 5
