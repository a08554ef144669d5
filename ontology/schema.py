"""The shapes as entry types and fields: what forms, import, tables, exports and reference pages are made from."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal as OneOf
from typing import cast

from pyoxigraph import NamedNode

from ontology.concepts import SCHEMES, Choice, concept, concepts
from ontology.packaged import Statements, Term, statements, text_of
from ontology.terms import PN, RDF, RDFS, SH, SKOS, XSD

__all__ = ["Choice", "EntityType", "Field", "concept", "concepts", "entity_types", "group_headings", "names_by_class"]

Severity = OneOf["violation", "warning"]
Holding = OneOf["data", "rounds", "contacts", "history"]
Texts = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One field of an entry: one column of its table, one line of its form.

    Attributes:
        name: short name for code, unique in its entry type, e.g. `short_name`.
        path: IRIs from the entry to the value; two for a value on a node in between (position of a place).
        label: column heading, by language. help: one sentence, by language.
        alternatives: German headings that mean the same in people's spreadsheets.
        order: position in the entry, ascending. group: heading it stands under, by language.
        datatype: IRI of the literal's datatype; None for links and choices. A period's day is `xsd:date`
            with `datatypes` holding `xsd:gYear`, `xsd:gYearMonth` and `xsd:date`, whichever is as exact as known.
        datatypes: all datatypes a value may have; empty for links and choices.
        language: language tag of the text, or None if it has none.
        links_to: names of the entry types a value may be; empty if it is no link.
        scheme: name of the list the value is chosen from, or None.
        choices: what may be chosen, in order: concepts of the list, or classes of the field `type`.
        required: at least one value. many: more than one value is allowed.
        severity: what a broken rule means: a violation stops a save. message: what people read then, by language.
    """

    name: str
    path: tuple[str, ...]
    label: Texts = field(hash=False)
    help: Texts = field(hash=False)
    alternatives: tuple[str, ...]
    order: float
    group: Texts = field(hash=False)
    datatype: str | None
    datatypes: tuple[str, ...]
    language: str | None
    links_to: tuple[str, ...]
    scheme: str | None
    choices: tuple[Choice, ...]
    required: bool
    many: bool
    severity: Severity
    message: Texts = field(hash=False)


@dataclass(frozen=True)
class EntityType:
    """One kind of entry: one table, one list, one form.

    Attributes:
        name: short name, e.g. `actor`; also the segment of its entries' IRIs.
        plural: name of its table and list, e.g. `actors`.
        segment: part of the IRI between base and slug, e.g. `actor`.
        classes: IRIs an entry may have as its class, the usual one first.
        label, plural_label, help: what people read, by language.
        fields: in order; the slug (`Kennung`) is no field.
        graph: where entries are kept.
    """

    name: str
    plural: str
    segment: str
    classes: tuple[str, ...]
    label: Texts = field(hash=False)
    plural_label: Texts = field(hash=False)
    help: Texts = field(hash=False)
    fields: tuple[Field, ...]
    graph: Holding

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: the entry type has no such field.
        """
        return self.by_name[name]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names, in order."""
        return {field.name: field for field in self.fields}


@cache
def entity_types() -> dict[str, EntityType]:
    """All entry types by name, in their order."""
    shapes = statements("shapes")
    nodes = [node for node in shapes.subjects(RDF.type, NamedNode(SH.NodeShape)) if shapes.text(node, PN.entryType)]
    nodes.sort(key=lambda node: _number(shapes, node))
    types = (_entity_type(shapes, node) for node in nodes)
    return {entity_type.name: entity_type for entity_type in types}


@cache
def group_headings() -> tuple[Texts, ...]:
    """The headings fields stand under, by language, in their order."""
    shapes = statements("shapes")
    groups = sorted(shapes.subjects(RDF.type, NamedNode(SH.PropertyGroup)), key=lambda node: _number(shapes, node))
    return tuple(shapes.texts(node, RDFS.label) for node in groups)


@cache
def names_by_class() -> dict[str, str]:
    """The name of the entry type by class IRI, general classes (`pn:Statement`) included."""
    shapes = statements("shapes")
    return {
        text_of(target): text_of(name)
        for node in shapes.subjects(RDF.type, NamedNode(SH.NodeShape))
        for name in shapes.objects(node, PN.entryType)
        for target in shapes.objects(node, SH.targetClass)
    }


