"""Where an answer comes from, and how it prints itself."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from plantwright.results import frames

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer can be traced to and repeated from. ``state_hash`` is empty where runs began empty."""

    plantwright: str
    python: str
    numpy: str
    numba: str
    seed: int
    plant_hash: str
    schema: int
    effort: str = ""
    state_hash: str = ""


@dataclass(frozen=True, slots=True)
class Execution:
    """On which machine and how fast; only on request, since it differs from run to run."""

    machine: str
    workers: int
    wall_s: float
    compile_s: float = 0.0
    part_moves: int = 0
    part_moves_per_s_and_core: float | None = None


class Printable:
    """Answers print themselves, and turn into plain data, JSON and polars frames."""

    def __str__(self) -> str:
        from plantwright.results.terminal import plain

        return plain(self)

    __repr__ = __str__

    def __rich__(self) -> RenderableType:
        from plantwright.results.terminal import summary

        return summary(self)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data; NaN and infinities become None (unknown)."""
        data: dict[str, Any] = _plain(asdict(self))  # type: ignore[call-overload]
        if data.get("execution", "") is None:
            del data["execution"]
        return data

    def to_json(self) -> str:
        """Stable JSON: the same answer is the same bytes."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False, allow_nan=False)

    def tables(self) -> tuple[str, ...]:
        """Names of the fields that hold a row for each of many things: what ``frame`` takes."""
        return frames.tables(self)

    def frame(self, table: str) -> pl.DataFrame:
        """One of the ``tables`` as a polars frame; a number with an interval takes two columns, the second one
        ``..._half_width``.

        Raises
        ------
        ValueError
            There is no such table.
        """
        return frames.frame(self, table)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
