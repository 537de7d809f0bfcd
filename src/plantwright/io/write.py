"""Plants into documents: one YAML file, a folder with tables for its long lists, or a workbook.

Each reads back to an equal plant, quantities in the unit they were written in. Comments of the source do not survive.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from plantwright.errors import DocumentError, Finding, Place
from plantwright.io.document import tree_of
from plantwright.io.emit import document, scalar
from plantwright.io.fields import WHOLE, below
from plantwright.io.files import INSIDE, TEXTS, WORKBOOKS
from plantwright.io.rows import Rows, Value, rows_of
from plantwright.io.state import write_state
from plantwright.model.plant import Plant
from plantwright.model.state import State

LONG = 10
"""Rows from which a list of a folder gets a table of its own."""


def destination(path: str | Path) -> Path:
    """The document that `write` writes for a path: the file, or the ``plant.yaml`` of a folder.

    Raises
    ------
    DocumentError
        The ending is that of another kind of file.
    """
    path = Path(path)
    if path.suffix.lower() in (*WORKBOOKS, *TEXTS):
        return path
    if path.suffix[1:].isalpha() and not path.is_dir():
        remedy = "Name a .yaml file, an .xlsx workbook, or a folder without an ending."
        place = Place(file=str(path))
        raise DocumentError(Finding("E101", f'no plant is written to a "{path.suffix}" file', remedy, place))
    return path / INSIDE


def write(plant: Plant | State, path: str | Path) -> Path:
    """Write a plant where its path says: ``.yaml`` one file, ``.xlsx`` a workbook, without an ending a folder.

    Returns the document written (for a folder its ``plant.yaml``). A state is one ``.yaml`` file.

    Raises
    ------
    DocumentError
        The ending is that of another kind of file.
    """
    if isinstance(plant, State):
        return write_state(plant, path)
    target = destination(path)
    if target.suffix.lower() in WORKBOOKS:
        from plantwright.io.workbook import write_workbook  # openpyxl takes a third of a second

        return write_workbook(plant, target)
    if target == Path(path):
        target.write_text(to_yaml(plant), encoding="utf-8")
        return target
    return _write_folder(plant, Path(path))


def to_yaml(plant: Plant) -> str:
    """A plant as one YAML text."""
    return document(tree_of(plant))


def _write_folder(plant: Plant, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    tree: dict[str, Any] = {}
    for section, node in tree_of(plant).items():
        here = below(WHOLE, section)
        tree[section] = node
        if not here.is_long:
            continue
        table = rows_of(section, node, here)
        if len(table.rows) >= LONG:
            tree[section] = f"{section}.csv"
            (folder / tree[section]).write_text(to_csv(table), encoding="utf-8", newline="")
    target = folder / INSIDE
    target.write_text(document(tree), encoding="utf-8")
    return target


def to_csv(table: Rows) -> str:
    """Rows as CSV text with commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue()


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else scalar(value)
