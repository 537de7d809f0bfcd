"""Records in the order of their parts, from chunks that came in the order of time: an external merge sort."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np

from plantwright.codes import NONE


class Run:
    """A chunk that lies in a file, sorted by part. To ``bisect`` it is the sequence of its parts.

    Parameters
    ----------
    file
        Where to; the chunk is put at the end.
    chunk
        Records (N,) with a column ``part``, N > 0.
    row
        Number of the first of them: it gets a column ``row``.
    """

    def __init__(self, file: BinaryIO, chunk: Any, row: int) -> None:
        order = np.argsort(chunk["part"], kind="stable")
        record = np.dtype([(name, chunk.dtype[name]) for name in chunk.dtype.names] + [("row", np.int64)])
        kept = np.empty(len(chunk), record)
        for name in chunk.dtype.names:
            kept[name] = chunk[name][order]
        kept["row"] = row + order
        self.file, self.record, self.count = file, record, len(chunk)
        self.first, self.last = int(kept["part"][0]), int(kept["part"][-1])
        self.start = file.seek(0, 2)
        file.write(kept.tobytes())

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> int:
        return int(self._read(index, 1)["part"][0])

    def _read(self, index: int, count: int) -> Any:
        self.file.seek(self.start + index * self.record.itemsize)
        return np.frombuffer(self.file.read(count * self.record.itemsize), self.record)

    def before(self, part: int) -> int:
        """How many of its records are of parts with lower numbers."""
        if part <= self.first:
            return 0
        return self.count if part > self.last else bisect_left(self, part)

    def between(self, part: int, until: int) -> Any:
        """Its records of parts from ``part`` to ``until - 1``."""
        start = self.before(part)
        return self._read(start, self.before(until) - start)


def merged(runs: Sequence[Run]) -> Iterator[Any]:
    """All records by part and, within it, in the order of time; those of no part come last.

    Never more than the longest run has are held at once, however many there are of one part.
    """
    most = max((len(run) for run in runs), default=0)
    last = max((run.last for run in runs), default=NONE)
    part = 0
    while part <= last:
        until = _end(runs, part, last + 1, most)
        there = [run for run in runs if run.first < until and run.last >= part]
        pieces = (rows for run in there if len(rows := run.between(part, until)))
        if until == part + 1:
            yield from pieces
        elif found := list(pieces):
            rows = np.concatenate(found)
            yield rows[np.argsort(rows["part"], kind="stable")]
        part = until
    yield from (rows for run in runs if len(rows := run.between(NONE, 0)))


def _end(runs: Sequence[Run], part: int, end: int, most: int) -> int:
    """The end, or the part before which there are at most ``most`` records from ``part`` on; one part at least."""
    alive = [(run, run.before(part)) for run in runs if run.last >= part]
    lowest, highest = part + 1, end
    while lowest < highest:
        middle = (lowest + highest + 1) // 2
        if sum(run.before(middle) - start for run, start in alive) <= most:
            lowest = middle
        else:
            highest = middle - 1
    return lowest
