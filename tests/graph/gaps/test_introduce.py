"""Who should meet whom: the right pairs, none of the wrong ones, each with reasons one can check."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.gaps import Gap, find_gap, gaps, gaps_for_actor, sources
from graph.gaps.candidates import candidate_pairs
from graph.gaps.evidence import Evidence
from graph.gaps.horizon import Horizon
from graph.gaps.introduce import MOST_TELLING, PARTNER, pair_scores
from graph.gaps.reading import records
from graph.network import facts

if TYPE_CHECKING:
    from graph.store import Store

TODAY = date.today()  # noqa: DTZ011 - a calendar day, as in the code


@pytest.fixture(scope="module")
def twenty(example: Store) -> list[Gap]:
    return gaps(example, "introduce", limit=20)


def sides(gap: Gap) -> set[str]:
    return {actor.label for actor in gap.actors}


def pairs(found: list[Gap]) -> list[set[str]]:
    return [sides(gap) for gap in found]


def triangle(**ties: str) -> Quartier:
    """Schule and Chor each have a project with Haus, and none with each other."""
    quartier = Quartier()
    schule, chor, haus = (quartier.actor(name, **ties) for name in ("Schule", "Chor", "Haus"))
    quartier.project("Hoffest", traeger=[schule], partner=[haus], start="2024")
    quartier.project("Singen", traeger=[haus], partner=[chor], start="2025")
    return quartier


def iri(name: str, kind: str = "actor") -> str:
    return f"https://w3id.org/pankenetz/id/{kind}/{name}"


def test_the_example_gives_twenty_lines_best_first(twenty: list[Gap]) -> None:
    scores = [gap.score for gap in twenty]
    assert len(twenty) == 20
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_every_statement_behind_a_reason_exists_and_carries_a_source(example: Store, twenty: list[Gap]) -> None:
    for gap in twenty:
        assert 1 <= len(gap.reasons) <= 3
        for reason in gap.reasons:
            assert reason.evidence
            for one in reason.evidence:
                asked = "ASK { ?e <http://www.w3.org/ns/prov#wasDerivedFrom> ?s FILTER(STR(?e) = ?iri) }"
                assert example.query(asked.replace("?iri", f'"{one}"')), (gap.id, one)


def test_no_actor_stands_in_more_than_two_lines(twenty: list[Gap]) -> None:
    assert max(Counter(actor.iri for gap in twenty for actor in gap.actors).values()) <= 2


def test_a_quarter_of_the_lines_is_for_newcomers_and_a_quarter_for_bridges(example: Store, twenty: list[Gap]) -> None:
    roles = {"traeger", "partner", "ort"}
    found = {(x.subject, x.object) for x in facts(example).links if x.relation == "involvement" and x.role in roles}
    projects = Counter(actor for actor, subject in found if "/project/" in subject)
    sector = {node.iri: node.sector for node in facts(example).nodes.values()}
    assert sum(min(projects[actor.iri] for actor in gap.actors) <= 1 for gap in twenty) >= 5
    assert sum(len({sector[actor.iri] for actor in gap.actors}) == 2 for gap in twenty) >= 5


def test_nobody_is_introduced_to_a_partner_of_the_last_four_years(example: Store, twenty: list[Gap]) -> None:
    since = TODAY - timedelta(days=4 * 366)
    places: dict[str, set[str]] = {}
    tied: set[frozenset[str]] = set()
    for link in facts(example).links:
        last = link.period.end or link.period.start
        if last is not None and last < since:
            continue
        if link.relation == "involvement" and "/project/" in link.object:
            places.setdefault(link.object, set()).add(link.subject)
        elif link.relation in {"tie", "membership"}:
            tied.add(frozenset((link.subject, link.object)))
    for gap in twenty:
        one, other = (actor.iri for actor in gap.actors)
        assert frozenset((one, other)) not in tied
        assert not any({one, other} <= members for members in places.values())


def test_no_parent_no_payer_no_programme_and_no_management_is_a_side(example: Store, twenty: list[Gap]) -> None:
    links = facts(example).links
    parents = {frozenset((x.subject, x.object)) for x in links if x.relation == "parent" or x.role == "gehoert-zu"}
    nodes = facts(example).nodes
    for gap in twenty:
        assert frozenset(actor.iri for actor in gap.actors) not in parents
        for actor in gap.actors:
            assert nodes[actor.iri].type in {"actor", "network"}
            assert nodes[actor.iri].hub not in {"qm", "senat", "bund"}


def test_two_who_share_a_partner_are_introduced_by_it() -> None:
    (gap,) = gaps(triangle().store(), "introduce")
    assert sides(gap) == {"Schule", "Chor"}
    assert gap.reasons[0].kind == "triangle"
    assert [ref.label for ref in gap.introducers] == ["Haus"]
    assert gap.next_step.de == "„Haus“ bitten, „Chor“ und „Schule“ einander vorzustellen."
    assert gap.next_step.en == "Ask “Haus” to introduce “Chor” and “Schule” to each other."


def test_former_partners_are_no_gap_however_long_ago() -> None:
    quartier = triangle()
    quartier.project("Altes", traeger=[iri("schule")], partner=[iri("chor")], start="1999", end="2000")
    assert gaps(quartier.store(), "introduce") == []


@pytest.mark.parametrize(("state", "found"), [("asserted", 0), ("ended", 0), ("wished", 1), ("failed", 1)])
def test_only_a_tie_that_exists_or_existed_makes_acquaintance(state: str, found: int) -> None:
    quartier = triangle()
    quartier.tie(iri("schule"), iri("chor"), state=state)
    assert len(gaps(quartier.store(), "introduce")) == found


def test_relatives_over_two_steps_are_not_introduced() -> None:
    quartier = triangle()
    verband = quartier.actor("Verband", parent=iri("chor"))
    quartier.tie(iri("schule"), verband, kind="gehoert-zu")
    assert {"Schule", "Chor"} not in pairs(gaps(quartier.store(), "introduce"))


@pytest.mark.parametrize("kind", ["finanziert", "beauftragt"])
def test_who_pays_is_not_introduced_to_whom_it_pays(kind: str) -> None:
    quartier = triangle()
    quartier.tie(iri("schule"), iri("chor"), kind=kind, state="wished")
    assert gaps(quartier.store(), "introduce") == []


def test_the_payer_of_a_project_is_not_introduced_to_its_partners() -> None:
    quartier = triangle()
    quartier.funding(iri("singen", "project"), payer=iri("schule"))
    assert gaps(quartier.store(), "introduce") == []


def test_a_quartiersmanagement_and_its_bodies_are_never_a_side() -> None:
    quartier = Quartier()
    feld = quartier.handlungsfeld("2022", "1", "Nachbarschaft")
    qm = quartier.actor("QM", kind="quartiersmanagement", groups=["kinder"], fields=[feld])
    for name, parent in (("Jury", qm), ("Schule", None)):
        quartier.actor(name, parent=parent, groups=["kinder"], fields=[feld])
    assert gaps(quartier.store(), "introduce") == []


def test_a_quartiersmanagement_introduces_nobody() -> None:
    quartier = Quartier()
    qm = quartier.actor("QM", kind="quartiersmanagement")
    for name in ("Schule", "Chor"):
        actor = quartier.actor(name, groups=["kinder"])
        quartier.project(f"Fest der {name}", traeger=[actor], partner=[qm], start="2025")
    (gap,) = gaps(quartier.store(), "introduce")
    assert gap.introducers == ()
    assert "triangle" not in {reason.kind for reason in gap.reasons}


def test_an_authority_comes_in_only_if_somebody_knows_both() -> None:
    quartier = triangle()
    amt = quartier.actor("Amt", klass="Agency", kind="fachamt", groups=["kinder"])
    quartier.actor("Kita", groups=["kinder"])
    assert not any("Amt" in names for names in pairs(gaps(quartier.store(), "introduce")))
    quartier.project("Umbau", traeger=[amt], partner=[iri("haus")], start="2025")
    assert {"Amt", "Chor"} in pairs(gaps(quartier.store(), "introduce"))


def test_who_seeks_meets_who_offers() -> None:
    quartier = Quartier()
    quartier.actor("Chor", seeks=["raeume"], groups=["kinder"])
    quartier.actor("Schule", offers=["raeume"], groups=["kinder"])
    (gap,) = gaps(quartier.store(), "introduce")
    assert gap.reasons[0].kind == "seeks_offers"
    assert gap.reasons[0].text.de == "„Chor“ sucht: Räume. „Schule“ bietet genau das."


def test_neighbours_are_told_how_far_they_are_apart() -> None:
    quartier = Quartier()
    for name, longitude in (("Chor", 13.3700), ("Schule", 13.3730)):
        quartier.actor(name, place=quartier.place(f"Ort {name}", at=(longitude, 52.55)))
    (gap,) = gaps(quartier.store(), "introduce")
    assert gap.reasons[0].text.de == "Sie sind Nachbarn: Ihre Adressen liegen rund 200 m auseinander."


def test_an_area_is_no_place_to_meet() -> None:
    quartier = Quartier()
    kiez = quartier.place("Kiez")
    quartier.quads += _polygon(kiez)
    for name in ("Chor", "Schule"):
        quartier.actor(name, place=kiez)
    assert gaps(quartier.store(), "introduce") == []


def _polygon(place: str) -> list[object]:
    other = Quartier()
    other.place("Kiez", at=(13.37, 52.55))
    point = '"POINT(13.37 52.55)"'
    area = '"POLYGON((13 52, 14 52, 14 53, 13 52))"'
    import pyoxigraph as ox

    text = "\n".join(f"{quad} ." for quad in other.quads if place in str(quad.subject))
    return list(ox.parse(text.replace(point, area), format=ox.RdfFormat.N_QUADS))


def test_members_of_one_body_are_introduced_by_it() -> None:
    quartier = Quartier()
    tisch = quartier.actor("Runder Tisch", klass="Network")
    for name in ("Chor", "Schule"):
        quartier.membership(quartier.actor(name), tisch)
    gap = next(gap for gap in gaps(quartier.store(), "introduce") if sides(gap) == {"Chor", "Schule"})
    assert gap.reasons[0].text.de == "Beide sind Mitglied in „Runder Tisch“."
    assert [ref.label for ref in gap.introducers] == ["Runder Tisch"]


def test_fields_of_two_rounds_match_over_one_step_only() -> None:
    quartier = Quartier()
    fields = [quartier.handlungsfeld(year, "1", f"Feld {year}") for year in ("2015", "2019", "2022")]
    for earlier, later in pairwise(fields):
        quartier.quads += _match(earlier, later)
    for name, field in zip(("Alt", "Mitte", "Neu"), fields, strict=True):
        quartier.actor(name, fields=[field])
    assert sorted(map(sorted, pairs(gaps(quartier.store(), "introduce")))) == [["Alt", "Mitte"], ["Mitte", "Neu"]]


def _match(one: str, other: str) -> list[object]:
    import pyoxigraph as ox

    graph = ox.NamedNode("https://w3id.org/pankenetz/id/graph/data/test")
    predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    return [ox.Quad(ox.NamedNode(one), predicate, ox.NamedNode(other), graph)]


def test_unknown_dates_are_said_and_make_nobody_busy() -> None:
    quartier = triangle()
    for number in range(5):
        quartier.project(f"Ohne Jahr {number}", traeger=[iri("chor")], start="")
    undated = next(gap for gap in gaps(quartier.store(), "introduce") if sides(gap) == {"Schule", "Chor"})
    assert not any("viel gefragt" in caution.de for caution in undated.cautions)
    for number in range(5):
        quartier.project(f"Dieses Jahr {number}", traeger=[iri("chor")], start=str(TODAY.year))
    dated = next(gap for gap in gaps(quartier.store(), "introduce") if sides(gap) == {"Schule", "Chor"})
    assert any("viel gefragt" in caution.de for caution in dated.cautions)
    assert dated.score > undated.score


def test_every_line_says_what_speaks_against_it_or_is_unknown(twenty: list[Gap]) -> None:
    assert all(gap.cautions and all(text.de and text.en for text in gap.cautions) for gap in twenty)


def test_sentences_end_like_sentences_in_both_languages(twenty: list[Gap]) -> None:
    texts = [text for gap in twenty for text in (*(x.text for x in gap.reasons), *gap.cautions, gap.next_step)]
    assert all(text.de.endswith((".", "?")) and text.en.endswith((".", "?")) for text in texts)
    assert all(text.de != text.en for text in texts)


def test_a_suggestion_is_found_by_its_id_and_names_its_sources(example: Store, twenty: list[Gap]) -> None:
    for gap in twenty:
        assert find_gap(example, gap.id) == gap
        found = sources(example, gap)
        assert found.keys() == {reason.kind for reason in gap.reasons}
        assert all(named and len(set(named)) == len(named) for named in found.values())


def test_an_actors_own_list_has_that_actor_in_every_line(example: Store) -> None:
    found = gaps_for_actor(example, "hhs", limit=5)
    assert len(found) == 5
    assert all("hhs" in {actor.slug for actor in gap.actors} for gap in found)


def test_an_empty_quartier_has_no_gaps() -> None:
    assert gaps(Quartier().store(), "introduce") == []


def test_a_common_partner_says_the_more_the_fewer_have_one() -> None:
    """Up to ten times as much as where it is usual; nobody has one here but two of the neighbours."""
    found = []
    for count in (3, 12, 60):
        quartier = triangle()
        for number in range(count):
            quartier.actor(f"Nachbar {number}", place=quartier.place("Platz"))
        evidence = Evidence(records(quartier.store()), Horizon.of(None))
        found.append(pair_scores(evidence, candidate_pairs(evidence)).partner / PARTNER)
    assert found[0] == 1.0
    assert 1.0 < found[1] < found[2] == MOST_TELLING
