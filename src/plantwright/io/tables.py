"""Tables (a CSV file, a sheet) into the lists and groups of a document.

The header names the fields; ``policy.kanban`` or ``people.smt`` reaches into a group. A cell may hold YAML flow text
(``{smt: 1}``, ``[a, b]``), ``a; b`` where a list is expected, or nothing: then the default counts. What stands in the
first column of a table by id is the id; in a table of lists by id (routes) a blank one repeats the row above.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from plantwright.errors import Place, nearest
from plantwright.io.address import Keys, show
from plantwright.io.draft import Draft
from plantwright.io.fields import Shape, below, names
from plantwright.io.yaml import read_flow


class Cell(NamedTuple):
    """A cell's text and where it stands."""

    text: str
    place: Place


class Table(NamedTuple):
    """A header and rows of cells, wherever they came from."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: Place


class Column(NamedTuple):
    """A column of a table of records: the path of its field within the record."""

    keys: tuple[str, ...]
    shape: Shape


def read_csv(path: Path, draft: Draft, text: str) -> Table | None:
    """A CSV text as a table: comma, semicolon or tab; lines that are blank or start with # are passed over."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    if not first:
        draft.complain("E106", "the table is empty", "Its first line names the columns.", at=Place(file=str(path)))
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    lines: list[tuple[Cell, ...]] = []
    begins = 1
    try:
        for row in reader:
            place = Place(file=str(path), line=begins)
            if any(cell.strip() for cell in row) and not row[0].startswith("#"):
                lines.append(tuple(Cell(cell, place) for cell in row))
            begins = reader.line_num + 1
    except csv.Error as error:
        where = Place(file=str(path), line=begins)
        draft.complain("E106", f"this is not CSV: {error}", "Close the quotes that begin here.", at=where)
        return None
    return _rectangular(lines, draft)


def _rectangular(lines: list[tuple[Cell, ...]], draft: Draft) -> Table:
    header = tuple(Cell(cell.text.strip(), cell.place) for cell in lines[0])
    rows = []
    for line in lines[1:]:
        if len(line) == len(header):
            rows.append(line)
            continue
        message = f"the row has {len(line)} cells, the header {len(header)}"
        remedy = "Give every row as many cells as the header; put text that holds the separator in quotes."
        draft.complain("E106", message, remedy, at=line[0].place)
    return Table(header, tuple(rows), header[0].place)


def node_of(table: Table, keys: Keys, shape: Shape, draft: Draft) -> Any:
    """The list or group that a table describes at a path of the document; its places go into the draft."""
    draft.places[keys] = table.place
    if shape.mappings:
        return _by_id(table, keys, below(shape, "*"), draft)
    entry = below(shape, 0)
    columns = _columns(table.header, entry, draft)
    return [_entry(row, columns, (*keys, index), entry, draft) for index, row in enumerate(table.rows)]


def _by_id(table: Table, keys: Keys, value: Shape, draft: Draft) -> dict[str, Any]:
    entry = below(value, 0) if value.lists else value
    columns = _columns(table.header[1:], entry, draft)
    grown: dict[str, Any] = {}
    name = ""
    for first, *cells in table.rows:
        name = first.text.strip() or (name if value.lists else "")
        if not name:
            remedy = f'Fill in the column "{table.header[0].text}".'
            draft.complain("E106", "the row has no id", remedy, at=first.place)
        elif value.lists:
            _append(grown.setdefault(name, []), tuple(cells), columns, (*keys, name), first.place, entry, draft)
        elif name in grown:
            draft.complain("E104", f'"{name}" has two rows', "Keep one of them.", at=first.place)
        else:
            draft.places[*keys, name] = first.place
            grown[name] = _entry(tuple(cells), columns, (*keys, name), entry, draft)
    return grown


