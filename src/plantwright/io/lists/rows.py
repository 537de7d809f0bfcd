"""Rows of a list with their lines, and what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plantwright.errors import Finding, Place, nearest

MOST = 20
"""Faults of one file that are told one by one; the rest are counted."""
_END_OF_FILE = "\x1a"
"""Some files end with this character, alone in its row."""


class Row(NamedTuple):
    """A row of a list and the line on which it begins."""

    line: int
    cells: list[str]


@dataclass
class Faults:
    """What is wrong with a file, told all at once."""

    path: Path
    found: list[Finding] = field(default_factory=list)
    passed_over: int = 0

    def add(self, line: int | None, where: str, message: str, remedy: str, near: str | None = None) -> None:
        """Note one thing and go on. ``where`` is the column by number and name."""
        if len(self.found) < MOST:
            place = Place(where, str(self.path), line)
            self.found.append(Finding("E142", message, remedy, place, near))
        else:
            self.passed_over += 1

    def all(self) -> list[Finding]:
        """Every fault, the last one saying how many more there are."""
        if not self.passed_over:
            return self.found
        message = f"{self.passed_over:,} more faults of this kind follow"
        return [*self.found, Finding("E142", message, "Mend those above first.", Place(file=str(self.path)))]


def text_of(data: bytes, faults: Faults) -> str | None:
    """The text of a list, None with a fault where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        remedy = "Save the list as UTF-8 text, or fetch it anew."
        faults.add(line, f"byte {column}", "the text is not UTF-8", remedy)
        return None


def rows_of(text: str, faults: Faults) -> list[Row]:
    """Rows that hold anything. Lines before the first row that begin with # are remarks."""
    skipped = 0
    lines = text.splitlines(keepends=True)
    while skipped < len(lines) and (not lines[skipped].strip() or lines[skipped].startswith("#")):
        skipped += 1
    reader = csv.reader(io.StringIO("".join(lines[skipped:]), newline=""), strict=True)
    found: list[Row] = []
    begins = skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and cells != [_END_OF_FILE]:
                found.append(Row(begins, [cell.strip() for cell in cells]))
            begins = skipped + reader.line_num + 1
    except csv.Error as error:
        faults.add(begins, "", f"this is not CSV: {error}", "Close the quotes that begin here, or fetch the list anew.")
    return found


class Columns:
    """The columns of a list with a header: cells by name.

    Parameters
    ----------
    header
        The first row.
    needed
        Columns without which nothing can be compared.
    known
        All that the layout has.
    """

    def __init__(self, header: Row, needed: Sequence[str], known: Sequence[str], faults: Faults) -> None:
        self._places = {name.lower(): place for place, name in enumerate(header.cells)}
        self._faults = faults
        self._width = len(header.cells)
        for name in needed:
            if name not in self._places:
                near = nearest(name, [cell for cell in header.cells if cell.lower() not in known])
                remedy = f"The first row of this layout names {', '.join(needed)} among others; fetch the list anew."
                faults.add(header.line, "", f'there is no column "{name}"', remedy, near)
        self.is_complete = all(name in self._places for name in needed)

    def entries(self, rows: Sequence[Row], key: str) -> Iterator[Row]:
        """Rows as wide as the header, with a name and an id that no other has; a fault for each other."""
        seen: set[str] = set()
        for row in rows:
            if len(row.cells) != self._width:
                message = f"the row has {len(row.cells)} cells, the header {self._width}"
                remedy = "Put text that holds a comma in quotes, or fetch the list anew."
                self._faults.add(row.line, f"column {min(len(row.cells), self._width) + 1}", message, remedy)
                continue
            name = self.cell(row, key)
            if not name or name in seen:
                message = f'the entry "{name}" is there twice' if name else "the entry has no id"
                self._faults.add(row.line, self._where(key), message, "Fetch the list anew.")
            elif not self.cell(row, "name"):
                self._faults.add(row.line, self._where("name"), "the entry has no name", "Fetch the list anew.")
            else:
                seen.add(name)
                yield row

    def cell(self, row: Row, name: str) -> str:
        """A cell by the name of its column, empty where there is no such column."""
        place = self._places.get(name)
        return "" if place is None else row.cells[place]

    def _where(self, name: str) -> str:
        """A column by number and name."""
        return f"column {self._places[name] + 1}, {name}"


def parts(cell: str) -> tuple[str, ...]:
    """Values of a cell that holds several, separated by semicolons; a value with one in it stands in quotes."""
    if ";" not in cell and '"' not in cell:
        return (cell,) if cell else ()
    split = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    return tuple(part.strip() for part in split if part.strip())
