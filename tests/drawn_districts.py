"""A district of any size, drawn year by year: who works with whom comes from field, street and earlier partners.

For benchmarks, and as another Quartier than the example for the backtest: nobody chose a weight by it.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from builders import Quartier

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "bildung": "Schule Kita Lernen Lesen Sprache Hausaufgaben Bibliothek Ferienschule",
    "kultur": "Theater Musik Chor Galerie Atelier Ausstellung Tanz Film",
    "sport": "Verein Turnhalle Bewegung Fußball Boxen Laufen Schwimmen Rad",
    "umwelt": "Garten Beete Bäume Klima Wasser Reparatur Bienen Kompost",
    "soziales": "Beratung Nachbarschaft Familien Senioren Frühstück Ehrenamt Treffpunkt Hilfe",
    "gesundheit": "Ernährung Kochen Pflege Vorsorge Sucht Bewegung Hebamme Entspannung",
}
"""Sector, which is the theme of one Handlungsfeld too, and the words of its projects."""

GROUPS = ("kinder", "jugendliche", "familien", "aeltere", "frauen")
RESOURCES = ("raeume", "ehrenamtliche", "material", "oeffentlichkeit")
YEARS = range(2012, 2027)


def drawn_district(actors: int, seed: int = 1) -> Quartier:
    """A district with 0.4 projects, 0.2 gatherings and half a tie for each of its actors, from 2012 to 2026."""
    return _District(actors, seed).quartier


class _District:
    def __init__(self, actors: int, seed: int) -> None:
        self.lots = Random(seed)  # noqa: S311 - test data
        self.quartier = Quartier()
        self.themes = list(WORDS)
        self.fields = self._fields()
        self.streets = max(actors // 25, 1)
        self._actors(actors)
        self.partners: list[set[int]] = [set() for _ in range(actors)]
        self.busy = list(range(actors))  # drawn from as often as somebody was in a project
        for year in YEARS:
            for _ in range(max(actors * 2 // 5 // len(YEARS), 1)):
                self._project(year)
            for _ in range(max(actors // 5 // len(YEARS), 1)):
                self._event(year)
            for _ in range(actors // 2 // len(YEARS)):
                self._tie(year)

    def _fields(self) -> list[list[str]]:
        """The fields of two rounds; those of the later one have stated needs."""
        rounds = []
        for name in ("2012", "2022"):
            self.quartier.round(name, start=name)
            rounds.append([self.quartier.handlungsfeld(name, str(n), t.title()) for n, t in enumerate(self.themes, 1)])
        for old, new, theme in zip(*rounds, self.themes, strict=True):
            self.quartier.match(old, new)
            self.quartier.statement("2022", f"Mehr {WORDS[theme].split()[0]} für Kinder und Ältere", field=new)
        return rounds

    def _actors(self, count: int) -> None:
        made = self.quartier
        # Streets of one breadth: a larger district is wider, not denser.
        across = max(round(self.streets**0.5), 1)
        corner = [(13.3 + n % across / 240, 52.5 + n // across / 400) for n in range(self.streets)]
        spots = [(x + self.lots.random() / 300, y + self.lots.random() / 500) for x, y in corner for _ in range(8)]
        places = [made.place(f"Haus {n}", at=spot) for n, spot in enumerate(spots)]
        self.theme = [self.lots.randrange(len(self.themes)) for _ in range(count)]
        self.street = [self.lots.randrange(self.streets) for _ in range(count)]
        self.at: list[list[int]] = [[] for _ in range(self.streets)]
        self.iris = []
        for n in range(count):
            theme, street = self.theme[n], self.street[n]
            self.at[street].append(n)
            known = self.lots.random() < 0.5
            self.iris.append(
                made.actor(
                    f"{self.lots.choice(WORDS[self.themes[theme]].split())} {n}",
                    sector=self.themes[theme] if self.lots.random() < 0.9 else "",
                    place=places[street * 8 + self.lots.randrange(8)] if self.lots.random() < 0.7 else None,
                    fields=[self.fields[1][theme]] if known else [],
                    groups=[self.lots.choice(GROUPS)] if known else [],
                    seeks=[self.lots.choice(RESOURCES)] if self.lots.random() < 0.05 else [],
                    offers=[self.lots.choice(RESOURCES)] if self.lots.random() < 0.05 else [],
                )
            )
        self.places = places
        self.qm = made.actor("QM", kind="quartiersmanagement")

    def _project(self, year: int) -> None:
        carrier = self.lots.choice(self.busy)
        team = self._team(carrier, self.lots.choice((1, 1, 2, 2, 3, 4)))
        theme, street = self.theme[carrier], self.street[carrier]
        number = len(self.busy)
        words = " ".join(self.lots.choices(WORDS[self.themes[theme]].split(), k=6))
        end = year + self.lots.choice((0, 0, 1, 1, 2))
        self.quartier.project(
            f"Projekt {number}",
            traeger=[self.iris[carrier]],
            partner=[self.iris[one] for one in team],
            start=str(year),
            end=str(end),
            places=[self.places[street * 8]] if self.lots.random() < 0.6 else [],
            fields=[self.fields[int(year >= 2022)][theme]],
            groups=[self.lots.choice(GROUPS)],
            description=f"{words} im Kiez {street}",
        )
        self._joined([carrier, *team])

    def _team(self, carrier: int, count: int) -> list[int]:
        """Partners: known ones, partners of partners, somebody of the same theme nearby, somebody busy, anybody."""
        team: set[int] = set()
        for _ in range(count):
            lot, known = self.lots.random(), sorted(self.partners[carrier])
            if lot < 0.3 and known:
                other = self.lots.choice(known)
            elif lot < 0.55 and known:
                other = self.lots.choice(sorted(self.partners[self.lots.choice(known)]))
            elif lot < 0.8:
                here = [n for n in self.at[self.street[carrier]] if self.theme[n] == self.theme[carrier]]
                other = self.lots.choice(here or self.busy)
            else:
                other = self.lots.choice(self.busy)
            team |= {other} - {carrier}
        return sorted(team)

    def _event(self, year: int) -> None:
        host = self.lots.choice(self.busy)
        near: Sequence[int] = self.at[self.street[host]]
        guests = sorted({host, *self.lots.sample(near, min(len(near), 6)), self.lots.choice(self.busy)})
        number = len(self.quartier.quads)
        self.quartier.event(f"Fest {number}", actors=[self.iris[one] for one in guests], start=str(year))

    def _tie(self, year: int) -> None:
        one = self.lots.choice(self.busy)
        (other, *_) = [*self._team(one, 1), (one + 1) % len(self.iris)]
        if self.lots.random() < 0.1:
            self.quartier.tie(self.qm, self.iris[one], start=str(year))
        elif one != other:
            self.quartier.tie(self.iris[one], self.iris[other], start=str(year))
            self._joined([one, other])

    def _joined(self, team: list[int]) -> None:
        self.busy += team
        for one in team:
            self.partners[one] |= {other for other in team if other != one}
