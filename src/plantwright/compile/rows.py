"""Rows of one kind of record while a world is being put together."""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.arrays import RECORDS
from plantwright.codes import NONE

_NOBODY_PREFIXES = ("first_", "last_", "next_", "previous_")
_NOBODY_SUFFIXES = ("law",)
_NOBODY = frozenset(
    "part family timeout_at calendar shop launcher release busy_mode count_mode item_ operation choice "
    "machine mate order held_first held_last child sibling blocked origin first last free_part active_since "
    "flow_histogram wait_histogram carrier conveyor aboard mounting owner sample_operation short "
    "reserved ring waits_for suspect ahead_from lane job".split()
)
_COUNTED = frozenset("next_opening next_order next_change next_coming next_date last_progress last_delivery".split())
"""Columns that look like links and are counts or times: they begin at 0."""


def starts_as_nobody(column: str) -> bool:
    """Whether a column holds an index, so that it begins as NONE and not as 0."""
    if column in _COUNTED:
        return False
    return column in _NOBODY or column.startswith(_NOBODY_PREFIXES) or column.endswith(_NOBODY_SUFFIXES)


class Rows:
    """Records under construction: what is not said is 0, or NONE where the column is an index."""

    def __init__(self, kind: str) -> None:
        self.dtype = RECORDS[kind]
        names = self.dtype.names or ()
        self._blank = {name: NONE if starts_as_nobody(name) else 0 for name in names}
        self._rows: list[dict[str, Any]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self._rows[index]

    def add(self, **columns: Any) -> int:
        """Append a record and give its index."""
        self._rows.append(self._blank.copy())
        self.set(len(self._rows) - 1, **columns)
        return len(self._rows) - 1

    def set(self, index: int, **columns: Any) -> None:
        """Change columns of a record that is there."""
        row = self._rows[index]
        unknown = columns.keys() - row.keys()
        if unknown:
            raise KeyError(f"no column {', '.join(sorted(unknown))} in {self.dtype.names}")
        row.update(columns)

    def records(self) -> Any:
        """The record array, shape (N,)."""
        made = np.zeros(len(self._rows), dtype=self.dtype)
        for name in self._blank:
            made[name].T[...] = [row[name] for row in self._rows]
        return made.view(np.recarray)


def blank(kind: str, count: int) -> Any:
    """A record array of ``count`` unused records."""
    rows = Rows(kind)
    made = np.zeros(count, dtype=rows.dtype)
    for name in rows.dtype.names or ():
        if starts_as_nobody(name):
            made[name] = NONE
    return made.view(np.recarray)
