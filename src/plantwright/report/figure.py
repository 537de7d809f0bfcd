"""What a section of the page is made of: figures drawn twice (page and phone width), each with its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDE, NARROW = 860, 350
"""Widths at which figures are drawn: a page (also on paper), and a phone [user units = CSS pixels]."""

Draw = Callable[[int], str]
"""Draws a figure at one of the two widths."""


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as text. Columns in ``numeric`` stand to the right; the first column names its row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()

    @classmethod
    def of(cls, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], text: Sequence[int] = ()) -> Table:
        """A table whose columns hold numbers, but for the first and those listed in ``text``."""
        numeric = frozenset(range(1, len(columns))) - frozenset(text)
        return cls(caption, tuple(columns), tuple(tuple(row) for row in rows), numeric)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, legend (CSS class, words) and table."""

    name: str
    caption: str
    wide: str
    narrow: str
    table: Table | None = None
    legend: tuple[tuple[str, str], ...] = ()
    data: str = ""
    """What the page's script needs, as JSON, to draw the picture as a chart to walk about in."""


def figure(
    name: str, caption: str, draw: Draw, table: Table | None = None, legend: Sequence[tuple[str, str]] = ()
) -> Figure:
    """A figure drawn at both widths."""
    return Figure(name, caption, draw(WIDE), draw(NARROW), table, tuple(legend))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a question, the answer in a sentence or two, and what shows it."""

    key: str
    title: str
    lede: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    folded: tuple[Table, ...] = ()
    """Tables that only some readers want: folded away, and left out on paper."""
    closed: bool = False
    """Whether only title and lede are seen until somebody opens it: on a page of many answers."""
