"""Rows of a programme, gathered one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from plantwright.problems.sourcing import Floats, Indices


class Rows:
    """Collects rows ``lower <= a x <= upper``; each is scaled so that its largest coefficient is 1."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._index: list[Indices] = []
        self._value: list[Floats] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._scale: list[float] = []

    def add(
        self, terms: Sequence[tuple[Indices, Floats | float]], lower: float = -np.inf, upper: float = np.inf
    ) -> int:
        """Add a row of columns and their coefficients; its number."""
        index = np.concatenate([np.atleast_1d(columns) for columns, _ in terms]).astype(np.int64)
        value = np.concatenate([np.broadcast_to(factor, np.shape(np.atleast_1d(at))) for at, factor in terms])
        scale = float(np.abs(value).max(initial=0.0)) or 1.0
        self._index.append(index)
        self._value.append(value / scale)
        self._lower.append(lower / scale)
        self._upper.append(upper / scale)
        self._scale.append(scale)
        return len(self._scale) - 1

    def dense(self, row: Floats, lower: float = -np.inf, upper: float = np.inf) -> int:
        """Add a row that has a coefficient for every column; its number."""
        index = np.flatnonzero(row)
        return self.add([(index, row[index])], lower, upper)

    @property
    def scale(self) -> Floats:
        """What each row was divided by. (rows,) float64"""
        return np.array(self._scale)

    def matrix(self) -> sparse.csr_matrix:
        """All rows."""
        starts = np.concatenate([[0], np.cumsum([len(index) for index in self._index])]).astype(np.int64)
        index = np.concatenate([*self._index, np.empty(0, dtype=np.int64)])
        value = np.concatenate([*self._value, np.empty(0)])
        matrix = sparse.csr_matrix((value, index, starts), shape=(len(self._scale), self._columns))
        matrix.sum_duplicates()
        return matrix

    def bounds(self) -> tuple[Floats, Floats]:
        """Least and most of the rows."""
        return np.array(self._lower), np.array(self._upper)
