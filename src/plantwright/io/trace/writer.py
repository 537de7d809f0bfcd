"""What every kind of trace file has in common: a writer that takes chunks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import polars as pl

Lift = Callable[[Any], pl.DataFrame]
"""Turns a chunk of the engine's log, records (N,), into a table of N rows in names."""

Tell = Callable[[float], None]
"""Hears the fraction done."""


class Writer(Protocol):
    """A trace on its way to a file. It never holds more than one chunk."""

    def write(self, chunk: Any) -> None:
        """Take a chunk; it may be overwritten afterwards."""

    def finish(self, tell: Tell) -> None:
        """Complete the file."""

    def close(self) -> None:
        """Let go of every open file, whether it is complete or not."""


def spelled(column: pl.Series, spell: Callable[[str], str]) -> pl.Series:
    """Names in another spelling, each spelled once; null stays null."""
    spelling = {name: spell(name) for name in column.unique().drop_nulls()}
    return column.replace_strict(spelling, default=None, return_dtype=pl.String)


def joined(*parts: pl.Expr | pl.Series | str) -> pl.Expr:
    """Texts put together row by row; null where one of them is."""
    return pl.concat_str([pl.lit(part) if isinstance(part, str | pl.Series) else part for part in parts])


def listed(*parts: pl.Expr) -> pl.Expr:
    """Texts put together row by row, with commas between them; those that are null are left out."""
    return pl.concat_str(parts, separator=",", ignore_nulls=True)


def moment(column: str) -> pl.Expr:
    """Moments as ISO 8601 writes them, to the microsecond."""
    return pl.col(column).dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
