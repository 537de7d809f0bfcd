"""States in files: read with everything that is wrong with them, written so that people can edit them."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

from plantwright.errors import DocumentError, Finding, Place, nearest
from plantwright.io.address import Keys, child
from plantwright.io.draft import Draft
from plantwright.io.emit import document
from plantwright.io.fields import Shape
from plantwright.io.files import TEXTS, read_yaml, text_of
from plantwright.io.target import writable
from plantwright.io.validate import Fault, validated
from plantwright.model.fit import fit
from plantwright.model.plant import Plant
from plantwright.model.state import STATE_VERSION, State

WHOLE = Shape(records=(State,))
FIELD = "state"
AFTER_PARTS = {"E291"}
"""What is only told for want of parts that were refused themselves: a machine that is at work on nothing."""


def load_state(path: str | Path, plant: Plant | None = None) -> State:
    """The state that a file holds: where everything is at one moment, from which runs can begin.

    Parameters
    ----------
    path
        A YAML file, as a run leaves one behind or written by hand; its lists may be CSV tables beside it.
    plant
        The plant that shall begin from it, which may have changed since: what does not fit is refused.

    Raises
    ------
    DocumentError
        The file is no state, or does not fit the plant: all errors at once, each with its place and remedy.
    """
    state, findings = examine_state(path, plant)
    errors = [finding for finding in findings if finding.is_error]
    if state is None or errors:
        raise DocumentError(*errors)
    return state


def examine_state(path: str | Path, plant: Plant | None = None) -> tuple[State | None, tuple[Finding, ...]]:
    """Everything there is to say about a state: the state where it can be read, and all errors and warnings."""
    draft = Draft(file=str(path))
    _read(Path(path), draft)
    if not draft.tree or draft.findings or not _is_known_version(draft):
        return None, tuple(draft.findings)
    state, faults = validated(draft.tree, State)
    draft.findings += [
        Finding(fault.code, fault.message, fault.remedy, _place(draft, fault.keys), fault.nearest) for fault in faults
    ]
    if plant is not None:
        draft.findings += [draft.locate(finding) for finding in _misfits(draft.tree, state, faults, plant)]
    return state, tuple(draft.findings)


def _place(draft: Draft, keys: Keys) -> Place:
    """Where something stands; entries of lists by their positions, for many parts share an operation."""
    return replace(draft.place(keys), path=".".join(str(key) for key in keys))


def _read(path: Path, draft: Draft) -> None:
    here = Place(file=str(path))
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else Path()
        guess = nearest(path.name, [file.name for file in folder.iterdir()])
        draft.complain("E100", "there is no such file", "Check the path.", at=here, nearest=guess)
    elif path.suffix.lower() not in TEXTS:
        draft.complain("E101", f'a "{path.suffix}" file is no state', "A state is a .yaml file.", at=here)
    elif (text := text_of(path, draft)) is not None:
        read_yaml(text, path, draft, WHOLE, begins=(FIELD, "at"))


def _is_known_version(draft: Draft) -> bool:
    written = draft.tree.get(FIELD)
    if str(written) == str(STATE_VERSION):
        return True
    message = "this is no state" if written is None else f'"{written}" is no version of a state that is known here'
    draft.complain("E105", message, f'Begin it with "{FIELD}: {STATE_VERSION}".', at=(FIELD,))
    return False


def _misfits(tree: dict[str, Any], state: State | None, faults: list[Fault], plant: Plant) -> list[Finding]:
    """What does not fit the plant; of a state with faults, in the entries that have none."""
    if state is not None:
        return list(fit(state, plant))
    refused = {fault.keys[:2] for fault in faults}
    tree, places = _sound_entries(tree, refused)
    state, faults = validated(tree, State)
    found = [] if state is None else [_moved(finding, places) for finding in fit(state, plant)]
    follows = AFTER_PARTS if any(keys[0] == "parts" for keys in refused if keys) else set()
    return [finding for finding in found if finding.code not in follows]


def _sound_entries(tree: dict[str, Any], refused: set[Keys]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The tree without the entries (or fields) that were refused, and where those of each list have stood."""
    tree = copy.deepcopy(tree)
    places = {field: [*range(len(entries))] for field, entries in tree.items() if isinstance(entries, list)}
    for keys in sorted(refused, key=str, reverse=True):
        parent, last = reduce(child, keys[:-1], tree), keys[-1] if keys else ""
        if isinstance(last, str):
            parent.pop(last, None)
    for field, kept in places.items():
        kept[:] = [index for index in kept if (field, index) not in refused]
        if field in tree:
            tree[field] = [tree[field][index] for index in kept]
    return tree, places


def _moved(finding: Finding, places: dict[str, list[int]]) -> Finding:
    """A finding about an entry of a list at the place where it stands in the file."""
    field, _, rest = finding.place.path.partition(".")
    index, dot, below = rest.partition(".")
    if field not in places or not index.isdigit():
        return finding
    path = f"{field}.{places[field][int(index)]}{dot}{below}"
    return Finding(finding.code, finding.message, finding.remedy, Place(path=path), finding.nearest)


def state_to_yaml(state: State) -> str:
    """A state as one YAML text."""
    tree: dict[str, Any] = state.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    first = {FIELD: state.state, "plant": state.plant, "at": tree["at"]}
    return document(first | {key: value for key, value in tree.items() if key not in first})


def digest(state: State) -> str:
    """The state's fingerprint: sha256 of its canonical JSON. The order of entries counts, for it settles ties."""
    tree = state.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    canonical = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def destination(path: str | Path) -> Path:
    """The file that ``write_state`` writes.

    Raises
    ------
    DocumentError
        The ending is that of another kind of file.
    RunError
        It cannot be written there.
    """
    target = Path(path)
    if target.suffix.lower() not in TEXTS:
        message = f'no state is written to a "{target.suffix}" file'
        raise DocumentError(Finding("E101", message, "Name a .yaml file.", Place(file=str(target))))
    writable(target)
    return target


def write_state(state: State, path: str | Path) -> Path:
    """Write a state to a ``.yaml`` file; one of that name is replaced.

    Raises
    ------
    DocumentError
        The ending is that of another kind of file.
    RunError
        It cannot be written there.
    """
    target = destination(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(state_to_yaml(state), encoding="utf-8")
    return target
