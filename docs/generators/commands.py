"""The command line, from the commands themselves: usage, sentence, arguments and options."""

from __future__ import annotations

from typing import Any

import typer

from plantwright.cli import app

from .markdown import table


def page() -> str:
    """One section per command, in the order of ``plantwright --help``."""
    group: Any = typer.main.get_command(app)
    root = group.context_class(group, info_name="plantwright")
    commands = [group.get_command(root, name) for name in group.list_commands(root)]
    return "\n\n".join(
        _section(command, command.context_class(command, info_name=command.name, parent=root))
        for command in commands
        if not command.hidden
    )


def _section(command: Any, context: Any) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    records = [_record(parameter, context) for parameter in command.get_params(context)]
    rows = [record for record in records if record]
    parts = [f"## {command.name}", _prose(command.help or ""), f"```text\n{usage}\n```"]
    return "\n\n".join([*parts, table(("option", "meaning"), rows)])


def _record(parameter: Any, context: Any) -> tuple[str, str] | None:
    record = parameter.get_help_record(context)
    if record is None:
        return None
    name, meaning = record
    return f"`{name}`", meaning.replace("[", "\\[")


def _prose(text: str) -> str:
    """Help text as Markdown: an example becomes code, the rest paragraphs."""
    return "\n\n".join(
        f"```console\n$ {block.removeprefix('Example: ')}\n```" if block.startswith("Example: ") else block
        for block in text.split("\n\n")
    )
