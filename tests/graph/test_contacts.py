"""People are named in one place only, and forgotten wholly."""

from __future__ import annotations

import datetime as dt
import errno
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import graph
from builders import BASE, Quartier
from graph import backups, changes
from graph.contacts import Contacts
from graph.errors import BadFields, BadInput, Conflict, Invalid, NotFound
from graph.export import export, export_all
from graph.importing.values import way_to_reach

if TYPE_CHECKING:
    from graph.store import Store

ERIKA = {
    "actor": "schule", "name": "Erika Mustermann", "email": "erika@beispiel.de", "telephone": "030 5550123",
    "purpose": "Einladungen", "legal_basis": "Einwilligung vom 3.5.2026", "delete_by": "31.12.2027",
    "source": "Telefonat am 3. Mai",
}  # fmt: skip
ROOT = Path(__file__).parents[2]


@pytest.fixture
def store() -> Store:
    quartier = Quartier()
    quartier.actor("Schule")
    quartier.actor("Hof", description="Ansprechbar ist Erika Mustermann.")
    return quartier.store()


def kept(store: Store, **other: str) -> str:
    return Contacts(store).save(None, {**ERIKA, **other}, author="Ada", was={}).slug


def test_a_contact_reads_as_it_was_typed(store: Store) -> None:
    contact = Contacts(store).find(kept(store))
    assert {name: contact.texts[name] for name in ERIKA} == ERIKA
    assert (contact.actor_label, contact.delete_by) == ("Schule", dt.date(2027, 12, 31))


def test_an_address_tells_nothing(store: Store) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", kept(store))


@pytest.mark.parametrize("field", ["actor", "name", "purpose", "legal_basis", "delete_by"])
def test_nobody_is_kept_without_purpose_basis_and_last_day(store: Store, field: str) -> None:
    with pytest.raises(Invalid):
        kept(store, **{field: ""})
    assert Contacts(store).all() == []


@pytest.mark.parametrize(("field", "text"), [("delete_by", "irgendwann"), ("actor", "nirgends")])
def test_what_cannot_be_read_is_said_of_its_field(store: Store, field: str, text: str) -> None:
    with pytest.raises(BadFields) as caught:
        kept(store, **{field: text})
    assert [one.field for one in caught.value.problems] == [field]


def test_somebody_elses_change_is_not_overwritten(store: Store) -> None:
    slug = kept(store)
    Contacts(store).save(slug, {"telephone": "030 1"}, author="Bo", was={"telephone": ERIKA["telephone"]})
    with pytest.raises(Conflict):
        Contacts(store).save(slug, {"telephone": "030 2"}, author="Ada", was={"telephone": ERIKA["telephone"]})


def test_due_is_what_must_be_gone_by_that_day(store: Store) -> None:
    kept(store)
    assert [len(Contacts(store).due(dt.date(2027, 12, day))) for day in (30, 31)] == [0, 1]


def test_only_the_modules_that_keep_contacts_can_hold_one(store: Store) -> None:
    """Who else wants quads gets none of theirs, whatever it asks for."""
    slug = kept(store)
    person, graph_ = ox.NamedNode(f"{BASE}contact/{slug}"), store.graphs.contacts
    assert [
        *store.quads(person),
        *store.quads(graph=graph_),
        *store.quads(None, None, ox.Literal("Erika Mustermann")),
    ] == []
    assert list(store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", graphs=[graph_])) == []  # type: ignore[arg-type]  # rows
    assert b"Mustermann" not in store.dump(ox.RdfFormat.N_QUADS, [graph_])
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (*ROOT.glob("graph/**/*.py"), *ROOT.glob("webapp/**/*.py"))
        if re.search(r"personal=True|store\.everything\(", path.read_text(encoding="utf-8"))
    }
    assert asking == {
        "graph/backups.py", "graph/changelines.py", "graph/changes.py", "graph/checks.py", "graph/contacts.py",
        "graph/personal.py", "graph/editing/closing.py", "graph/merging/draft.py",
    }  # fmt: skip


def test_who_listens_to_changes_hears_of_no_contact(store: Store) -> None:
    heard: list[ox.Quad] = []
    store.subscribe(lambda removed, added, _version: heard.extend(removed | added))
    kept(store)
    assert "Mustermann" not in " ".join(map(str, heard))


def test_the_report_names_who_entered_it_and_where_the_name_stands_else(store: Store) -> None:
    report = Contacts(store).report(kept(store))
    assert [change.author for change in report.changes] == ["Ada"]
    assert [one.label for one in report.mentions] == ["Hof"]


