"""Gaps as data: the documents and the table that scripts and spreadsheets read."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.gaps.gap import Gap, Ref, Text
    from graph.gaps.panel import Backtest

COLUMNS = (
    "id",
    "kind",
    "actors",
    "subject",
    "score",
    "strength",
    "patterns",
    "reasons",
    "introducers",
    "cautions",
    "next_step",
    "state",
    "uses",
)
"""Header of the table."""


def as_json(found: Iterable[Gap]) -> list[dict[str, Any]]:
    """One document per gap: sentences in both languages, evidence as IRIs."""
    return [
        {
            "id": gap.id,
            "kind": gap.kind,
            "actors": [_named(ref) for ref in gap.actors],
            "subject": _named(gap.subject) if gap.subject else None,
            "score": round(gap.score, 6),
            "strength": gap.strength,
            "patterns": [_texts(pattern) for pattern in gap.patterns],
            "headline": _texts(gap.headline) if gap.headline else None,
            "reasons": [
                {"kind": reason.kind, "text": _texts(reason.text), "evidence": list(reason.evidence)}
                for reason in gap.reasons
            ],
            "introducers": [_named(ref) for ref in gap.introducers],
            "cautions": [_texts(caution) for caution in gap.cautions],
            "state": gap.state,
            "next_step": _texts(gap.next_step),
            "uses": [_texts(use) for use in gap.uses],
        }
        for gap in found
    ]


def as_csv(found: Iterable[Gap], language: str = "de") -> str:
    """One row per gap below a header, sentences in one language; several values are joined with ` ; `."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for gap in found:
        writer.writerow(_harmless(value) for value in _row(gap, language))
    return text.getvalue()


def backtest_csv(found: Backtest) -> str:
    """One row for each list, method and measure: its value, and how far the true one may lie from it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("list", "method", "measure", "value", "low", "high"))
    for kind, panel in found.as_json().items():
        for method, measures in panel["methods"].items():
            for measure, values in measures.items():
                writer.writerow((kind, method, measure, *(f"{value:.4f}" for value in values)))
    return text.getvalue()


def _row(gap: Gap, language: str) -> Sequence[str]:
    return (
        gap.id,
        gap.kind,
        _labels(gap.actors),
        _subject(gap, language),
        f"{gap.score:.4f}",
        gap.strength,
        " ; ".join(pattern.in_language(language) for pattern in gap.patterns),
        " ; ".join(reason.text.in_language(language) for reason in gap.reasons),
        _labels(gap.introducers),
        " ; ".join(caution.in_language(language) for caution in gap.cautions),
        gap.next_step.in_language(language),
        gap.state,
        " ; ".join(use.in_language(language) for use in gap.uses),
    )


def _subject(gap: Gap, language: str) -> str:
    """What a line is about: its headline, or the name of its subject."""
    if gap.headline:
        return gap.headline.in_language(language)
    return gap.subject.label if gap.subject else ""


def _harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _labels(refs: Iterable[Ref]) -> str:
    return " ; ".join(ref.label for ref in refs)


def _named(ref: Ref) -> dict[str, str]:
    return {"iri": ref.iri, "label": ref.label}


def _texts(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
