"""Double structures: nearly the same members and theme, said in numbers of members."""

from __future__ import annotations

from builders import Quartier
from graph.gaps import Gap, gaps


def bodies(shared: int, alone: int = 0, *, groups: tuple[str, str] = ("kinder", "kinder"), **more: str) -> Quartier:
    """Two networks with `shared` members in both; the second has `alone` more."""
    quartier = Quartier()
    kreis = quartier.actor("Kreis", klass="Network", kind="netzwerk", groups=[groups[0]])
    runde = quartier.actor("Runde", klass="Network", kind="netzwerk", groups=[groups[1]])
    for number in range(shared):
        member = quartier.actor(f"Mitglied {number}")
        quartier.membership(member, kreis, **more)
        quartier.membership(member, runde, **more)
    for number in range(alone):
        quartier.membership(quartier.actor(f"Gast {number}"), runde)
    return quartier


def doubles(quartier: Quartier) -> list[Gap]:
    return gaps(quartier.store(), "double")


def test_the_overlap_is_said_in_members() -> None:
    (gap,) = doubles(bodies(3, 1))
    said = "3 der 3 Mitglieder von „Kreis“ sitzen auch in „Runde“ (4 Mitglieder): Mitglied 0, Mitglied 1, Mitglied 2."
    assert gap.reasons[0].text.de == said
    assert len(gap.reasons[0].evidence) == 6


def test_a_small_overlap_or_another_theme_is_no_double() -> None:
    assert doubles(bodies(1)) == []
    assert doubles(bodies(2, 9)) == []
    assert doubles(bodies(3, groups=("kinder", "aeltere"))) == []


def test_a_part_of_a_body_is_no_double_of_it() -> None:
    quartier = bodies(3)
    base = "https://w3id.org/pankenetz/id/actor/"
    quartier.tie(f"{base}kreis", f"{base}runde", kind="gehoert-zu")
    assert doubles(quartier) == []


def test_memberships_that_ended_are_over() -> None:
    assert doubles(bodies(3, start="2001", end="2005")) == []
