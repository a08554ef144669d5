"""What the figures of the Vernetzung say, on small Quartiere a person can work out, and on the example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph import measures, vernetzung
from graph.errors import NotFound
from graph.vernetzung import Question
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store
    from graph.vernetzung import Figure


def figure(store: Store, name: str, **asked: object) -> Figure:
    """One figure."""
    return vernetzung.figures(store, Question(**asked), only=[name])[0]  # type: ignore[arg-type]


@pytest.fixture
def star() -> Store:
    """The QM in the middle of three projects; two of its partners work with each other too; one actor is alone."""
    quartier = Quartier()
    qm = quartier.actor("QM", kind="quartiersmanagement", sector="verwaltung")
    schule, kita = quartier.actor("Schule", sector="bildung"), quartier.actor("Kita", sector="bildung")
    verein = quartier.actor("Verein", sector="kultur")
    quartier.actor("Allein")
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    quartier.project("Hoffest", traeger=[qm], partner=[schule], fields=[field], start="2022", end="2022")
    quartier.project("Lesen", traeger=[qm], partner=[kita], start="2022", end="2022")
    quartier.project("Theater", traeger=[qm], partner=[verein], start="2024", end="2024")
    quartier.project("Garten", traeger=[schule], partner=[kita], start="2024", end="2024")
    return quartier.store()


def test_partners_are_counted_and_shared(star: Store) -> None:
    """Eight ends of four ties among five actors."""
    found = figure(star, "partners")
    assert found.sentence["de"].startswith("Ein Akteur hat im Schnitt 1,6 Partner, die Hälfte der 5 hat höchstens 2.")
    assert found.sentence["en"].startswith("An actor has 1.6 partners on average")
    assert next((getattr(row[0], "label", ""), row[1]) for row in found.rows) == ("QM", 3)


def test_islands_are_those_without_a_partner(star: Store) -> None:
    """Only one stands alone."""
    found = figure(star, "islands")
    assert found.sentence["de"] == "Ohne bekannten Partner: 1 von 5."
    assert [getattr(row[0], "label", "") for row in found.rows] == ["Allein"]


def test_without_the_qm_one_actor_loses_its_last_partner(star: Store) -> None:
    """The Verein knew nobody but the QM; Schule and Kita still have each other."""
    found = figure(star, "without-qm")
    assert found.sentence["de"].startswith("Ohne sie stehen 1 weitere Akteure allein da; der größte")
    rows = [(getattr(row[0], "label", ""), *row[1:]) for row in found.rows]
    assert rows == [("Verein", 1, 0), ("Kita", 2, 1), ("Schule", 2, 1)]


def test_a_bottleneck_is_named_with_what_hangs_on_it(star: Store) -> None:
    """Without the QM the Verein is cut off."""
    assert figure(star, "bottlenecks").sentence["de"].startswith("Fällt QM aus, verlieren 1 andere den Anschluss.")


def test_dependence_counts_projects_of_one_traeger(star: Store) -> None:
    """The one project of the field is the QM's."""
    (row,) = figure(star, "dependence").rows
    assert [getattr(cell, "label", cell) for cell in row] == ["2022 · 1 Bildung", 1, "QM", 1.0, "–", 0.0]


def test_a_field_without_projects_is_no_row_and_an_empty_store_no_error() -> None:
    """Every figure has a sentence even if nothing is there."""
    found = vernetzung.figures(Quartier().store())
    assert [one.name for one in found] == list(vernetzung.NAMES)
    assert all(one.sentence["de"] and one.sentence["en"] and "{" not in one.sentence["de"] for one in found)


def test_every_figure_says_what_it_means_and_what_not_in_both_languages(example: Store) -> None:
    """No heading, sentence or hint is missing."""
    for one in vernetzung.figures(example):
        for words in (one.title, one.sentence, one.means, one.not_means, *one.headings):
            assert set(words) == {"de", "en"}
            assert all(words.values())


def test_every_row_is_as_wide_as_its_headings(example: Store) -> None:
    """Tables have no holes."""
    for one in vernetzung.figures(example):
        assert {len(row) for row in one.rows} <= {len(one.headings)}, one.name