def test_forgetting_leaves_nothing_on_the_disk_but_that_it_happened(tmp_path: Path) -> None:
    with graph.open(tmp_path / "data") as store:
        quartier = Quartier()
        quartier.actor("Schule")
        changes.commit(store, added=quartier.quads, author="Ada", reason="x")
        slug, other = kept(store), kept(store, name="Otto Beispiel", email="otto@beispiel.de", telephone="040 1")
        Contacts(store).save(slug, {"telephone": "030 5559999"}, author="Bo", was={})
        copy = backups.backup(store, tmp_path / "copies")
        erased = Contacts(store).forget(f"{BASE}contact/{slug}", author="Ada")
        assert erased.changes == 2
        assert [note.path for note in erased.backups] == [copy.path]
        assert [one.slug for one in Contacts(store).all()] == [other]
        assert changes.history(store, 1)[0].reason == "Eine Ansprechperson wurde vollständig gelöscht (Art. 17 DSGVO)"
    content = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert [word for word in (b"Mustermann", b"5550123", b"5559999", b"erika@") if word in content] == []
    assert b"Otto Beispiel" in content


def test_what_was_forgotten_cannot_be_undone(store: Store) -> None:
    slug = kept(store)
    entered = changes.history(store, 1)[0].id
    Contacts(store).forget(f"{BASE}contact/{slug}", author="Ada")
    for change in (entered, changes.history(store, 1)[0].id):
        with pytest.raises(Conflict):
            changes.undo(store, change, "Ada")


@pytest.mark.parametrize("iri", ["x", f"{BASE}contact/x", f"{BASE}actor/schule", "", "<>"])
def test_only_contacts_can_be_forgotten(store: Store, iri: str) -> None:
    with pytest.raises(NotFound):
        Contacts(store).forget(iri, author="Ada")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fragen an erika@beispiel.de bitte", "erika@beispiel.de"), ("Tel. 030 / 555 01 23", "Tel. 030 / 555 01 23"),
        ("erika(at)beispiel.de", "erika(at)beispiel.de"), ("2019 bis 2022, 12.500 Euro", ""), ("13357 Berlin", ""),
        ("https://beispiel.de/2024/05", ""),
    ],
)  # fmt: skip
def test_ways_to_reach_somebody_are_noticed_in_a_text(text: str, found: str) -> None:
    assert way_to_reach(text) == found


@pytest.mark.parametrize("name", ["alles.trig", "alles.nq", "alles.ttl", "alles.jsonld", "alles.zip", "alles.xlsx"])
def test_contacts_go_along_only_if_asked_for_and_into_a_file_of_ones_own(
    store: Store, tmp_path: Path, name: str
) -> None:
    kept(store)
    export(store, tmp_path / name)
    assert "erika@beispiel.de" not in unpacked(tmp_path / name)
    export(store, tmp_path / name, Contacts(store).taken_along())
    assert "erika@beispiel.de" in unpacked(tmp_path / name)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_who_changed_contacts_does_not_go_along(store: Store) -> None:
    Contacts(store).save(kept(store), {"name": "Erika Muster"}, author="Ada", was={})
    taken = Contacts(store).taken_along()
    assert not any("Mustermann" in str(quad) for quad in taken.quads)
    assert [len(line) for line in taken.lines] == [11, 11]


def test_the_whole_archive_has_contacts_in_data_and_tables_only(store: Store, tmp_path: Path) -> None:
    kept(store)
    export_all(store, tmp_path / "alles.zip", dt.date(2027, 1, 1), Contacts(store).taken_along())
    with zipfile.ZipFile(tmp_path / "alles.zip") as archive:
        telling = {name for name in archive.namelist() if b"erika@beispiel.de" in archive.read(name)}
    assert telling == {"daten/quartier.trig", "daten/quartier.nq", "tabellen/Ansprechpersonen.csv"}


def test_a_network_has_no_place_for_contacts(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        export(store, tmp_path / "netz.gexf", Contacts(store).taken_along())


def unpacked(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_what_a_full_disk_kept_of_somebody_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_directory: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with graph.open(tmp_path) as store, monkeypatch.context() as disk:
        quartier = Quartier()
        quartier.actor("Schule")
        changes.commit(store, added=quartier.quads, author="Ada", reason="x")
        slug = kept(store)
        disk.setattr("graph.datadir.DataDirectory.compact", full)
        assert Contacts(store).forget(f"{BASE}contact/{slug}", author="Ada").lingers
        assert Contacts(store).all() == []
    graph.open(tmp_path).close()
    assert b"Mustermann" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
