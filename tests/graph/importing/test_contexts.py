"""What stands above rows holds for each of them: labels, titles, names of sheets, roles beside partners."""

from __future__ import annotations

import pytest
from drawn import meanings, plan, texts


def test_a_labelled_section_is_a_column() -> None:
    found = plan("Projekt | Partner\nTräger: AWO |\nChor | Kita Sonne\nTräger: SV Ost |\nBoxen | Schule Nord")
    assert meanings(found) == ["project.name", "link:partner", "link:traeger"]
    assert [row[2] for row in texts(found)] == ["AWO", "SV Ost"]


def test_a_title_over_repeated_headings_names_the_project_of_a_table_of_roles() -> None:
    found = plan("Projekt 1: Chor |\nAkteur | Rolle\nAWO | Träger\n|\nProjekt 2: Boxen |\nAkteur | Rolle\nSV | Träger")
    assert (found.kind, texts(found)) == ("involvement", [["AWO", "Träger", "Chor"], ["SV", "Träger", "Boxen"]])


def test_the_role_beside_each_partner_is_said_of_that_partner() -> None:
    found = plan(
        "Projekt | Partner 1 | Rolle Partner 1 | Partner 2 | Rolle Partner 2\n"
        "Chor | AWO | Förderer | Kita | stellt Raum"
    )
    assert texts(found) == [["Chor", "AWO (Förderer)", "Kita (stellt Raum)"]]


@pytest.mark.parametrize(
    ("title", "network"),
    [
        ("Mitglieder des Bildungsverbundes Nord", "Bildungsverbund Nord"),
        ("Mitglieder des Runden Tisches", "Runder Tisch"),
        ("Mitglieder der Lenkungsgruppe (Stand 2022)", "Lenkungsgruppe"),
        ("Stadtteilrunde West: Mitglieder und Anwesenheit 2023", "Stadtteilrunde West"),
    ],
)
def test_the_network_of_a_list_of_members_loses_its_genitive_and_its_date(title: str, network: str) -> None:
    found = plan(f"{title}\nEinrichtung | seit\nKita Sonne | 2019\nSV Ost | 2020\nBürgerhaus | 2021")
    assert {row[-1] for row in texts(found)} == {network}


def test_a_column_without_a_heading_goes_on_with_the_partners_left_of_it() -> None:
    found = plan(
        "Projekt | Partner | | Jahr\nChor | Kita Sonne | Schule Nord | 2020\nBoxen | SV Ost | Kita Mond | 2021"
    )
    assert meanings(found) == ["project.name", "link:partner", "link:partner", "project.period"]


def test_wishes_are_no_links() -> None:
    found = plan(
        "Einrichtung | Kooperationspartner | Gewünschte Kooperationspartner\nKita Sonne | Schule Nord | SV Ost e.V."
    )
    assert meanings(found) == ["actor.name", "link:tie", "actor.note"]
