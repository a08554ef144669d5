"""A Quartier with two rounds, a need, projects and hostile names; and its chapter in every format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.briefing.chapter import chapter as written_chapter
from tests.builders import Quartier

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.briefing.document import Document
    from graph.store import Store

TODAY = date(2026, 11, 27)

HOSTILE = (
    "<w:t>\"&'</w:t>]]>",
    '=HYPERLINK("http://boese.example","klick")',
    "مدرسة الحي (Schule)",
    "Turnverein \u202egro.live\u202c e.V.",
    "🌈 Regenbogen 👩‍👩‍👧 Familien",
    "Langer Name " + "Donaudampfschifffahrtsgesellschaft" * 12,
    "{{ 7*7 }}{% raise %}",
    "Zeile eins\nZeile zwei",
)


@pytest.fixture(scope="session")
def hostile() -> Store:
    """Everybody with a name that means something to a file format works with everybody else."""
    quartier = Quartier()
    quartier.round("2019", start="2019", end="2021")
    quartier.round("2022", start="2022", end="2024")
    field = quartier.handlungsfeld("2022", "1", f"Bildung {HOSTILE[0]}")
    place = quartier.place("Platz")
    quartier.statement("2022", f"Mehr Feste {HOSTILE[1]}", field=field, place=place)
    actors = [quartier.actor(name, sector="kultur", fields=[field]) for name in HOSTILE]
    for number, name in enumerate(HOSTILE):
        partner = actors[(number + 1) % len(actors)]
        quartier.project(f"Projekt {name}", traeger=[actors[number]], partner=[partner], start="2023", fields=[field])
    return quartier.store()


@pytest.fixture(scope="session")
def chapter_of() -> Callable[[Store, str], Document]:
    """The chapter of a round as on one day; one store (nobody changes them) gives one chapter."""
    made: dict[tuple[Store, int, str], Document] = {}

    def chapter(store: Store, round_: str) -> Document:
        key = store, store.version, round_
        if key not in made:
            made[key] = written_chapter(store, round_, today=TODAY)
        return made[key]

    return chapter
