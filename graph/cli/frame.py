"""How every command behaves: its language, its help, its mistakes, its exit status, the store it opens."""

from __future__ import annotations

import functools
import itertools
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import graph
from graph.cli.errors import sentence, status, usage_sentence
from graph.cli.values import OneOf
from graph.cli.words import LANGUAGES, said, speak
from graph.errors import PankenetzError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.store import Store


@dataclass
class Settings:
    """What the global options said.

    Attributes:
        data: the data directory; it need not exist.
        store_url: a remote engine, which this version refuses.
    """

    data: Path
    store_url: str | None = None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store to read. Where nothing is yet an empty one in memory stands in, so that reading leaves no traces."""
        self.refuse_remote()
        is_there = self.data.exists() and (not self.data.is_dir() or any(self.data.iterdir()))
        with graph.open(self.data if is_there else None) as store:
            if store.version == 0:
                note(said(
                    "Der Datenbestand in {path} ist noch leer. „pankenetz serve --example“ lädt das Beispiel Pankstraße.",
                    path=self.data,
                ))
            yield store

    def refuse_remote(self) -> None:
        """End with a sentence if a remote engine was asked for."""
        if self.store_url:
            raise click.ClickException(said(
                "Andere SPARQL-Server als Datenbestand gibt es in dieser Version noch nicht; "
                "bitte --store (oder PANKENETZ_STORE) weglassen."
            ))


pass_settings = click.make_pass_decorator(Settings)


class _Worded:
    """Help in the language in use, with one example; mixed into commands and groups."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [said(piece) if piece.startswith(("[OPT", "BEF")) else piece for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]  # of click.Command
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=said("Aufruf: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.help))  # type: ignore[attr-defined]  # of click.Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]  # type: ignore[attr-defined]  # of click.Command
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(said("Optionen")):
            formatter.write_dl([(names, _in_language(text)) for names, text in filter(None, records)])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        if self.epilog:  # type: ignore[attr-defined]  # of click.Command
            # Never wrapped: an example is there to be copied.
            formatter.write(f"\n{said('Beispiel')}:\n  {self.epilog}\n")  # type: ignore[attr-defined]  # of click.Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # of click.Command
        if option:
            option.help = "Zeigt diese Hilfe."
        return option


class Command(_Worded, click.Command):
    """One command; its `epilog` is its example."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, options_metavar="[OPTIONEN]", **more)


class Commands(_Worded, click.Group):
    """All commands. Called, it ends the process with the exit status of the command, whatever a user did."""

    command_class = Command

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, options_metavar="[OPTIONEN]", subcommand_metavar="BEFEHL [ARGUMENTE]...", **more)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """One line per command: its first sentence."""
        with formatter.section(said("Befehle")):
            formatter.write_dl([
                (name, said(command.help or "").split(". ")[0].split(" (")[0].rstrip(".")) for name, command in self.commands.items()
            ])

    def main(self, args: Sequence[str] | None = None, *others: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """Run one command line; every mistake of a user becomes one sentence on standard error."""
        words = list(sys.argv[1:] if args is None else args)
        speak(_asked_language(words))
        _survive_old_terminals()
        code = self._run(words, *others, **more)
        if not standalone_mode:
            return code
        sys.exit(code)

    def _run(self, words: list[str], *others: Any, **more: Any) -> int:
        try:
            result = super().main(words, *others, standalone_mode=False, **more)
            sys.stdout.flush()
        except click.UsageError as error:
            note(usage_sentence(error))
            return 2
        except click.ClickException as error:
            note(error.message)
            return error.exit_code
        except click.Abort:
            note(said("Abgebrochen."))
            return 130
        except BrokenPipeError:
            # The reader (`| head`) has enough. Python would complain once more when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except PankenetzError as error:
            note(sentence(error))
            return status(error)
        return result if isinstance(result, int) else 0


def note(text: str) -> None:
    """Say something that is not data, on standard error."""
    click.echo(text, err=True)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--format` with these choices, the first as default."""
    return click.option(
        "--format",
        "format_",
        type=OneOf(*formats),
        default=formats[0],
        help="Ausgabe als {formats}.|" + ", ".join(formats),
    )


def guarded_file(function: Callable[..., Any]) -> Callable[..., Any]:
    """Word what the system says when a command cannot write its file."""

    @functools.wraps(function)
    def run(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except BrokenPipeError:
            raise
        except OSError as error:
            path, reason = error.filename or named.get("file", ""), error.strerror or str(error)
            message = said("Die Datei {path} lässt sich nicht schreiben ({reason}).", path=path, reason=reason)
            raise click.ClickException(message) from error

    return run


def _in_language(text: str) -> str:
    """An option's help in the language in use; what follows "|" fills its place."""
    german, _, fact = text.partition("|")
    return said(german).format(formats=fact) if fact else said(german)


def _asked_language(words: Sequence[str]) -> str:
    """The language of `--lang`, looked up before anything is parsed, so that even mistakes are worded in it."""
    for word, following in itertools.pairwise([*words, ""]):
        language = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and language in LANGUAGES:
            return language
    return "de"


def _survive_old_terminals() -> None:
    """Show "?" for what a terminal without UTF-8 cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
