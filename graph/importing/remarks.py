"""Links in remarks: "in Koop. mit Klinke e.V.", "Träger ab 2020: casa e.V.", "finanziert durch die Sparkasse"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.names import read_names
from graph.importing.passages import role_of, role_passages
from graph.importing.seams import has_head
from graph.importing.values import looks_like_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.importing.names import Name

_LONGEST: Final = 400
"""Letters of a remark that is read; longer texts tell stories."""
_UNSURE: Final = re.compile(
    r"(?i)\b(?:geplant|angefragt|gewünscht|abgesagt|nicht|kein\w*|ohne|statt|evtl|eventuell|vielleicht|ggf|möglich\w*|soll\w*|"
    r"gesucht|offen|noch zu|ehemals|bisher|prüfen|klären|anfragen|fragen|\?)(?!\w)|\?"
)
"""What makes a remark a plan, a wish, a question or a denial."""
_WHEN: Final = re.compile(
    r"\b(?:ab|seit|bis|in|von|vom)\s+(?:\d{1,2}[./])*(?:19|20)\d\d\s*(?=:)|\b(?:19|20)\d\d\s*(?=:)"
)
_DIVIDED: Final = re.compile(r"[;\n]|\.\s+(?=[A-ZÄÖÜ])")


def linked(text: str, known: Callable[[str], bool]) -> Iterator[Name]:
    """The bodies to which a remark gives a role in so many words.

    Only what is known as a body, or reads like one, is taken; a remark that plans, asks or denies gives nobody a role.

    Args:
        text: the remark.
        known: whether a text is a name as it stands.
    """
    if len(text) > _LONGEST:
        return
    for sentence in _DIVIDED.split(text):
        plain = _WHEN.sub("", sentence).replace(" :", ":")
        if not sentence.strip() or _UNSURE.search(sentence):
            continue
        for passage in role_passages(plain, known):
            if passage.role and not role_of(passage.text):
                for name in read_names(passage.text, known).names:
                    if known(name.text) or (
                        (has_head(name.text) or looks_like_body(name.text)) and _is_name(name.text)
                    ):
                        yield replace(name, role=name.role or passage.role, span=(0, 0))


def _is_name(text: str) -> bool:
    """Whether a text is short and begins like a name: "Klinke e.V.", not "der Verein im Haus nebenan"."""
    return len(text.split()) <= 7 and text[:1].isupper()
