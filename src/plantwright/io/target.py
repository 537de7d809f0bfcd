"""Files and folders that are to be written: refused before anything takes its time."""

from __future__ import annotations

import os
from pathlib import Path

from plantwright.errors import DocumentError, Finding, Place, RunError

CODE = "E109"


def unused(path: Path) -> None:
    """Refuse a path where something is already.

    Raises
    ------
    DocumentError
        There is.
    """
    if path.exists():
        raise DocumentError(
            Finding(CODE, "it exists already", "Name another place, or remove it first.", Place(file=str(path)))
        )


def writable(path: Path) -> None:
    """Refuse a file that could not be written; folders that are missing on the way are made later.

    Raises
    ------
    RunError
        It is a folder, a file is on the way, or one may not write there.
    """
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if path.is_dir():
        why = "it is a folder"
    elif not above.is_dir():
        why = f"{above} is a file"
    elif not os.access(path if path.exists() else above, os.W_OK):
        why = "it may not be written there"
    else:
        return
    raise RunError(Finding(CODE, why, "Name a file in a folder in which you may write.", Place(file=str(path))))