def _append(
    entries: list[Any],
    cells: tuple[Cell, ...],
    columns: list[Column | None],
    keys: Keys,
    place: Place,
    entry: Shape,
    draft: Draft,
) -> None:
    """One more entry of a list; a row with nothing but the id declares the list."""
    draft.places.setdefault(keys, place)
    if any(cell.text.strip() for cell in cells):
        entries.append(_entry(cells, columns, (*keys, len(entries)), entry, draft))


def _columns(header: tuple[Cell, ...], entry: Shape, draft: Draft) -> list[Column | None]:
    """What each column means; None for one that is unknown (noted once, not in every row)."""
    found: list[Column | None] = []
    seen: set[str] = set()
    for cell in header:
        if not (entry.records or entry.mappings):
            found.append(Column((), entry))
            continue
        column = _column(cell.text, entry)
        if cell.text in seen:
            draft.complain("E104", f'the column "{cell.text}" is there twice', "Keep one of them.", at=cell.place)
            column = None
        elif column is None and cell.text:
            known = names(entry)
            guess = nearest(cell.text.split(".")[0], known)
            column = _column(guess, entry) if guess else None  # so that it is not missed in every row
            remedy = f"Columns are fields: {', '.join(known)}."
            draft.complain("E110", f'there is no field "{cell.text}"', remedy, at=cell.place, nearest=guess)
        seen.add(cell.text)
        found.append(column)
    return found


def _column(text: str, entry: Shape) -> Column | None:
    """Take a header apart: each field is a step, and what follows a group by id is one id, dots included."""
    keys: list[str] = []
    shape, rest = entry, text
    while rest:
        if shape.mappings and not shape.records:
            keys.append(rest)
            return Column(tuple(keys), below(shape, rest))
        step, _, rest = rest.partition(".")
        if step not in names(shape):
            return None
        keys.append(step)
        shape = below(shape, step)
    return Column(tuple(keys), shape) if keys else None


def _entry(cells: tuple[Cell, ...], columns: list[Column | None], keys: Keys, entry: Shape, draft: Draft) -> Any:
    """One row: a group of fields, or the one value of a table without fields."""
    if cells:
        draft.places.setdefault(keys, cells[0].place)
    if not (entry.records or entry.mappings):
        cell = next((cell for cell in cells if cell.text.strip()), None)
        return None if cell is None else value_of(cell, entry, keys, draft)
    grown: dict[str, Any] = {}
    for cell, column in zip(cells, columns, strict=False):
        if column is None or is_blank(cell, column.shape):
            continue
        path = (*keys, *column.keys)
        draft.places[path] = cell.place
        value = value_of(cell, column.shape, path, draft)
        if value is not None:
            put(grown, column.keys, value, cell.place, draft)
    return grown


def put(group: dict[str, Any], keys: tuple[str, ...], value: Any, place: Place, draft: Draft) -> None:
    """Set a value deep in a group, making the groups on the way."""
    for key in keys[:-1]:
        inner = group.setdefault(key, {})
        if not isinstance(inner, dict):
            message = f'"{key}" is written as one value and again as "{".".join(keys)}"'
            draft.complain("E104", message, "Keep one of them.", at=place)
            return
        group = inner
    if keys[-1] in group:
        message = f'"{".".join(keys)}" is written twice'
        draft.complain("E104", message, "Keep one of them.", at=place)
        return
    group[keys[-1]] = value


def is_blank(cell: Cell, shape: Shape) -> bool:
    """Whether a cell leaves its field at the default. A text may be made of spaces alone."""
    return not (cell.text if shape.is_text else cell.text.strip())


def value_of(cell: Cell, shape: Shape, keys: Keys, draft: Draft) -> Any:
    """What a cell that is not empty holds: text, or a list or group in YAML flow text."""
    text = cell.text.strip()
    if shape.is_text:
        return cell.text
    if text[0] in "[{":
        return read_flow(text, keys, replace(cell.place, path=show(keys, draft.tree)), draft)
    only_list = shape.lists and not (shape.scalars or shape.records or shape.mappings)
    if shape.lists and (only_list or ";" in text):
        return [part.strip() for part in text.split(";") if part.strip()]
    return text
