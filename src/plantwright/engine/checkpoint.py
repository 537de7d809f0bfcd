"""Checkpoints: a replication at rest as one ``.npz`` file of raw arrays, and back, to the last bit.

A checkpoint goes with the plant and the records it was made of and is refused by any other. What a changed plant can
begin from is a state in names (``model.state``).
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from plantwright import jit
from plantwright.arrays import LAYOUT, RECORDS, World
from plantwright.engine.replication import Replication
from plantwright.engine.worlds import CHANGING, FIXED, Log, deaf, flush, listening
from plantwright.errors import Finding, Place, RunError

_COUNTED = ("until", "warmup", "bin", "status")


def layout() -> str:
    """Fingerprint of all records: a column more or less makes another one."""
    columns = {kind: [(name, str(dtype[name])) for name in dtype.names or ()] for kind, dtype in RECORDS.items()}
    return hashlib.sha256(json.dumps([LAYOUT, World._fields, columns]).encode()).hexdigest()[:16]


def fixed_part(world: World) -> str:
    """Fingerprint of the arrays that no run writes to."""
    digest = hashlib.sha256()
    for name in FIXED:
        digest.update(np.ascontiguousarray(getattr(world, name)).tobytes())
    return digest.hexdigest()[:16]


def save(replication: Replication, path: str | Path, *, plant_hash: str) -> None:
    """Write a replication between two steps to a file; one of that name is replaced, never left half written.

    Parameters
    ----------
    replication
        What is written; what its trace holds is handed over first.
    path
        The file, ``.npz``.
    plant_hash
        Fingerprint of the plant, by which a checkpoint of another one is refused.
    """
    flush(replication.world, replication.log)
    about = {name: getattr(replication, name) for name in _COUNTED}
    about |= {"layout": layout(), "plant": plant_hash, "fixed": fixed_part(replication.world)}
    about |= {"kernel": jit.source_stamp(), "numba": jit.version()}
    arrays = {f"world/{name}": getattr(replication.world, name) for name in CHANGING}
    arrays |= {f"before/{name}": value for name, value in (replication.before or {}).items()}
    arrays |= {f"history/{name}": np.array(rows, np.int64) for name, rows in replication.history.items()}
    target = Path(path)
    beside = target.with_name(target.name + ".new")
    with beside.open("wb") as file:
        np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)
    beside.replace(target)


def load(path: str | Path, world: World, *, plant_hash: str, log: Log | None = None) -> Replication:
    """The replication of a file, ready to go on.

    Parameters
    ----------
    path
        What ``save`` wrote.
    world
        The same plant, lowered in the same way: its fixed arrays are shared.
    plant_hash
        Fingerprint of that plant.
    log
        Who is handed the trace from there on.

    Raises
    ------
    RunError
        The file is no checkpoint, or one of another layout or another plant.
    """
    try:
        with Path(path).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else "it holds no checkpoint"
        raise _refusal(
            "E430", path, f"the checkpoint cannot be read: {said}", "Name a file that was saved as one."
        ) from None
    _compare(path, about, world, plant_hash)
    group = {kind: {} for kind in ("world", "before", "history")}
    for name, array in arrays.items():
        kind, _, key = name.partition("/")
        group[kind][key] = array
    changing = {name: _records(array) for name, array in group["world"].items()}
    before = {name: _plain(value) for name, value in group["before"].items()} or None
    history = {name: list(rows) for name, rows in group["history"].items()}
    counted = {name: about[name] for name in _COUNTED}
    at_rest = deaf(world._replace(**changing)) if log is None else listening(world._replace(**changing))
    return Replication(at_rest, before=before, history=history, log=log, **counted)


def _compare(path: str | Path, about: dict[str, Any], world: World, plant_hash: str) -> None:
    """Refuse what does not fit."""
    if about.get("layout") != layout():
        message = "the checkpoint was made by another version of Plantwright, whose records differ"
        raise _refusal("E431", path, message, "Run it again with this version, or begin from a state in names.")
    if about["plant"] != plant_hash:
        message = "the checkpoint is of another plant or begun from another state, or these have been changed since"
        raise _refusal("E432", path, message, "Use both as they were, or begin anew from a state in names.")
    if about["fixed"] != fixed_part(world):
        message = "the checkpoint is of a run that was asked for differently"
        raise _refusal("E433", path, message, "Ask for the same length of run, or begin a new checkpoint.")


def _refusal(code: str, path: str | Path, message: str, remedy: str) -> RunError:
    return RunError(Finding(code, message, remedy, Place(file=str(path))))


def _records(array: Any) -> Any:
    return array.view(np.recarray) if array.dtype.names else array


def _plain(value: Any) -> Any:
    return value if value.ndim else int(value)