def test_no_jargon_reaches_the_office(example: Store) -> None:
    """Words of the trade stay in the code."""
    texts = " ".join(
        text.casefold()
        for one in vernetzung.figures(example)
        for words in (one.title, one.means, one.not_means, *one.headings)
        for text in words.values()
    )
    for word in ("betweenness", "zentralität", "constraint", "komponente", "knoten", "kante", "component", "node"):
        assert word not in texts.split()


def test_the_trend_follows_partnerships_from_round_to_round() -> None:
    """Kept: Schule and Kita; lost: Schule and Verein; new: Kita and Verein."""
    quartier = Quartier()
    schule, kita, verein = (quartier.actor(name) for name in ("Schule", "Kita", "Verein"))
    for slug in ("2020", "2022"):
        quartier.round(slug, start=slug)
    quartier.project("A", traeger=[schule], partner=[kita], start="2020", end="2023")
    quartier.project("B", traeger=[schule], partner=[verein], start="2020", end="2021")
    quartier.project("C", traeger=[kita], partner=[verein], start="2022", end="2023")
    first, second = vernetzung.trend(quartier.store())
    assert (first.ties, first.new) == (2, None)
    assert (second.ties, second.new, second.kept, second.lost) == (2, 1, 1, 1)


def test_the_filter_narrows_every_figure(example: Store) -> None:
    """A field has fewer actors than the Quartier."""
    whole, part = figure(example, "partners"), figure(example, "partners", handlungsfeld="2022-4")
    assert 0 < len(part.rows) < len(whole.rows)


def test_what_does_not_exist_is_refused(example: Store) -> None:
    """An unknown figure and an unknown field."""
    with pytest.raises(NotFound):
        vernetzung.figures(example, only=["closeness"])
    with pytest.raises(NotFound):
        figure(example, "partners", handlungsfeld="1999-1")


def test_the_spreadsheet_holds_all_rows_and_no_formula() -> None:
    """Names that look like formulas are defused."""
    quartier = Quartier()
    quartier.actor("=1+1")
    text = vernetzung.as_csv(figure(quartier.store(), "islands"))
    assert text.splitlines()[1] == "'=1+1"


def test_roles_of_brokers_are_gould_and_fernandezs() -> None:
    """A broker between one of its own sector, two of another, and one of a third; nobody else is tied."""
    network: nx.Graph[str] = nx.Graph([("b", "own"), ("b", "x1"), ("b", "x2"), ("b", "y")])
    sectors = {"b": "s", "own": "s", "x1": "x", "x2": "x", "y": "y"}
    nx.set_node_attributes(network, sectors, "sector")
    found = measures.brokerage_roles(network)["b"]
    assert (found.coordinator, found.gatekeeper, found.itinerant, found.liaison) == (0, 3, 1, 2)
    network.add_edge("own", "y")
    assert measures.brokerage_roles(network)["b"].gatekeeper == 2


def test_ranks_do_not_move_where_one_is_far_ahead() -> None:
    """The middle of a star stays first whatever is missing; the others share the second rank."""
    ranks = measures.betweenness_ranks(nx.star_graph(10))
    assert ranks[0] == (1, 1)
    assert {ranks[leaf] for leaf in range(1, 11)} == {(2, 2)}


def test_drawn_sources_move_no_rank_that_is_far_ahead() -> None:
    """Of a double star of five hundred, ways are counted from a hundred drawn ones; its two middles stay first."""
    network = nx.Graph([("a", "b"), *(("a" if leaf % 2 else "b", leaf) for leaf in range(500))])
    ranks = measures.betweenness_ranks(nx.relabel_nodes(network, str), runs=5, sources=100)
    assert {ranks["a"][1], ranks["b"][1]} <= {1, 2}


def test_renewal_tells_new_kept_and_lost() -> None:
    """Whatever way round a tie is written."""
    found = measures.renewal(nx.Graph(["ab", "bc"]), nx.Graph(["ba", "cd"]))
    assert (found.new, found.kept, found.lost) == ((("c", "d"),), (("a", "b"),), (("b", "c"),))
    assert found.share_kept == 0.5
    assert measures.renewal(nx.Graph(), nx.Graph()).share_kept is None
