"""Files that speak our own terms: RDF, and tables in which each row has its `Kennung`. They are taken as they are."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph.entries import KEY, importable
from graph.errors import BadCell, BadFile
from graph.importing import further, tables
from graph.importing.facts import Problem, Spot
from graph.importing.quads import Writer
from ontology.schema import entity_types, names_by_class
from ontology.terms import ORG, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.importing.grids import Sheet
    from graph.store import Store

RDF_FILES: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_ENDS: Final = {
    PN.Involvement: ((PN.actor,), (PN["in"],), PN.role),
    PN.Funding: ((PN.programme, PN.payer), (PN.project, PN.programme), ""),
    PN.Membership: ((ORG.member,), (ORG.organization,), ""),
    PN.Tie: ((PN["from"],), (PN.to,), PN.kind),
}
"""Where a link begins, where it ends and what says its role; the first that is there."""
_TYPE: Final = ox.NamedNode(RDF.type)
_FIXED_ROLES: Final = {PN.Funding: "foerderer", PN.Membership: "mitglied"}
_ENTITIES: Final = ("actor", "programme", "place", "project", "event")
_VOCABULARIES: Final = (
    "http://www.w3.org/",
    "https://schema.org/",
    "http://purl.org/dc/",
    "http://www.opengis.net/",
    str(PN),
)


@dataclass
class Given:
    """What such files say.

    Attributes:
        quads: all of it, each in the graph it goes to.
        replaced: what the store says of the rows of tables now, which they replace.
        entities, links: as `import --format json` prints them.
    """

    quads: set[ox.Quad] = field(default_factory=set)
    replaced: set[ox.Quad] = field(default_factory=set)
    entities: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)


def is_known(path: Path) -> bool:
    """Whether a file speaks our own terms by its ending: RDF, and archives of our tables."""
    suffix = path.suffix.lower()
    return suffix in RDF_FILES or (suffix == ".zip" and zipfile.is_zipfile(path))


def is_ours(pages: Sequence[Sheet]) -> bool:
    """Whether a workbook speaks our own terms: every row of every sheet has a `Kennung`."""
    names = {name for kind in importable().values() for name in (kind.plural, kind.plural_label["de"])}
    filled = [sheet for sheet in pages if any(cell.text for row in sheet.rows for cell in row)]
    if any(sheet.name == further.TITLE for sheet in filled):
        return True
    return bool(filled) and all(
        sheet.name in names
        and sheet.rows[0][0].text == KEY
        and all(row[0].text for row in sheet.rows if any(cell.text for cell in row))
        for sheet in filled
    )


def read(store: Store, paths: Sequence[Path], source: str, problems: list[Problem]) -> Given:
    """Read such files.

    Args:
        store: where they would go.
        paths: the files.
        source: name of the data graph for what names no graph of ours.
        problems: what a person should look at is added.

    Raises:
        BadCell: a line cannot be read, or a cell does not fit its column.
        BadFile: the file cannot be opened.
    """
    given = Given()
    for path in paths:
        if path.suffix.lower() in RDF_FILES:
            quads = set(placed(store, _parsed(store, path), source, path.name, problems))
        else:
            writer = Writer(store, tables.rows(path), source)
            rest = (ox.Quad(*triple) for triple in tables.statements(path))
            quads = writer.quads() | set(placed(store, rest, source, path.name, problems))
            given.replaced |= set(writer.replaced())
        _report_foreign(path, quads, problems)
        given.quads |= quads
    _describe(store, given)
    return given


def placed(
    store: Store, quads: Iterable[ox.Quad], source: str, file: str, problems: list[Problem]
) -> Iterator[ox.Quad]:
    """The quads of a file, each in a graph of ours.

    Those in a data graph or among the rounds stay there. All others go where their entry belongs by its class: to the
    rounds (what an IHEK says, suggestions, decisions), else to the data graph of the source. What nobody may bring is
    left out and said: contacts, history, ontology, what rules derive.
    """
    graphs, every = store.graphs, list(quads)
    homes = {"rounds": graphs.rounds, "contacts": graphs.contacts, "history": graphs.history}
    home = {
        quad.subject: homes[entity_types()[kind].graph]
        for quad in every
        if quad.predicate == _TYPE
        and (kind := names_by_class().get(_value(quad.object)))
        and entity_types()[kind].graph in homes
    }
    kept_out = {graphs.ontology, graphs.derived, graphs.history, graphs.contacts}
    refused: Counter[str] = Counter()
    quoted = 0
    for quad in every:
        name, belongs = quad.graph_name, home.get(quad.subject, graphs.data(source))
        if isinstance(quad.object, ox.Triple):
            quoted += 1
        elif name in kept_out or belongs in kept_out:
            refused[_value(name if name in kept_out else belongs)] += 1
        elif name == graphs.rounds or _value(name).startswith(graphs.data("").value):
            yield quad
        else:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, belongs)
    if quoted:
        problems.append(Problem(Spot(file), "warning", "statements about statements", {"count": quoted}))
    for graph, count in sorted(refused.items()):
        problems.append(Problem(Spot(file), "warning", "graph kept out", {"graph": graph, "count": count}))


def _parsed(store: Store, path: Path) -> Iterable[ox.Quad]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(path.name, "missing") from error
    except OSError as error:
        raise BadFile(path.name, "unreadable", str(error)) from error
    if not content.strip():
        raise BadFile(path.name, "empty")
    try:
        return list(ox.parse(content, RDF_FILES[path.suffix.lower()], base_iri=store.base_iri))
    except SyntaxError as error:
        raise BadCell(
            "syntax", f"{path.name}:{error.lineno}", file=path.name, row=error.lineno or 0, value=error.msg
        ) from error
    except ValueError as error:
        raise BadFile(path.name, "broken", str(error)) from error
    except MemoryError as error:  # a single text of more than 16 MB
        raise BadFile(path.name, "too big", str(error)) from error


def _report_foreign(path: Path, quads: set[ox.Quad], problems: list[Problem]) -> None:
    """Predicates nobody here knows are kept, and said."""
    foreign = Counter(quad.predicate.value for quad in quads if not quad.predicate.value.startswith(_VOCABULARIES))
    for predicate, count in sorted(foreign.items()):
        problems.append(
            Problem(Spot(path.name), "note", "foreign vocabulary", {"predicate": predicate, "count": count})
        )


def _describe(store: Store, given: Given) -> None:
    facts: dict[str, dict[str, list[str]]] = {}
    is_new: dict[str, bool] = {}
    for quad in sorted(given.quads, key=str):
        iri = _value(quad.subject)
        facts.setdefault(iri, {}).setdefault(quad.predicate.value, []).append(_value(quad.object))
        is_new[iri] = is_new.get(iri, False) or quad not in store
    for iri, values in facts.items():
        for class_ in values.get(str(RDF.type), ()):
            if names_by_class().get(class_) in _ENTITIES:
                given.entities.append(_entity(iri, class_, values, _action(store, iri, is_new[iri])))
            elif class_ in _ENDS:
                given.links.extend(_link(class_, values))


def _action(store: Store, iri: str, is_new: bool) -> str:
    """What taking over does to an entry: "add", "change" or "same"."""
    return "same" if not is_new else "change" if any(store.quads(ox.NamedNode(iri))) else "add"


def _entity(iri: str, class_: str, values: dict[str, list[str]], action: str) -> dict[str, Any]:
    names = [name for path in (SKOS.prefLabel, PN.shortName, SKOS.altLabel) for name in values.get(str(path), ())]
    label = next(iter(names), iri.rpartition("/")[2])
    return {
        "iri": iri,
        "class": f"pn:{class_.removeprefix(str(PN))}",
        "label": label,
        "spellings": sorted(set(names)),
        "action": action,
    }


def _link(class_: str, values: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    starts, ends, role = _ENDS[class_]
    found = [next((value for path in paths for value in values.get(str(path), ())), "") for paths in (starts, ends)]
    start, end = (next(iter(values.get(str(path), ())), "") for path in (SCHEMA.startDate, SCHEMA.endDate))
    slug = next(iter(values.get(str(role), ())), "").rpartition("/")[2] if role else _FIXED_ROLES[class_]
    if all(found):
        yield {
            "class": f"pn:{class_.removeprefix(str(PN))}",
            "from": found[0],
            "to": found[1],
            "role": slug,
            "start": start,
            "end": end,
            "cell": "",
        }


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
