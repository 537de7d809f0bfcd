"""The command line, from the commands themselves: usage, sentence, arguments and options."""

from __future__ import annotations

import click
import typer

from plantwright.cli import app

from .markdown import table


def page() -> str:
    """One section per command, in the order of ``plantwright --help``."""
    group = typer.main.get_command(app)
    root = click.Context(group, info_name="plantwright")
    return "\n\n".join(
        _section(group.commands[name], click.Context(group.commands[name], info_name=name, parent=root))
        for name in group.list_commands(root)
        if not group.commands[name].hidden
    )


def _section(command: click.Command, context: click.Context) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    records = [_record(parameter, context) for parameter in command.get_params(context)]
    rows = [record for record in records if record]
    parts = [f"## {command.name}", _prose(command.help or ""), f"```text\n{usage}\n```"]
    return "\n\n".join([*parts, table(("option", "meaning"), rows)])


def _record(parameter: click.Parameter, context: click.Context) -> tuple[str, str] | None:
    record = parameter.get_help_record(context)
    if record is None:
        return None
    name, meaning = record
    return f"`{name}`", meaning.replace("[", "\\[")


def _prose(text: str) -> str:
    """Help text as Markdown: a block that click keeps as it stands becomes code, the rest paragraphs."""
    blocks = []
    for block in text.split("\n\n"):
        kept = block.strip("\n").startswith("\b")
        inside = block.replace("\b", "").strip("\n")
        blocks.append(f"```text\n{inside}\n```" if kept else inside)
    return "\n\n".join(blocks)
