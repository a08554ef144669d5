"""Ways between actors and what they share, on a Quartier a person can walk through."""

from __future__ import annotations

import pytest

from graph import connections, picture
from graph.errors import BadInput
from tests.builders import BASE, Quartier


def actor(name: str) -> str:
    """The IRI of an actor."""
    return f"{BASE}actor/{name}"


@pytest.fixture
def quartier() -> Quartier:
    """Schule – Verein – Chor over two projects, Schule – QM – Chor over two others; Kita knows only the QM."""
    built = Quartier()
    schule, verein, chor, kita = (built.actor(name) for name in ("Schule", "Verein", "Chor", "Kita"))
    qm = built.actor("QM", kind="quartiersmanagement")
    hof = built.place("Hof")
    built.project("Hoffest", traeger=[schule], partner=[verein], places=[hof])
    built.project("Konzert", traeger=[chor], partner=[verein])
    built.project("Platz", traeger=[qm], partner=[schule])
    built.project("Feier", traeger=[qm], partner=[chor])
    built.project("Garten", traeger=[qm], partner=[kita])
    built.actor("Allein")
    return built


def test_the_way_avoids_the_quartiersmanagement(quartier: Quartier) -> None:
    """Two steps over the Verein, with the projects they share."""
    found = connections.connections(quartier.store(), [actor("schule"), actor("chor")])
    (way,) = found.ways
    assert [ref.label for ref in way.actors] == ["Schule", "Verein", "Chor"]
    assert [[ref.label for ref in step.via] for step in way.steps] == [["Hoffest"], ["Konzert"]]
    assert not found.over_hubs


def test_the_way_over_the_quartiersmanagement_is_shown_on_request(quartier: Quartier) -> None:
    """Both ways have two steps; the stronger one comes first."""
    found = connections.connections(quartier.store(), [actor("schule"), actor("chor")], hubs=True)
    assert [way.actors[1].label for way in found.ways] == ["QM", "Verein"]


def test_where_only_the_quartiersmanagement_connects_it_says_so(quartier: Quartier) -> None:
    """Kita and Schule meet only there."""
    found = connections.connections(quartier.store(), [actor("kita"), actor("schule")])
    assert found.over_hubs
    assert ["QM" in [ref.label for ref in way.actors] for way in found.ways] == [True] * len(found.ways)


def test_nobody_leads_to_who_stands_alone(quartier: Quartier) -> None:
    """No way, nothing shared, no error."""
    found = connections.connections(quartier.store(), [actor("schule"), actor("allein")])
    assert (found.ways, found.over_hubs, found.shared, found.partners) == ((), False, (), ())


def test_what_several_share_is_listed_with_who(quartier: Quartier) -> None:
    """A body, and common partners; the body is a way, too."""
    runde = quartier.actor("Runde", klass="Network")
    for name in ("schule", "chor"):
        quartier.membership(actor(name), runde)
    found = connections.connections(quartier.store(), [actor("schule"), actor("chor"), actor("kita")])
    shared = [(one.kind, one.ref.label, [ref.label for ref in one.who]) for one in found.shared]
    assert shared == [("network", "Runde", ["Schule", "Chor"])]
    partners = [(one.ref.label, len(one.who)) for one in found.partners]
    assert partners == [("QM", 3), ("Runde", 2), ("Verein", 2)]


def test_two_to_five_actors_can_be_asked_about(quartier: Quartier) -> None:
    """Neither one, nor one twice, nor something else."""
    store = quartier.store()
    for wrong in ([actor("schule")], [actor("schule")] * 2, [actor("schule"), f"{BASE}place/hof"], [actor("x")] * 6):
        with pytest.raises(BadInput):
            connections.connections(store, wrong)


def test_the_picture_shows_each_on_the_ways_once(quartier: Quartier) -> None:
    """And a line for every step."""
    found = connections.connections(quartier.store(), [actor("schule"), actor("chor")], hubs=True)
    view = connections.picture_of(found)
    assert sorted(node.label for node in view.nodes) == ["Chor", "QM", "Schule", "Verein"]
    assert len(view.edges) == 4
    assert picture.drawing(view, "Wege").count("<title>") == 5
