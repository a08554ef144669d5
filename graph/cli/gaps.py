"""`pankenetz gaps`: the missing partnerships, for eyes and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graph.cli import output
from graph.cli.entries import require_entry
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.values import Count, Day, OneOf
from graph.cli.words import language, said
from graph.gaps.gap import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.gaps.gap import Gap, Ref


@click.command(
    "gaps",
    cls=Command,
    help="Zeigt, wer sich noch nicht kennt und voneinander hätte, mit Gründen.",
    epilog="pankenetz gaps --kind introduce --handlungsfeld 2022-4 --limit 5",
)
@click.option(
    "--kind",
    type=OneOf(*KINDS),
    default=KINDS[0],
    help="introduce: wer sollte wen kennenlernen (sonst dies); table: wer fehlt am Tisch eines Projekts.",
)
@click.option("--handlungsfeld", metavar="ROUND-NR", help="Nur zu diesem Handlungsfeld, mit Runde: 2022-4.")
@click.option("--place", metavar="SLUG", help="Nur zu diesem Ort (Kennung).")
@click.option("--actor", metavar="SLUG", help="Nur zu diesem Akteur (Kennung).")
@click.option("--as-of", type=Day(), help="Stand an diesem Tag: JJJJ, JJJJ-MM oder JJJJ-MM-TT (sonst heute).")
@click.option("--limit", type=Count(), default="20", help="Höchstens so viele Zeilen.")
@format_option("table", "json", "csv")
@pass_settings
def gaps(
    settings: Settings,
    /,
    kind: str,
    as_of: date | None,
    limit: int,
    format_: str,
    **about: str | None,
) -> None:
    """The ranked list of one kind; `about` narrows it to a Handlungsfeld, a place, an actor."""
    from graph.gaps import gaps as ranked

    with settings.store() as store:
        for entity_type, slug in about.items():
            if slug is not None:
                require_entry(store, entity_type, slug)
        found = ranked(store, kind, as_of=as_of, limit=limit, **about)
    if not found:
        note(said("Dafür gibt es zurzeit keinen Vorschlag."))
    if format_ == "json":
        output.write_json([document(gap) for gap in found])
    elif format_ == "csv":
        output.write_csv(_COLUMNS, map(_line, found))
    elif found:
        _write_sentences(found)


_COLUMNS = ("id", "kind", "actors", "subject", "score", "strength", "reasons", "introducers", "cautions", "state")


def document(gap: Gap) -> dict[str, Any]:
    """A gap as JSON: evidence as IRIs, sentences in both languages."""
    return {
        "id": gap.id,
        "kind": gap.kind,
        "actors": [_ref(actor) for actor in gap.actors],
        "subject": _ref(gap.subject) if gap.subject else None,
        "score": round(gap.score, 6),
        "strength": gap.strength,
        "reasons": [
            {"kind": one.kind, "text": {"de": one.text.de, "en": one.text.en}, "evidence": list(one.evidence)}
            for one in gap.reasons
        ],
        "introducers": [_ref(actor) for actor in gap.introducers],
        "cautions": [{"de": caution.de, "en": caution.en} for caution in gap.cautions],
        "state": gap.state,
        "next_step": {"de": gap.next_step.de, "en": gap.next_step.en},
    }


def _ref(ref: Ref) -> dict[str, str]:
    return {"iri": ref.iri, "label": ref.label}


def _line(gap: Gap) -> tuple[object, ...]:
    return (
        gap.id,
        gap.kind,
        _names(gap.actors),
        gap.subject.label if gap.subject else "",
        f"{gap.score:.4f}",
        gap.strength,
        " ; ".join(reason.text.in_language(language()) for reason in gap.reasons),
        _names(gap.introducers),
        " ; ".join(caution.in_language(language()) for caution in gap.cautions),
        gap.state,
    )


def _names(refs: Iterable[Ref]) -> str:
    return " ; ".join(ref.label for ref in refs)


def _write_sentences(found: Iterable[Gap]) -> None:
    """One short paragraph per gap: reasons are sentences, and sentences do not fit in columns."""
    for number, gap in enumerate(found, 1):
        names = [actor.label for actor in gap.actors]
        title = " – ".join([gap.subject.label, *names] if gap.subject else names)
        click.echo(output.one_line(f"{number:3}. {title}"))
        for reason in gap.reasons:
            click.echo(output.one_line("     + " + reason.text.in_language(language())))
        if gap.introducers:
            names = [actor.label for actor in gap.introducers]
            click.echo(output.one_line(f"     {said('Türöffner')}: {', '.join(names)}"))
        for caution in gap.cautions:
            click.echo(output.one_line("     ! " + caution.in_language(language())))
