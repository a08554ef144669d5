"""What the shapes would like to know of an entry without insisting: their rules of severity "warning"."""

import dataclasses
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from ontology.packaged import Statements, Term, statements, text_of
from ontology.schema import Texts, entity_types
from ontology.terms import PN, SH


@dataclass(frozen=True)
class Wish:
    """One rule: entries of these classes should have a value by one of these ways.

    Attributes:
        kind: the entry type's name. name: the rule's own name, unique: "actor-lacks-place" or, shared by many
            types, "evidence".
        classes: IRIs of the classes it speaks of.
        ways: paths from the entry to a value, one or two IRIs each; () if others should point to the entry.
        pointing: (property that leads to the entry, property of what points, its value), all IRIs; None with `ways`.
        field: name of the field to fill in; "" if others should point to the entry.
        label: what is missing. message: the sentence about it. Both by language.
    """

    kind: str
    name: str
    classes: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    pointing: tuple[str, str, str] | None
    field: str
    label: Texts = dataclasses.field(hash=False)
    message: Texts = dataclasses.field(hash=False)


@cache
def wishes() -> tuple[Wish, ...]:
    """All of them, by entry type in the order of the types, then as in the shapes.

    Raises:
        ValueError: a rule of severity "warning" says something else than that a value is missing.
    """
    shapes = statements("shapes")
    found: list[Wish] = []
    for kind in entity_types().values():
        (node,) = shapes.subjects(PN.entryType, Literal(kind.name))
        rules = (rule for rule in shapes.objects(node, SH.property) if shapes.text(rule, SH.severity) == SH.Warning)
        found.extend(_wish(shapes, kind.name, node, rule) for rule in rules)
    return tuple(found)


def _wish(shapes: Statements, kind: str, node: Term, rule: Term) -> Wish:
    name = text_of(rule).rpartition("#")[2].rpartition("/")[2]
    (path,) = shapes.objects(rule, SH.path)
    pointing = _pointing(shapes, rule, path)
    ways = () if pointing else _ways(shapes, path)
    if not pointing and (shapes.text(rule, SH.minCount) != "1" or not ways):
        raise ValueError(f"{name}: a wish must be that a value is missing")
    by_path = {one.path: one.name for one in entity_types()[kind].fields}
    return Wish(
        kind=kind,
        name=name,
        classes=tuple(text_of(target) for target in shapes.objects(node, SH.targetClass)),
        ways=ways,
        pointing=pointing,
        field=next((by_path[way] for way in ways if way in by_path), ""),
        label=shapes.texts(rule, SH.name),
        message=shapes.texts(rule, SH.message),
    )


def _ways(shapes: Statements, path: Term) -> tuple[tuple[str, ...], ...]:
    if isinstance(path, NamedNode):
        return ((path.value,),)
    if steps := shapes.items(path):
        return (tuple(text_of(step) for step in steps),)
    return tuple((text_of(way),) for head in shapes.objects(path, SH.alternativePath) for way in shapes.items(head))


def _pointing(shapes: Statements, rule: Term, path: Term) -> tuple[str, str, str] | None:
    for inverse in shapes.objects(path, SH.inversePath):
        (wanted,) = shapes.objects(rule, SH.qualifiedValueShape)
        (inner,) = shapes.objects(wanted, SH.property)
        return text_of(inverse), shapes.text(inner, SH.path) or "", shapes.text(inner, SH.hasValue) or ""
    return None
