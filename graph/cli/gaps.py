"""`pankenetz gaps`: the missing partnerships, for eyes and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graph.cli import output
from graph.cli.entries import require_entry
from graph.cli.frame import Command, Settings, format_option, note, pass_settings
from graph.cli.values import Count, Day, OneOf
from graph.cli.words import language, said
from graph.gaps.filters import ORDERS
from graph.gaps.kinds import KINDS, USUAL
from graph.gaps.output import as_csv, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.gaps.gap import Gap


@click.command(
    "gaps",
    cls=Command,
    help="Zeigt, wer sich noch nicht kennt und voneinander hätte, mit Gründen.",
    epilog="pankenetz gaps --kind introduce --handlungsfeld 2022-4 --limit 5",
)
@click.option(
    "--kind",
    type=OneOf(*KINDS),
    default=USUAL,
    help="introduce: wer sollte wen kennenlernen (sonst dies); table: wer fehlt am Tisch; "
    "coverage: Lücken im Quartier; renew: wieder aufnehmen; thread: Einzelfäden; handover: Netz ohne QM; "
    "double: Doppelstrukturen.",
)
@click.option("--handlungsfeld", metavar="ROUND-NR", help="Nur zu diesem Handlungsfeld, mit Runde: 2022-4.")
@click.option("--place", metavar="SLUG", help="Nur zu diesem Ort (Kennung).")
@click.option("--actor", metavar="SLUG", help="Nur zu diesem Akteur (Kennung).")
@click.option("--matches", is_flag=True, help="Mit --handlungsfeld: auch die entsprechenden Felder anderer Runden.")
@click.option("--round", metavar="SLUG", help="Nur zu den Handlungsfeldern dieser Runde: 2022.")
@click.option("--project", metavar="SLUG", help="Mit --kind table: der Tisch dieses Projekts (Kennung).")
@click.option("--event", metavar="SLUG", help="Mit --kind table: der Tisch dieser Veranstaltung (Kennung).")
@click.option("--statement", metavar="SLUG", help="Mit --kind table: wer zu diesem Bedarf oder Ziel fehlt (Kennung).")
@click.option(
    "--order",
    type=OneOf(*ORDERS),
    default=ORDERS[0],
    help="obvious: was naheliegt (sonst dies); useful: was dem Netz am meisten nützt.",
)
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
    **about: Any,
) -> None:
    """The ranked list of one kind; `about` narrows it to a Handlungsfeld, a place, an actor."""
    from graph.gaps import gaps as ranked
    from graph.gaps import unserved_fields

    matches, order = about.pop("matches"), about.pop("order")
    with settings.store() as store:
        for entity_type, slug in about.items():
            if slug is not None:
                require_entry(store, entity_type, slug)
        found = ranked(store, kind, as_of=as_of, matches=matches, order=order, limit=limit, **about)
        unserved = unserved_fields(store, as_of=as_of) if kind == "introduce" and not any(about.values()) else []
    if unserved:
        names = ", ".join(f"{field.label} ({field.slug})" for field in unserved)
        note(said("Keine Vermutung für Handlungsfelder mit Bedarf: {names}.", names=names))
    if not found:
        note(said("Dafür gibt es zurzeit keinen Vorschlag."))
    if format_ == "json":
        output.write_json(as_json(found))
    elif format_ == "csv":
        output.write_bytes(as_csv(found, language()).encode())
    elif found:
        _write_sentences(found)


def _write_sentences(found: Iterable[Gap]) -> None:
    """One short paragraph per gap: reasons are sentences, and sentences do not fit in columns."""
    for number, gap in enumerate(found, 1):
        names = [actor.label for actor in gap.actors]
        title = " – ".join([gap.subject.label, *names] if gap.subject else names)
        if gap.headline:
            title = gap.headline.in_language(language())
        named = ", ".join(pattern.in_language(language()) for pattern in gap.patterns[:1])
        click.echo(output.one_line(f"{number:3}. {title}{f' ({named})' if named else ''}"))
        for reason in gap.reasons:
            click.echo(output.one_line("     + " + reason.text.in_language(language())))
        for use in gap.uses:
            click.echo(output.one_line("     * " + use.in_language(language())))
        if gap.introducers:
            names = [actor.label for actor in gap.introducers]
            click.echo(output.one_line(f"     {said('Türöffner')}: {', '.join(names)}"))
        for caution in gap.cautions:
            click.echo(output.one_line("     ! " + caution.in_language(language())))
