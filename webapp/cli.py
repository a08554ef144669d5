"""The command `pankenetz`: the data commands of `graph.cli`, `serve` and `account`."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import COMMANDS, Commands, Settings
from graph.cli.values import OneOf
from graph.cli.words import LANGUAGES
from webapp.account_cli import account
from webapp.serving import serve


def _show_version(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        click.echo(f"Pankenetz {version('pankenetz')}")
        context.exit()


@click.group(
    "pankenetz",
    cls=Commands,
    help="Pankenetz: der Wissensgraph des Quartiers. "
    "Wer arbeitet mit wem, woran, wo und mit welchem Geld – und wer fehlt.",
    epilog="pankenetz serve --example --open",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PANKENETZ_DATA",
    metavar="DIR",
    help="Ordner mit dem Datenbestand (auch: PANKENETZ_DATA).",
)
@click.option(
    "--store",
    "store_url",
    envvar="PANKENETZ_STORE",
    metavar="URL",
    help="Adresse eines SPARQL-Servers statt des eigenen Datenbestands (auch: PANKENETZ_STORE).",
)
@click.option("--lang", type=OneOf(*LANGUAGES), default="de", help="Sprache der Meldungen: de oder en.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Zeigt die Version."
)
@click.pass_context
def main(context: click.Context, data: Path | None, store_url: str | None, lang: str) -> None:
    """Where the data are; every command gets it as `Settings`."""
    del lang  # looked up before anything is parsed, in `Commands.main`, so that mistakes are worded in it too
    if data is None:
        from platformdirs import user_data_path

        data = user_data_path("pankenetz", appauthor=False)
    context.obj = Settings(data, store_url)


for command in (serve, *COMMANDS, account):
    main.add_command(command)
