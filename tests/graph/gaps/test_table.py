"""Who is missing at a table: those who fit and are not there, with the way to them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from builders import Quartier
from graph.gaps import Gap, find_gap, gaps, gaps_for_project
from graph.network import facts

if TYPE_CHECKING:
    from graph.store import Store

FOREVER = "2099"


def missing(quartier: Quartier, project: str) -> list[str]:
    return [gap.actors[0].label for gap in gaps(quartier.store(), "table", project=project)]


def iri(name: str) -> str:
    return f"https://w3id.org/pankenetz/id/actor/{name}"


def garden() -> Quartier:
    """Haus carries the garden and once built a fence with Kita."""
    quartier = Quartier()
    haus, kita = quartier.actor("Haus"), quartier.actor("Kita", sector="bildung")
    quartier.project("Zaun", traeger=[haus], partner=[kita], start="2020", end="2021")
    quartier.project("Garten", traeger=[haus], start="2024", end=FOREVER)
    return quartier


def test_a_former_partner_of_the_traeger_is_asked_again() -> None:
    (gap,) = gaps(garden().store(), "table", project="garten")
    assert gap.actors[0].label == "Kita"
    assert gap.subject is not None
    assert gap.subject.label == "Garten"
    assert gap.reasons[0].text.de == "Hat mit „Haus“ (Träger) schon zusammengearbeitet, in „Zaun“ (2020–2021)."
    assert [ref.label for ref in gap.introducers] == ["Haus"]


def test_who_sits_at_the_table_in_any_role_is_not_missing() -> None:
    quartier = garden()
    quartier.involvement(iri("kita"), "https://w3id.org/pankenetz/id/project/garten", role="zielgruppe")
    assert missing(quartier, "garten") == []


def test_who_pays_the_project_or_its_traeger_is_not_missing() -> None:
    quartier = garden()
    quartier.tie(iri("kita"), iri("haus"), kind="finanziert")
    assert missing(quartier, "garten") == []


def test_relatives_of_the_traeger_are_not_missing() -> None:
    quartier = garden()
    quartier.tie(iri("kita"), iri("haus"), kind="gehoert-zu")
    assert missing(quartier, "garten") == []


def test_the_text_of_a_project_finds_bodies_of_the_kind_it_names() -> None:
    quartier = Quartier()
    haus = quartier.actor("Haus", kind="nachbarschaftsladen")
    quartier.actor("Schiller", kind="bibliothek")
    quartier.actor("Zum Anker", kind="kino")
    quartier.project("Vorlesen", traeger=[haus], start="2024", description="Vorlesen in der Bibliothek")
    assert missing(quartier, "vorlesen") == ["Schiller"]


def test_the_name_of_an_actor_does_not_change_who_is_missing() -> None:
    names = []
    for name in ("Bibliothek am Platz", "Zum Anker"):
        quartier = Quartier()
        haus = quartier.actor("Haus", kind="nachbarschaftsladen")
        quartier.actor(name, kind="kino")
        quartier.project("Vorlesen", traeger=[haus], start="2024", description="Vorlesen in der Bibliothek")
        names.append(missing(quartier, "vorlesen"))
    assert names == [[], []]


def test_only_running_projects_are_listed_when_none_is_named(example: Store) -> None:
    found = gaps(example, "table", limit=50)
    nodes = facts(example).nodes
    assert found
    for gap in found:
        assert gap.subject is not None
        node = nodes[gap.subject.iri]
        assert node.ongoing or node.period.end is not None


def test_an_actor_is_shown_projects_to_join(example: Store) -> None:
    found = gaps(example, "table", actor="hhs", limit=5)
    joined = {x.object for x in facts(example).links if x.subject.endswith("/hhs") and x.relation == "involvement"}
    assert found
    assert all(gap.actors[0].slug == "hhs" and gap.subject and gap.subject.iri not in joined for gap in found)


def test_no_actor_and_no_project_fills_the_common_list(example: Store) -> None:
    found = gaps(example, "table", limit=20)
    assert max(Counter(gap.actors[0].iri for gap in found).values()) <= 2
    assert max(Counter(gap.subject.iri for gap in found if gap.subject).values()) <= 2


def test_a_gathering_has_a_table_of_its_own_even_before_it_takes_place() -> None:
    quartier = garden()
    quartier.event("Konferenz", start=FOREVER)
    event = "https://w3id.org/pankenetz/id/event/konferenz"
    quartier.involvement(iri("haus"), event, role="veranstalter")
    with quartier.store() as store:
        (gap,) = gaps(store, "table", event="konferenz")
        assert gap.id == "table~event~konferenz~kita"
        assert (
            gap.reasons[0].text.de == "Hat mit „Haus“ (Veranstalter) schon zusammengearbeitet, in „Zaun“ (2020–2021)."
        )
        assert find_gap(store, gap.id) == gap


def test_a_need_of_the_ihek_has_a_table_of_those_it_speaks_of() -> None:
    quartier = garden()
    field = quartier.handlungsfeld("2022", "1", "Nachbarschaft")
    quartier.actor("Treff", groups=["jugendliche"], fields=[field])
    quartier.statement("2022", "Orte für Jugendliche", field=field)
    found = gaps(quartier.store(), "table", statement="1")
    assert [gap.actors[0].label for gap in found] == ["Treff"]
    assert {reason.kind for reason in found[0].reasons} == {"field", "target"}


def test_planned_projects_are_listed_with_the_running_ones_but_not_in_the_past() -> None:
    quartier = garden()
    quartier.project("Zukunft", traeger=[iri("haus")], start="2098", end=FOREVER)
    with quartier.store() as store:
        assert {gap.subject.label for gap in gaps(store, "table") if gap.subject} == {"Garten", "Zukunft"}
        early = gaps(store, "table", as_of=date(2024, 12, 31))
        assert {gap.subject.label for gap in early if gap.subject} == {"Garten"}


def test_every_project_line_has_evidence_with_a_source(example: Store) -> None:
    found: list[Gap] = gaps_for_project(example, "kool-im-kiez-1", limit=10)
    for gap in found:
        assert all(reason.evidence for reason in gap.reasons)
        assert gap.reasons
        assert find_gap(example, gap.id) == gap
    assert len(found) == 10
