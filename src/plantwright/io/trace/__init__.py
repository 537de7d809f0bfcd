"""Traces as files: Parquet for analysis, OCEL 2.0 and XES for process mining; one reader for all of them."""

from plantwright.io.trace.file import TraceFile
from plantwright.io.trace.kind import destination
from plantwright.io.trace.reading import read_trace

__all__ = ["TraceFile", "destination", "read_trace"]
