"""Sections of a document into rows for a CSV file or a sheet: the way back from `tables`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from plantwright.io.emit import flow
from plantwright.io.fields import Shape, below, fields

Value = str | int | float | bool
"""What one cell holds."""


class Rows(NamedTuple):
    """A header and rows of values, None where a cell stays empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


def rows_of(section: str, node: Any, here: Shape, *, every_field: bool = False) -> Rows:
    """The rows of a list, a group by id, or lists by id.

    Parameters
    ----------
    section
        Its name, from which the id column of lists by id is named: ``route`` for ``routes``.
    every_field
        Give every plain field a column, used or not (workbooks, where one fills in what is missing).
    """
    if here.lists:
        return _table((), [((), entry) for entry in node], below(here, 0), every_field)
    value = below(here, "*")
    if not value.lists:
        return _table(("id",), [((name,), entry) for name, entry in node.items()], value, every_field)
    pairs = [((name,), entry) for name, entries in node.items() for entry in entries or [{}]]
    return _table((section.removesuffix("s"),), pairs, below(value, 0), every_field)


def _table(ids: tuple[str, ...], pairs: Sequence[tuple[tuple[str, ...], Any]], entry: Shape, every: bool) -> Rows:
    filled = [(names, flat(group, entry)) for names, group in pairs]
    used = {column for _, cells in filled for column in cells}
    columns = [column for column, plain in columns_of(entry) if column in used or (every and plain)]
    rows = tuple((*names, *(cells.get(column) for column in columns)) for names, cells in filled)
    return Rows((*ids, *columns), rows)


def columns_of(entry: Shape, prefix: str = "") -> list[tuple[str, bool]]:
    """Every column that a record can have, in the model's order, and whether it is a field of its own."""
    found: list[tuple[str, bool]] = []
    for record in entry.records:
        for name in fields(record):
            inner = below(entry, name)
            found.append((prefix + name, not prefix and not inner.records))
            if _is_group(inner):
                found += columns_of(inner, f"{prefix}{name}.")
    return found


def _is_group(here: Shape) -> bool:
    return bool(here.records) and not here.mappings


def flat(group: dict[str, Any], here: Shape, prefix: str = "") -> dict[str, Value]:
    """The cells of one record: groups of fields spread over dotted columns, other nested values as flow text."""
    cells: dict[str, Value] = {}
    for name, value in group.items():
        inner = below(here, name)
        if isinstance(value, dict) and value and _is_group(inner):
            cells |= flat(value, inner, f"{prefix}{name}.")
        elif value is not None:
            cells[prefix + name] = flow(value) if isinstance(value, dict | list) else value
    return cells
