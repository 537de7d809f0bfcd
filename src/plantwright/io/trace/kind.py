"""What kind of file a trace is, by its name."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Literal, TextIO, cast

from plantwright.errors import Finding, Place, RunError, nearest

Kind = Literal["parquet", "ocel", "xes"]

ENDINGS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".json": "ocel",
    ".jsonocel": "ocel",
    ".xes": "xes",
    ".json.gz": "ocel",
    ".jsonocel.gz": "ocel",
    ".xes.gz": "xes",
}
"""Endings of names and what they stand for; with ``.gz`` the file is compressed."""


def kind_of(path: Path) -> Kind:
    """The kind of a file of this name.

    Raises
    ------
    RunError
        There is no kind of trace with such an ending.
    """
    ending = "".join(path.suffixes[-2:] if path.suffix.lower() == ".gz" else path.suffixes[-1:]).lower()
    if ending not in ENDINGS:
        what = f'a trace cannot be a "{ending}" file' if ending else "the name of a trace needs an ending"
        remedy = "Take .parquet (for analysis), .json or .jsonocel (OCEL 2.0) or .xes; the last three may end in .gz."
        raise RunError(Finding("E416", what, remedy, Place(file=str(path)), nearest(ending, ENDINGS)))
    return ENDINGS[ending]


def open_text(path: Path, mode: Literal["r", "w"]) -> TextIO:
    """A text file, compressed if its name says so."""
    if path.suffix.lower() == ".gz":
        return cast(TextIO, gzip.open(path, f"{mode}t", compresslevel=6, encoding="utf-8", newline="\n"))
    return path.open(mode, encoding="utf-8", newline="\n")


def destination(path: Path) -> Kind:
    """The kind of a file that is to be written there.

    Raises
    ------
    RunError
        The ending is unknown, or there is no such folder.
    """
    kind = kind_of(path)
    if path.is_dir() or not path.parent.is_dir():
        raise unwritable(path, "it is a folder" if path.is_dir() else "there is no such folder")
    return kind


def unwritable(path: Path, why: str) -> RunError:
    """That a file cannot be written, and why."""
    remedy = "Name a file in a folder that exists, in which you may write and where there is room."
    return RunError(Finding("E417", f"the trace cannot be written: {why}", remedy, Place(file=str(path))))
