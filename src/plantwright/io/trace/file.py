"""A trace on its way to a file: taken chunk by chunk, there as a whole at the end or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from plantwright.io.trace.kind import Kind, destination, unwritable
from plantwright.io.trace.ocel import OcelWriter
from plantwright.io.trace.parquet import ParquetWriter
from plantwright.io.trace.writer import Lift, Tell, Writer
from plantwright.io.trace.xes import XesWriter
from plantwright.results.trace import TraceHeader

WRITERS: dict[Kind, type[ParquetWriter | OcelWriter | XesWriter]] = {
    "parquet": ParquetWriter,
    "ocel": OcelWriter,
    "xes": XesWriter,
}


class TraceFile:
    """A trace that is being written. Use as a context: what has not been kept when it ends is gone.

    Parameters
    ----------
    path
        Where it shall be. The ending of the name says what kind of file it is.
    header
        What is known before the first event.
    lift
        What turns chunks into tables in names.

    Raises
    ------
    RunError
        The ending is unknown, or nothing can be written there.
    """

    def __init__(self, path: str | Path, header: TraceHeader, lift: Lift) -> None:
        self.path = Path(path)
        kind = destination(self.path)
        with _explained(self.path):
            self._folder = TemporaryDirectory(prefix=".trace-", dir=self.path.parent)
        self._draft = Path(self._folder.name) / self.path.name
        self._writer: Writer = WRITERS[kind](self._draft, header, lift)
        self.events = 0

    def write(self, chunk: Any) -> None:
        """Take a chunk of the engine's log; it may be overwritten afterwards."""
        with _explained(self.path):
            self._writer.write(chunk)
        self.events += len(chunk)

    def keep(self, tell: Tell = lambda done: None) -> None:
        """Complete the file and put it where it shall be; ``tell`` hears the fraction done."""
        with _explained(self.path):
            self._writer.finish(tell)
            self._draft.replace(self.path)
        tell(1.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._writer.close()
        self._folder.cleanup()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Says in the user's words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None
