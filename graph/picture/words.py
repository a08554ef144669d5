"""What a picture says in words, in German and English: kinds of connections, and the sentence beside the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS
from ontology.schema import concepts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.picture.view import Edge, View

_RELATIONS = {
    "involvement": {"de": "beteiligt", "en": "takes part"},
    "membership": {"de": "Mitglied", "en": "member"},
    "tie": {"de": "in Beziehung", "en": "in relation"},
    "declared": {"de": "in Beziehung", "en": "in relation"},
    "funding": {"de": "Förderung", "en": "funding"},
    "site": {"de": "am Ort", "en": "at the place"},
    "field": {"de": "arbeitet in diesem Feld", "en": "works in this field"},
    "parent": {"de": "gehört zu", "en": "belongs to"},
}
_ROLE_SCHEMES = {"involvement": "role", "membership": "role", "tie": "tie-kind", "declared": "tie-kind"}
_SHARED = {
    "de": ("ein gemeinsames Projekt", "%d gemeinsame Projekte"),
    "en": ("one project in common", "%d projects in common"),
}
_THROUGH = {"de": ("über ein Projekt", "über %d Projekte"), "en": ("through one project", "through %d projects")}


def relation(edge: Edge, language: str, *, between_actors: bool = False) -> str:
    """What connects the two ends: a role, a kind of tie, or how many projects."""
    if edge.kind == "shared":
        forms = (_SHARED if between_actors else _THROUGH)[language]
        return _counted(len(edge.via), *forms)
    role = _role(edge.kind, edge.role)
    return (role or _RELATIONS[edge.kind])[language]


def _role(kind: str, slug: str) -> Mapping[str, str]:
    """Name of a role or tie kind by language; empty if the edge has none."""
    if not slug or kind not in _ROLE_SCHEMES:
        return {}
    return next((choice.label for choice in concepts(_ROLE_SCHEMES[kind]) if choice.slug == slug), {})


def heading(view: View, language: str) -> str:
    """What the picture is of, as a title."""
    if not view.focus_label:
        return {"de": "Das Netz im Quartier", "en": "The network of the Quartier"}[language]
    return {"de": f"{view.focus_label} im Netz", "en": f"{view.focus_label} in the network"}[language]


def sentence(view: View, language: str) -> str:
    """What the picture shows, for those who do not see it and those who wonder what they see."""
    if not view.nodes:
        return ""
    parts = [_of_kind(kind, sum(n.kind == kind for n in view.nodes), language) for kind in view.counts]
    kinds = ", ".join(filter(None, parts))
    pairs = len({frozenset((edge.source, edge.target)) for edge in view.edges if edge.counts})
    links = _counted(
        pairs, *{"de": ("eine Verbindung", "%d Verbindungen"), "en": ("one connection", "%d connections")}[language]
    )
    first = _around(view, kinds, links, language) if view.focus else _of_all(view, kinds, links, language)
    more = (
        _since_then(view, language) or _besides(view, language),
        _undated(view, language),
        _of_groups(view, language),
    )
    return " ".join(filter(None, (first, *more)))


def _of_all(view: View, kinds: str, links: str, language: str) -> str:
    busiest = view.listed[0]
    if language == "en":
        return f"The picture shows {kinds}, with {links}. {busiest.label} has the most ({busiest.degree})."
    return f"Das Bild zeigt {kinds}, mit {links}. Die meisten hat {busiest.label} ({busiest.degree})."


def _besides(view: View, language: str) -> str:
    """What is drawn, but does not count: wishes and what did not work out."""
    said = [
        f"{count} {LOOKS[look].word[language]}"
        for look in ("wished", "failed")
        if (count := sum(edge.look == look for edge in view.edges))
    ]
    return {"de": "Dazu: %s.", "en": "Besides: %s."}[language] % ", ".join(said) if said else ""


def _undated(view: View, language: str) -> str:
    """Where years are chosen: how many connections name none, and so belong to every time."""
    count = sum(edge.since is None and edge.until is None for edge in view.edges if edge.counts)
    if not count or not (view.state.since or view.state.until):
        return ""
    if language == "en":
        return _counted(count, "One names no year and is always shown.", "%d name no year and are always shown.")
    return _counted(count, "Eine ist ohne Jahr und immer dabei.", "%d sind ohne Jahr und immer dabei.")


def _of_groups(view: View, language: str) -> str:
    """How many groups there are, and who is in the midst of the biggest."""
    if not view.clusters:
        return ""
    count, biggest = len(view.clusters), view.clusters[0]
    if language == "en":
        groups = _counted(count, "One group does", "%d groups do")
        return f"{groups} much together; the biggest ({len(biggest.members)}) is around {biggest.core}."
    groups = _counted(count, "Eine Gruppe tut", "%d Gruppen tun")
    return f"{groups} viel miteinander; die größte ({len(biggest.members)}) steht um {biggest.core}."


def _since_then(view: View, language: str) -> str:
    """What changed since the round compared with, in connections and in entries."""
    if not view.state.compare:
        return ""
    new, kept, lost = (sum(edge.look == look for edge in view.edges) for look in ("new", "kept", "lost"))
    came, went = (sum(node.change == change for node in view.nodes) for change in ("new", "lost"))
    forms = {"de": ("„%s“ verglichen mit „%s“", "Verglichen mit „%s“"),
             "en": ("“%s” compared with “%s”", "Compared with “%s”")}[language]  # fmt: skip
    rounds = _pair(view, *forms)
    if language == "en":
        return (
            f"{rounds}: {new} connections are new, {kept} were kept, "
            f"{lost} are no longer there; {came} came in, {went} left."
        )
    return (
        f"{rounds}: {new} Verbindungen sind neu, {kept} geblieben, "
        f"{lost} nicht mehr da; {came} kamen dazu, {went} sind nicht mehr dabei."
    )


def _pair(view: View, both: str, one: str) -> str:
    """The round looked at and the one compared with, or that alone."""
    return both % (view.present_label, view.compared_label) if view.present_label else one % view.compared_label


def _around(view: View, kinds: str, links: str, language: str) -> str:
    assert view.focus
    name, near, steps = view.focus.label, view.focus.degree, view.state.steps
    if language == "en":
        first = f"{name} is directly connected with {near} {'other' if near == 1 else 'others'}."
        far = "" if steps == 1 else f" Within {steps} steps: {kinds}, {links}."
        return first + far
    first = f"{name} ist mit {near} {'anderen Eintrag' if near == 1 else 'anderen Einträgen'} direkt verbunden."
    far = "" if steps == 1 else f" In bis zu {steps} Schritten: {kinds}, {links}."
    return first + far


def _of_kind(kind: str, count: int, language: str) -> str:
    if not count:
        return ""
    word = KINDS[kind].word if count == 1 else KINDS[kind].plural
    return f"{count} {word[language].lower() if language == 'en' else word[language]}"


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many % count
