"""A trace as Parquet: the table as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from plantwright.io.trace.writer import Lift, Tell
from plantwright.results.trace import TraceHeader, trace_schema

ROWS_PER_GROUP = 100_000
"""Rows that a reader takes at once."""


class ParquetWriter:
    """Each chunk becomes a file of its own; at the end they are streamed into one.

    polars writes a Parquet file from a stream, but not piece by piece. This costs the disk twice, and no memory.
    """

    def __init__(self, path: Path, header: TraceHeader, lift: Lift) -> None:
        self.path, self.lift = path, lift
        self.pieces = path.parent / "pieces"
        self.pieces.mkdir()
        self.count = 0
        self.metadata = {"plantwright": json.dumps({"plant": header.plant, **header.provenance}, ensure_ascii=False)}
        self._write(pl.DataFrame(schema=trace_schema()))

    def write(self, chunk: Any) -> None:
        """Write a chunk as a piece."""
        self._write(self.lift(chunk))

    def _write(self, table: pl.DataFrame) -> None:
        table.write_parquet(self.pieces / f"{self.count:09}.parquet", statistics=False)
        self.count += 1

    def finish(self, tell: Tell) -> None:
        """Stream the pieces into one file."""
        pieces = pl.scan_parquet(sorted(self.pieces.iterdir()))
        pieces.sink_parquet(self.path, row_group_size=ROWS_PER_GROUP, metadata=self.metadata)

    def close(self) -> None:
        """Nothing is open."""
