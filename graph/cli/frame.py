"""How every command behaves: its language, its help, its mistakes, its exit status, the store it opens."""

from __future__ import annotations

import errno
import gc
import itertools
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

import graph
from graph.cli.errors import sentence, status, system_reason, usage_sentence
from graph.cli.output import harmless
from graph.cli.values import OneOf
from graph.cli.words import LANGUAGES, said, speak
from graph.errors import PankenetzError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from graph.store import Store


@dataclass
class Settings:
    """What the global options said.

    Attributes:
        data: the data directory; it need not exist.
        store_url: a SPARQL server used instead of the data directory.
    """

    data: Path
    store_url: str | None = None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store to read. Where nothing is yet, an empty one in memory stands in: reading leaves no traces."""
        if self.store_url:
            with graph.open_remote(self.store_url, self.folder) as store:
                yield store
            return
        is_there = self.data.exists() and (not self.data.is_dir() or any(self.data.iterdir()))
        with graph.open(self.data if is_there else None) as store:
            if store.version == 0:
                note(
                    said(
                        "Der Datenbestand in {path} ist noch leer. "
                        "„pankenetz serve --example“ lädt das Beispiel Pankstraße.",
                        path=self.data,
                    )
                )
            yield store

    @contextmanager
    def writable(self) -> Iterator[Store]:
        """The store to write: the data directory, made if nothing is there, or the server elsewhere."""
        with graph.open_remote(self.store_url, self.folder) if self.store_url else graph.open(self.data) as store:
            yield store

    def refuse_remote(self) -> None:
        """End with a sentence where only a data directory will do."""
        if self.store_url:
            raise click.ClickException(
                said("Das gibt es nur für einen Ordner mit Daten; bitte --store (oder PANKENETZ_STORE) weglassen.")
            )

    @property
    def folder(self) -> Path:
        """Where what belongs to this machine is kept, such as accounts; never a directory that holds other data."""
        return self.data.with_name(f"{self.data.name}-remote") if self.store_url else self.data


pass_settings = click.make_pass_decorator(Settings)


_OUTPUT_FAILS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE})
_METAVARS = {"[OPTIONS]": "[OPTIONEN]", "COMMAND [ARGS]...": "BEFEHL [ARGUMENTE]..."}


class _Worded(click.Command):
    """Help in the language in use, with one example."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = (said(_METAVARS[one]) if one in _METAVARS else one for one in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=said("Aufruf: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # of click
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(said("Optionen")):
            formatter.write_dl([(names, _in_language(text)) for names, text in filter(None, records)])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # of click
        if self.epilog:
            # Never wrapped: an example is there to be copied.
            formatter.write(f"\n{said('Beispiel')}:\n  {self.epilog}\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; but what is left over is named in the language in use."""
        is_strict, ctx.allow_extra_args = not ctx.allow_extra_args, True
        rest = super().parse_args(ctx, args)
        if rest and is_strict:
            raise click.UsageError(said("„{value}“ ist zu viel.", value=" ".join(rest)), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Zeigt diese Hilfe."
        return option


class Command(_Worded):
    """One command; its `epilog` is its example."""


class Commands(_Worded, click.Group):
    """All commands. Called, it ends the process with the exit status of the command, whatever a user did."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # of click
        """One line per command: its first sentence."""
        with formatter.section(said("Befehle")):
            formatter.write_dl([(name, _first_sentence(command)) for name, command in self.commands.items()])

    def main(  # type: ignore[override]  # click's overloads only tell apart what it returns
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *,
        standalone_mode: bool = True,
        **more: Any,
    ) -> Any:
        """Run one command line; every mistake of a user becomes one sentence on standard error."""
        words = list(sys.argv[1:] if args is None else args)
        # A command makes millions of things, hardly one of them in a circle, and ends: to look for circles among them
        # as often as Python does by itself takes a sixth of the time.
        gc.set_threshold(50_000, 20, 50)
        speak(_asked_language(words))
        _replace_closed_streams()
        _survive_old_terminals()
        code = self._run(words, prog_name, more)
        if not standalone_mode:
            return code
        sys.exit(code)

    def _run(self, words: list[str], prog_name: str | None, more: dict[str, Any]) -> int:
        try:
            result = super().main(words, prog_name, standalone_mode=False, **more)
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
        except OSError as error:
            if error.errno not in _OUTPUT_FAILS or error.filename is not None:
                raise  # of a file or a socket, which are answered for where they are opened: a defect
            _write_no_more(error)
            return 1
        except PankenetzError as error:
            note(sentence(error))
            return status(error)
        return result if isinstance(result, int) else 0


def _first_sentence(command: click.Command) -> str:
    return said(command.help or "").split(". ")[0].split(" (")[0].rstrip(".")


def note(text: str) -> None:
    """Say something that is not data, on standard error. Data within it must not be able to steer the terminal."""
    click.echo(harmless(text), err=True)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--format` with these choices, the first as default."""
    return click.option(
        "--format",
        "format_",
        type=OneOf(*formats),
        default=formats[0],
        help="Ausgabe als {formats}.|" + ", ".join(formats),
    )


def _in_language(text: str) -> str:
    """An option's help in the language in use; what follows "|" fills its place, click's own "[required]" is said."""
    if text != (plain := text.removesuffix("  [required]")):
        return f"{_in_language(plain)} {said('Wird gebraucht.')}"
    german, _, fact = text.partition("|")
    return said(german).format(formats=fact) if fact else said(german)


def _asked_language(words: Sequence[str]) -> str:
    """The language of `--lang`, looked up before anything is parsed, so that even mistakes are worded in it."""
    for word, following in itertools.pairwise([*words, ""]):
        language = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and language in LANGUAGES:
            return language
    return "de"


def _write_no_more(error: OSError) -> None:
    """Say why standard output takes no more, unless its reader (`| head`) has enough, and lead it nowhere."""
    # Python flushes what is left at its end, and would fail once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        note(said("Die Ausgabe lässt sich nicht schreiben: {reason}.", reason=system_reason(error)))


def _replace_closed_streams() -> None:
    """Let nothing stand in for standard streams the caller closed, before a file of ours gets their number."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # 0, 1 and 2 are the standard streams
        continue
    os.close(descriptor)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _survive_old_terminals() -> None:
    """Show "?" for what a terminal without UTF-8 cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
