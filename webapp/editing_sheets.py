"""A form on its way to a person and back: what was typed, what is wrong with it, what others did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import request

from graph import editing
from webapp import current
from webapp import editing_words as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.changes import Change
    from graph.editing import Companion, FormField, Problem
    from graph.errors import EditConflict, Invalid


@dataclass
class Sheet:
    """A form as it goes to a person: with what was typed, what is wrong with it and what others did meanwhile.

    Attributes:
        form: the fields. texts: what stands in them. more: names of fields with one more spare row.
        version: the data version it is compared with when it is saved; None for the one it is drawn at.
        pairs: links to be added, as `graph.editing.save` takes them.
        problems: field name ("" for the whole) → sentences, with the problem where there are entries to choose from.
        conflicts: field name → what others changed. by: who did, and when.
        asks: the only thing wrong is that there are entries of that name already ("alike"), or that a free text says
            how to reach somebody ("personal"); "" if other things are wrong.
    """

    form: editing.Form
    texts: Mapping[str, Sequence[str]]
    version: int | None = None
    more: frozenset[str] = frozenset()
    pairs: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    problems: dict[str, list[tuple[str, Problem | None]]] = field(default_factory=dict)
    conflicts: Mapping[str, editing.Disagreement] = field(default_factory=dict)
    by: Sequence[Change] = ()
    asks: str = ""
    gone: bool = False

    def rows(self, one: FormField) -> list[str]:
        """The texts of a field's rows: those typed, and an empty one where there may be more."""
        typed = [text for text in self.texts.get(one.field.name, ()) if text.strip()]
        spare = one.field.many or not typed
        return typed + [""] * (spare + (one.field.name in self.more))

    def lines(self, one: Companion) -> list[tuple[str, str]]:
        """The lines for links to be added: those begun, and empty ones."""
        begun = [pair for pair in self.pairs.get(one.kind.name, ()) if any(pair)]
        return begun + [("", "")] * (1 + (one.key in self.more) + (not begun))


def typed(form: editing.Form, kind: str, slug: str | None) -> Iterator[tuple[str, list[str]]]:
    """The texts of each field, with entries picked from a list in place of what was typed, and others' words taken."""
    sent = request.form
    theirs = None
    for one in form.fields:
        name = one.field.name
        picked = _picked(name)
        texts = [picked.get(text, text) for text in sent.getlist(name)]
        if sent.get(f"take:{name}") == "theirs" and slug:
            theirs = theirs or editing.form(current.store(), kind, slug, language=current.language()).texts
            texts = list(theirs[name])
        yield name, texts


def paired(kind: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What was typed into the lines for links to be added."""
    for one in editing.companions(kind):
        marks, others = (request.form.getlist(f"{one.key}.{part}") for part in ("choice", "other"))
        picked = _picked(one.key)
        yield one.kind.name, [(mark, picked.get(other, other)) for mark, other in zip(marks, others, strict=False)]


def _picked(name: str) -> dict[str, str]:
    """Typed text → the entry chosen for it from a list."""
    start = f"pick:{name}:"
    return {key.removeprefix(start): text for key, text in request.form.items() if key.startswith(start)}


def again(kind: str, slug: str | None, texts: Mapping[str, Sequence[str]], **more: Any) -> Sheet:
    """The form again, as it was typed; still to be compared with what it was first drawn from."""
    form = editing.form(current.store(), kind, slug, language=current.language())
    return Sheet(form, texts, **({"version": drawn_at()} | more))


def drawn_at() -> int | None:
    """The data version the form was drawn at, as it says itself; None if it does not."""
    version = request.form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def refused(sheet: Sheet, problems: Sequence[Problem]) -> Sheet:
    """What could not be read, beside its field."""
    for one in problems:
        sheet.problems.setdefault(one.field, []).append((words.unreadable(one), one))
    return sheet


def forbidden(sheet: Sheet, error: Invalid, slug: str | None) -> Sheet:
    """What the shapes say, beside its field; a rule about the period beside its end."""
    kind = sheet.form.kind
    known = {one.name for one in kind.fields}
    end_field = editing.end_field(kind)
    for finding in error.findings:
        own = finding.entry.removeprefix(current.store().base_iri).startswith(f"{kind.segment}/{slug or ''}")
        name = finding.field if own and finding.field in known else ""
        if own and not finding.field and finding.value and end_field:
            name = end_field.name
        sentence = words.forbidden(finding)
        sheet.problems.setdefault(name, []).append((sentence if own else f"{finding.label}: {sentence}", None))
    return sheet


def conflicted(kind: str, slug: str | None, error: EditConflict, **more: Any) -> Sheet:
    """Both versions of the fields that two people changed; an entry that is gone comes back as a new one."""
    if not error.fields:
        return again(kind, None, error.texts, gone=True, **more)
    drawn = drawn_at()
    by = editing.who_changed(current.store(), kind, slug or "", error.version if drawn is None else drawn)
    more |= {"conflicts": {one.field: one for one in error.fields}, "by": by, "version": error.version}
    return again(kind, slug, error.texts, **more)