def _entity_type(shapes: Statements, node: Term) -> EntityType:
    properties = [shape for shape in shapes.objects(node, SH.property) if shapes.text(shape, PN.fieldName)]
    fields = sorted((_field(shapes, shape) for shape in properties), key=lambda field: field.order)
    by_type = next((field for field in fields if field.path == (RDF.type,)), None)
    targets = tuple(text_of(target) for target in shapes.objects(node, SH.targetClass))
    name = shapes.text(node, PN.entryType) or ""
    return EntityType(
        name=name,
        plural=shapes.text(node, PN.tableName) or "",
        segment=name,
        classes=tuple(choice.iri for choice in by_type.choices) if by_type else targets,
        label=shapes.texts(node, RDFS.label),
        plural_label=shapes.texts(node, PN.pluralLabel),
        help=shapes.texts(node, RDFS.comment),
        fields=tuple(fields),
        graph=cast("Holding", shapes.text(node, PN.storedIn)),
    )


def _field(shapes: Statements, shape: Term) -> Field:
    path = shapes.objects(shape, SH.path)[0]
    datatypes = tuple(_values(shapes, shape, SH.datatype))
    scheme = _scheme(shapes, shape)
    language_shape = shapes.objects(shape, SH.qualifiedValueShape)
    languages = shapes.objects(language_shape[0], SH.languageIn) if language_shape else []
    counts = {name: shapes.text(shape, SH[name]) for name in _COUNTS}
    group = shapes.objects(shape, SH.group)
    return Field(
        name=shapes.text(shape, PN.fieldName) or "",
        path=tuple(text_of(step) for step in shapes.items(path)) or (text_of(path),),
        label=shapes.texts(shape, SH.name),
        help=shapes.texts(shape, SH.description),
        alternatives=tuple(text_of(spelling) for spelling in shapes.objects(shape, SKOS.altLabel)),
        order=_number(shapes, shape),
        group=shapes.texts(group[0], RDFS.label) if group else {},
        datatype=XSD.date if XSD.date in datatypes else next(iter(datatypes), None),
        datatypes=datatypes,
        language=text_of(shapes.items(languages[0])[0]) if languages else None,
        links_to=tuple(names_by_class()[iri] for iri in _values(shapes, shape, SH["class"])),
        scheme=scheme,
        choices=concepts(scheme) if scheme else _classes(shapes, shape),
        required=(counts["minCount"] or "0", counts["qualifiedMinCount"] or "0") != ("0", "0"),
        many=counts["maxCount"] is None and counts["qualifiedMaxCount"] is None,
        severity="warning" if shapes.text(shape, SH.severity) == SH.Warning else "violation",
        message=shapes.texts(shape, SH.message),
    )


_COUNTS = ("minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount")


def _values(shapes: Statements, shape: Term, predicate: str) -> list[str]:
    """The values of a constraint on the shape itself or, one of several, on the shape its values must have."""
    own = shapes.objects(shape, predicate)
    for node in shapes.objects(shape, SH.node):
        for alternatives in shapes.objects(node, SH["or"]):
            own = own + [value for item in shapes.items(alternatives) for value in shapes.objects(item, predicate)]
    return [text_of(value) for value in own]


def _scheme(shapes: Statements, shape: Term) -> str | None:
    """The list that the values must be in: the shape of the values asks for `skos:inScheme` of it."""
    for node in shapes.objects(shape, SH.node):
        for rule in shapes.objects(node, SH.property):
            for scheme in shapes.objects(rule, SH.hasValue):
                return text_of(scheme).removeprefix(SCHEMES)
    return None


def _classes(shapes: Statements, shape: Term) -> tuple[Choice, ...]:
    """The classes an entry may have, from `sh:in`, with the labels and definitions of the vocabulary."""
    vocabulary = statements("pankenetz")
    return tuple(
        Choice(
            iri=text_of(node),
            slug=text_of(node).removeprefix(str(PN)).lower(),
            label=vocabulary.texts(node, RDFS.label),
            definition=vocabulary.texts(node, SKOS.definition),
        )
        for head in shapes.objects(shape, SH["in"])
        for node in shapes.items(head)
    )


def _number(shapes: Statements, node: Term) -> float:
    return float(shapes.text(node, SH.order) or 0)
