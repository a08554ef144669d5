"""What offices drawn by chance hold: bodies, projects and networks with names from `vocabulary.toml`."""

# ruff: noqa: E501  # a list of choices is one line; chance that draws lists keeps no secret

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
ROLES = ("traeger", "partner", "foerderer")
_PREFIX = {"agency": "b.", "programme": "g."}


@dataclass
class Body:
    """A body, programme or network: its key, its names, the first of them the full one."""

    key: str
    names: list[str]
    short: str = ""


@dataclass
class Project:
    """A project with its bodies by role."""

    key: str
    name: str
    bodies: dict[str, list[Body]]
    start: int
    years: int
    field: str


@dataclass
class Office:
    """What is drawn, and the choices made on the way, by which failures are ranked."""

    chance: random.Random
    town: str
    quarter: str
    bodies: list[Body] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    networks: list[tuple[Body, list[Body]]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    glue: str = "; "
    variants: float = 0.0
    said: list[tuple[str, str, str]] = field(default_factory=list)

    def heading(self, what: str) -> str:
        """A heading for a kind of column."""
        found = self.chance.choice(WORDS["headings"][what])
        self.tags[f"{what}: {found}"] = what
        return found

    def called(self, body: Body) -> str:
        """The body as a cell names it, marked."""
        name = body.names[0]
        if len(body.names) > 1 and self.chance.random() < self.variants:
            name = self.chance.choice(body.names[1:])
        return f"{{{name}={body.key}}}"

    def cell(self, bodies: Iterable[Body]) -> str:
        """Several bodies in one cell."""
        names = [self.called(body) for body in bodies]
        glue = self.glue
        text = "".join(names)
        if glue == ", und" and len(names) > 1:
            return f"{', '.join(names[:-1])} und {names[-1]}" if not re.search(r",| und ", text) else "; ".join(names)
        if glue.strip() and glue.strip() in text:
            glue = "; "
        return glue.join(names)

    def true(self, subject: str, role: str, body: Body) -> None:
        """A link that what is written says."""
        self.said.append((subject, role, body.key))


def office(chance: random.Random) -> Office:
    """Draw an office with its bodies, projects and networks."""
    found = Office(chance, chance.choice(WORDS["towns"]), chance.choice(WORDS["quarters"]))
    found.glue = chance.choice((", ", "; ", "\n", " / ", " + ", ", und", ",", ";", "; ", ", ", " & ", "\n- "))
    found.tags[f"glue: {found.glue!r}"] = "glue"
    _people(found)
    _draw_projects(found)
    _draw_networks(found)
    return found


def _fill(office: Office, pattern: str) -> str:
    chance = office.chance
    pick = {
        "town": office.town, "quarter": office.quarter, "street": chance.choice(WORDS["streets"]).replace("-", " "),
        "surname": chance.choice(WORDS["surnames"]), "owner": chance.choice(WORDS["owners"]), "owner2": chance.choice(WORDS["owners"]),
        "saint": chance.choice(WORDS["saints"]), "fancy": chance.choice(WORDS["fancy"]).replace("-", " "), "origin": chance.choice(WORDS["origins"]),
        "topic": chance.choice(WORDS["topics"]), "topic2": chance.choice(WORDS["topics"]), "what": chance.choice(WORDS["whats"]),
        "whats": chance.choice(WORDS["plurals"]), "verb": chance.choice(WORDS["verbs"]).replace("-", " "), "verb2": chance.choice(WORDS["verbs"][:7]).title(),
        "fancy2": chance.choice(WORDS["shine"]).replace("-", " "),
    }  # fmt: skip
    return pattern.format(**pick)


def _variants(name: str) -> list[str]:
    """Other ways to write a name that still mean the same body to any reader."""
    found = []
    bare = re.sub(r",? (e\. ?V\.|gGmbH|GmbH|eG|AG|mbH)$", "", name)
    if bare != name:
        found.append(bare)
        found.append(f"{bare} {'e.V.' if name.endswith('e. V.') else 'e. V.'}" if "V." in name else bare)
    elif any(word in name for word in ("verein ", "club ", "initiative ")):
        found.append(f"{name} e.V.")
    for long, short in (
        ("Evangelische", "Ev."),
        ("Kreisverband", "KV"),
        ("straße", "str."),
        ("Kindertagesstätte", "Kita"),
        ("Ev. ", "Evang. "),
    ):
        if long in name:
            found.append(name.replace(long, short, 1))
    return found


def _people(office: Office) -> None:
    chance, seen = office.chance, set()
    patterns = [(kind, one) for kind, many in WORDS["bodies"].items() for one in many]
    patterns += [("funder", one) for one in WORDS["funders"]] + [("programme", one) for one in WORDS["programmes"]]
    office.variants = chance.choice((0.0, 0.1, 0.3))
    for kind, pattern in chance.sample(patterns, min(len(patterns), chance.choice((25, 40, 70)))):
        name = _fill(office, pattern)
        # What differs by nothing but its form or town might be one body to a careful reader: drawn once only.
        plain = re.sub(r"[^a-zäöüß]|eV|stiftung|stadt", "", name.casefold())
        if plain in seen or any(plain in other or other in plain for other in seen):
            continue
        seen.add(plain)
        kind_key = _PREFIX.get(kind, "b." if re.search(r"amt$|^Stadt |^Landkreis|^Bundes|minister", name) else "")
        office.bodies.append(Body(f"{kind_key}x{len(office.bodies)}{kind}", [name, *_variants(name)]))
    if chance.random() < 0.3:
        office.tags["directory"] = "directory"
        used = set()
        for body in office.bodies:
            short = "".join(word[0] for word in re.findall(r"[A-ZÄÖÜ]\w+", body.names[0]))
            if len(short) > 2 and short not in used and chance.random() < 0.6:
                used.add(short)
                body.short = short
                body.names.append(short)


def _draw_projects(office: Office) -> None:
    chance, seen = office.chance, set()
    payers = [
        body for body in office.bodies if "funder" in body.key or body.key.startswith(("g.", "b."))
    ] or office.bodies[:3]
    doers = [body for body in office.bodies if not body.key.startswith("g.") and "funder" not in body.key]
    for _ in range(chance.choice((6, 12, 25, 40))):
        name = _fill(office, chance.choice(WORDS["projects"]))
        name = name[0].upper() + name[1:]
        plain = re.sub(r"[^a-zäöüß]", "", name.casefold())
        if plain in seen or any(plain in other or other in plain for other in seen):
            continue
        seen.add(plain)
        chosen = chance.sample(doers, min(len(doers), chance.choice((1, 2, 2, 3, 4, 5))))
        carriers = 2 if len(chosen) > 2 and chance.random() < 0.08 else 1
        givers = [
            one for one in chance.sample(payers, min(len(payers), chance.choice((0, 1, 1, 1, 2)))) if one not in chosen
        ]
        bodies = {"traeger": chosen[:carriers], "partner": chosen[carriers:], "foerderer": givers}
        office.projects.append(
            Project(
                f"p.{len(seen)}",
                name,
                bodies,
                chance.randrange(2012, 2025),
                chance.randrange(4),
                chance.choice(WORDS["fields"]),
            )
        )


def _draw_networks(office: Office) -> None:
    chance, seen = office.chance, set()
    doers = [body for body in office.bodies if not body.key.startswith("g.") and "funder" not in body.key]
    for pattern in chance.sample(WORDS["networks"], chance.choice((2, 3, 5))):
        name = _fill(office, pattern)
        if name not in seen:
            seen.add(name)
            members = chance.sample(doers, min(len(doers), chance.randrange(2, 8)))
            office.networks.append((Body(f"n.{len(seen)}", [name]), members))
