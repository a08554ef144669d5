"""The Pankstraße records as if a stranger brought them: every id replaced by the name, or left out.

The records are not part of the repository; they are read where they lie beside it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "pankstrasse"
TABLES = {
    "actors": {"parent_id": "parent", "place_id": "place"},
    "places": {},
    "projects": {"place_ids": "places"},
    "participation": {"project_id": "project", "actor_id": "actor"},
    "ties": {"actor_a": "actor_a", "actor_b": "actor_b"},
    "events": {"place_id": "place", "organiser_ids": "organisers", "participant_ids": "participants"},
}
"""The tables and their columns of ids, with the heading the names get."""

PAYERS = {"Lotto-Stiftung": "lotto-stiftung"}
"""Funds that mean a body of another name."""

Rows = list[dict[str, str]]


def write(folder: Path) -> tuple[list[Path], dict[str, list[dict[str, Any]]]]:
    """Write the tables without ids into a folder; returns their paths and the true answers."""
    tables = {name: _records(name) for name in TABLES}
    names = {row["id"]: row["name"] for rows in tables.values() for row in rows if "id" in row}
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([TABLES[name].get(heading, heading) for heading in rows[0] if heading != "id"])
            for row in rows:
                cells = {key: _named(cell, names) if key in TABLES[name] else cell for key, cell in row.items()}
                writer.writerow([cell for key, cell in cells.items() if key != "id"])
    return [folder / f"{name}.csv" for name in tables], _truth(tables)


def _records(name: str) -> Rows:
    with (RECORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named(cell: str, names: dict[str, str]) -> str:
    return ";".join(names[one] for one in cell.split(";") if one)


def _truth(tables: dict[str, Rows]) -> dict[str, list[dict[str, Any]]]:
    entities = {
        row["id"]: {"key": row["id"], "class": _class(name, row), "spellings": _spellings(row)}
        for name, rows in tables.items()
        for row in rows
        if "id" in row
    }

    links = {(row["actor_id"], row["project_id"], row["role"]) for row in tables["participation"]}
    for row in tables["events"]:
        links |= {(one, row["id"], "veranstalter") for one in row["organiser_ids"].split(";") if one}
        links |= {(one, row["id"], "teilnahme") for one in row["participant_ids"].split(";") if one}
    for row in tables["ties"]:
        member = row["relation"] == "mitglied_von"
        # Money for a programme is a funding, what somebody is a member of has members: there are no such ties.
        funds = row["relation"] == "finanziert" and entities[row["actor_b"]]["class"] == "pn:Programme"
        role = "mitglied" if member else "foerderer" if funds else row["relation"].replace("_", "-")
        links.add((row["actor_a"], row["actor_b"], role))
    for row in tables["projects"]:
        links |= {(_fund(fund, entities), row["id"], "foerderer") for fund in row["fund"].split(";") if fund}
    return {
        "entities": list(entities.values()),
        "links": [dict(zip(("from", "to", "role"), link, strict=True)) for link in sorted(links)],
    }


def _spellings(row: dict[str, str]) -> list[str]:
    return [text for text in (row["name"], row.get("short_name", ""), *row.get("aliases", "").split(";")) if text]


def _class(table: str, row: dict[str, str]) -> str:
    if table == "actors":
        kind, sector = row["kind"], row["sector"]
        if kind == "Förderprogramm":
            return "pn:Programme"
        return "pn:Network" if sector == "netzwerk" else "pn:Agency" if sector == "verwaltung" else "pn:Actor"
    return {"places": "pn:Place", "projects": "pn:Project", "events": "pn:Event"}[table]


def _fund(name: str, entities: dict[str, dict[str, Any]]) -> str:
    """The programme of that name, else a new one."""
    known = (
        key for key, entity in entities.items() if entity["class"] == "pn:Programme" and name in entity["spellings"]
    )
    key = PAYERS.get(name) or next(known, f"fund-{name}")
    entities.setdefault(key, {"key": key, "class": "pn:Programme", "spellings": [name]})
    return key
