"""What a contact would be good for: the order of the useful, and each sentence of it true."""

from __future__ import annotations

from datetime import date

from builders import Quartier
from graph.gaps import Gap, gaps

YEAR = str(date.today().year)  # noqa: DTZ011 - a calendar year, as in the code


def told(gap: Gap) -> str:
    return " ".join(use.de for use in gap.uses)


def star() -> Quartier:
    """Haus has a project with each of three others, which know each other through it only."""
    quartier = Quartier()
    haus = quartier.actor("Haus", sector="soziales")
    for name, sector in (("Chor", "kultur"), ("Schule", "bildung"), ("Kita", "bildung")):
        other = quartier.actor(name, sector=sector)
        for number in (1, 2):
            quartier.project(f"{name} {number}", traeger=[haus], partner=[other], start=YEAR)
    return quartier


def test_a_pair_that_hangs_on_a_cut_actor_is_told_the_second_way() -> None:
    found = {frozenset(a.label for a in gap.actors): gap for gap in gaps(star().store(), "introduce")}
    assert "Gibt einen zweiten Weg, falls „Haus“ ausfällt." in told(found[frozenset(("Schule", "Kita"))])
    assert "Verbindet die Bereiche" in told(found[frozenset(("Chor", "Kita"))])


def test_the_useful_come_first_when_asked_for() -> None:
    found = gaps(star().store(), "introduce", order="useful")
    uses = [len(gap.uses) for gap in found]
    assert uses == sorted(uses, reverse=True)
    assert {actor.label for actor in found[-1].actors} == {"Kita", "Schule"}


def test_who_could_fill_an_open_cell_is_brought_to_those_in_the_field() -> None:
    quartier = star()
    field = quartier.handlungsfeld("2022", "1", "Nachbarschaft")
    quartier.statement("2022", "Mehr Sportangebote", field=field)
    quartier.project("Hof", traeger=["https://w3id.org/pankenetz/id/actor/haus"], start=YEAR, fields=[field])
    quartier.actor("Verein", sector="sport", fields=[])
    quartier.event("Fest", actors=[f"https://w3id.org/pankenetz/id/actor/{n}" for n in ("haus", "verein")], start=YEAR)
    found = gaps(quartier.store(), "introduce", actor="verein")
    assert "Kann eine Lücke schließen: Nachbarschaft (2022): niemand aus dem Bereich Sport." in told(found[0])


def test_lines_of_a_table_can_be_ordered_by_use_too() -> None:
    quartier = star()
    quartier.project("Fest", traeger=["https://w3id.org/pankenetz/id/actor/chor"], start=YEAR, end="2099")
    obvious, useful = (gaps(quartier.store(), "table", project="fest", order=order) for order in ("obvious", "useful"))
    assert {gap.id for gap in obvious} == {gap.id for gap in useful}
    assert all(gap.uses for gap in useful)
