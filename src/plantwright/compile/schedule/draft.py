"""A scheduling problem under construction: rows that become its arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plantwright.compile.schedule.people import Levels, Pool
from plantwright.problems.schedule import Arcs, Ints, Jobs, Machines, Modes, Needs, Operations, Pools

Row = dict[str, int]


@dataclass
class Draft:
    """Rows of a problem by kind; each has all columns of its record."""

    operations: list[Row] = field(default_factory=list)
    modes: list[Row] = field(default_factory=list)
    needs: list[tuple[int, int]] = field(default_factory=list)
    machines: list[Row] = field(default_factory=list)
    arcs: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)

    def need(self, amounts: dict[int, int]) -> dict[str, int]:
        """What a mode or a setup holds of pools, as its columns."""
        first = len(self.needs)
        self.needs += list(amounts.items())
        return {"first_need": first, "needs": len(amounts)}

    def arc(self, before: int, after: int, *, least: int, most: int = -1, from_start: bool = False) -> int:
        """One operation that waits for another."""
        self.arcs.append(
            {"before": before, "after": after, "from_start": int(from_start), "least": least, "most": most}
        )
        return len(self.arcs) - 1

    def records(self) -> dict[str, Any]:
        """The records of the problem that are written row by row."""
        return {
            "jobs": Jobs(**_columns(self.jobs, Jobs)),
            "operations": Operations(**_columns(self.operations, Operations)),
            "modes": Modes(**_columns(self.modes, Modes)),
            "needs": Needs(pool=_ints(row[0] for row in self.needs), amount=_ints(row[1] for row in self.needs)),
            "machines": Machines(**_columns(self.machines, Machines)),
            "arcs": Arcs(**_columns(self.arcs, Arcs)),
        }


FLAGS = ("blocks", "interruptible", "ahead", "from_start")


def _columns(rows: list[Row], record: type) -> dict[str, Any]:
    found: dict[str, Any] = {name: _ints(row[name] for row in rows) for name in record.__dataclass_fields__}  # type: ignore[attr-defined]
    return {name: column.astype(np.bool_) if name in FLAGS else column for name, column in found.items()}


def _ints(values: Any) -> Ints:
    return np.array(list(values), dtype=np.int64)


def pools_of(pools: list[Pool]) -> Pools:
    """Levels of all pools in arrays."""
    levels: list[Levels] = [pool.levels for pool in pools]
    counts = _ints(len(each) for each in levels)
    return Pools(
        first_level=np.cumsum(counts) - counts,
        levels=counts,
        level_from=_ints(row[0] for each in levels for row in each),
        level=_ints(row[1] for each in levels for row in each),
    )
