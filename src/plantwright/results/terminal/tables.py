"""Pieces of which answers in the terminal are made: a verdict, key numbers, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plantwright.results.wording import gathered, sentence

SHOWN = 12
"""Rows of a table in the terminal; the report and the JSON have them all."""


def verdict(text: str) -> RenderableType:
    """The answer in a sentence."""
    return Padding(Text(sentence(text), style="bold"), (1, 0, 0, 0))


def grid(rows: Iterable[tuple[str, str, str]], *, numbers: bool = True) -> Table:
    """Terms with value (a number, or words) and remark, without lines."""
    made = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    made.add_column(style="dim")
    made.add_column(justify="right" if numbers else "left", style="bold")
    made.add_column(style="dim")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], text: int = 1) -> RenderableType:
    """A table whose first ``text`` columns are words and the others numbers."""
    made = Table(title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    made.title = title or None
    for place, column in enumerate(columns):
        made.add_column(Text(column), justify="left" if place < text else "right", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return Padding(made, (1, 0, 0, 0))


def beside(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Sentences, each beside the noun that it answers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    made.show_edge, made.show_header = False, False
    made.add_column(style="bold", no_wrap=True)
    made.add_column()
    for noun, text in rows:
        made.add_row(Text(noun), Text(sentence(text)))
    return Padding(made, (1, 0, 0, 0))


def closing(notes: Iterable[str], unused: Sequence[str]) -> Iterator[RenderableType]:
    """What the reader should know: notes, and what nothing uses yet."""
    yield Text()
    for note in dict.fromkeys(notes):
        yield Text(sentence(note), style="dim")
    if unused:
        kept = gathered(unused)
        more = f" and {len(kept) - 8} more" if len(kept) > 8 else ""
        yield Text(f"Not used yet: {', '.join(kept[:8])}{more}", style="dim")
