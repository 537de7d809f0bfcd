"""The command line: parse, call, print. Commands that ask stand in ``ask``, ``supply`` and ``work``, those on
documents in ``documents``.

Exit codes: 0 answered, 1 the document has errors, 2 usage, 3 the answer could not be computed, 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from plantwright.cli import ask, documents, supply, work

app = typer.Typer(
    name="plantwright",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="The plant written down once, every question asked of it.",
    epilog="Begin with [bold]plantwright new my-plant[/bold], then [bold]plantwright run my-plant[/bold].",
)
QUESTIONS: tuple[Callable[..., None], ...] = (ask.run, ask.capacity, ask.bottleneck, ask.compare, ask.simulate)
DOCUMENTS: tuple[Callable[..., None], ...] = (documents.check, documents.new, documents.convert, documents.schema)
for command in QUESTIONS:
    app.command(rich_help_panel="Questions")(command)
for command in supply.COMMANDS:
    app.command(rich_help_panel="Supply")(command)
for command in work.COMMANDS:
    app.command(rich_help_panel="Work")(command)
for command in DOCUMENTS:
    app.command(rich_help_panel="Documents")(command)


def _version(asked: bool) -> None:
    if asked:
        from plantwright import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """The plant written down once, every question asked of it."""


def main() -> None:
    """Run the command line."""
    app()
