"""Patches: small documents that say how a plant differs from another, for scenarios and comparisons.

Two forms, which may be mixed: ``set`` and ``remove`` with paths, and the plant's own sections, only as deep as they
differ, where an entry of a list is addressed by its operation or name::

    plantwright-patch: 1
    name: fewer rest places
    set: {stations.rest.machines: 660, routes.agri.place.time: 30 s}
    remove: [stations.rest.failures.jam]
    stations: {capacity-test: {room: 400}}
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Any

from plantwright.errors import DocumentError, Place, nearest
from plantwright.io.address import Keys, child, depth, follow, show, title
from plantwright.io.document import settle, tree_of
from plantwright.io.draft import Draft
from plantwright.io.fields import below, names, shape_at
from plantwright.io.files import text_of
from plantwright.io.yaml import read_text
from plantwright.model.plant import Plant

FIELD = "plantwright-patch"
VERSION = 1
_OWN = {FIELD, "name", "set", "remove"}


@dataclass(frozen=True)
class Patch:
    """How a plant differs from another.

    Parameters
    ----------
    name
        What people call the scenario.
    set
        New values by path.
    remove
        Paths of what is not there.
    overlay
        Sections of a plant, only as deep as they differ.
    places
        Where each path of the patch stands in its file, for findings.
    """

    name: str = ""
    set: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    overlay: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Keys, Place] = field(default_factory=dict, compare=False, repr=False)


def is_patch(path: str | Path) -> bool:
    """Whether a file is a patch and not a plant, told by its first field."""
    path = Path(path)
    return path.is_file() and path.suffix in (".yaml", ".yml") and FIELD in path.read_text("utf-8", "replace")[:2000]


def load_patch(path: str | Path) -> Patch:
    """The patch that a file holds.

    Raises
    ------
    DocumentError
        The file cannot be read or is no patch.
    """
    path = Path(path)
    draft = Draft(file=str(path))
    tree = None
    if not path.is_file():
        draft.complain("E100", "there is no such file", "Check the path.", at=Place(file=str(path)))
    elif (text := text_of(path, draft)) is not None:
        tree = read_text(text, str(path), draft)
    if not draft.findings and not (isinstance(tree, dict) and tree.get(FIELD) == str(VERSION)):
        remedy = f'Begin it with "{FIELD}: {VERSION}".'
        draft.complain("E105", f"this is no patch of version {VERSION}", remedy, at=Place(file=str(path), line=1))
    if draft.findings:
        raise DocumentError(*draft.findings)
    assert isinstance(tree, dict)
    return _patch_of(tree, draft)


def _patch_of(tree: dict[str, Any], draft: Draft) -> Patch:
    changes, removed = tree.get("set") or {}, tree.get("remove") or []
    if not isinstance(changes, dict):
        draft.complain("E112", "set is a group of paths and values", 'Write "set: {path: value}".', at=("set",))
    if not isinstance(removed, list):
        draft.complain("E112", "remove is a list of paths", 'Write "remove: [path]".', at=("remove",))
    if draft.findings:
        raise DocumentError(*draft.findings)
    overlay = {key: value for key, value in tree.items() if key not in _OWN}
    return Patch(tree.get("name") or "", changes, tuple(map(str, removed)), overlay, draft.places)


def apply(plant: Plant, patch: Patch | Mapping[str, Any]) -> Plant:
    """The plant that differs as a patch says, checked anew. It is called after both where the patch has a name.

    Parameters
    ----------
    patch
        A patch, or simply new values by path: ``{"stations.rest.machines": 660}``.

    Raises
    ------
    DocumentError
        A path leads nowhere, or the changed plant has errors; all of them at once.
    """
    if not isinstance(patch, Patch):
        patch = Patch(set=patch)
    draft = Draft(file=patch.name or "patch", tree=copy.deepcopy(tree_of(plant)))
    edit = _Edit(draft, patch.places)
    edit.merge(draft.tree, patch.overlay, (), ())
    for number, path in enumerate(patch.remove):
        edit.remove(path, ("remove", number))
    for path, value in patch.set.items():
        edit.set(path, value, ("set", path))
    edit.forget_sources(tree_of(plant))
    if patch.name:
        draft.tree["name"] = f"{plant.name}, {patch.name}"
    changed = None if draft.findings else settle(draft)
    if changed is not None and plant.screening not in (None, changed.screening):
        remedy = "Change it in the document itself; a scenario may bring more lists with --list."
        edit.at_top("screening", "E118", "a patch cannot change whom the plant may deal with", remedy)
    errors = [finding for finding in draft.findings if finding.is_error]
    if errors or changed is None:
        raise DocumentError(*errors)
    return changed


@dataclass(frozen=True)
class _Edit:
    """Changes to the tree of a draft. ``at`` is where in the patch a change is written."""

    draft: Draft
    places: Mapping[Keys, Place]

    def merge(self, node: Any, change: Mapping[str, Any], keys: Keys, at: Keys) -> None:
        """Lay a partial tree over a node: groups are merged, everything else is replaced."""
        for name, value in change.items():
            written = (*at, name)
            key = self.entry(node, name, keys, written)
            if key is None:
                continue
            inside = child(node, key)
            if isinstance(value, Mapping) and isinstance(inside, dict | list):
                self.merge(inside, value, (*keys, key), written)
            else:
                self.put((*keys, key), value, written)

    def entry(self, node: Any, name: str, keys: Keys, at: Keys) -> str | int | None:
        """The key that a name of the patch means in a node, None with a finding where there is none such."""
        here = shape_at(keys)
        if isinstance(node, dict) and (here.mappings or name in names(here)):
            return name
        found, rest = follow(name, node)
        if found and not rest:
            return found[0]
        self.lost(show((*keys, name), self.draft.tree), keys, name, at)
        return None

    def remove(self, path: str, at: Keys) -> None:
        keys, rest = follow(path, self.draft.tree)
        if rest or not keys:
            self.lost(path, keys, rest, at)
        else:
            del self.node(keys[:-1])[keys[-1]]

    def set(self, path: str, value: Any, at: Keys) -> None:
        """Set a value at a path; fields on the way that the plant left at their defaults are made, ids are not."""
        keys, rest = follow(path, self.draft.tree)
        while rest and isinstance(self.node(keys), dict):
            here = shape_at(keys)
            name, _, after = rest.partition(".")
            if here.mappings and not (after and below(here, "*").records):
                name, after = rest, ""  # a new entry takes all that is left, for ids may hold dots
            elif name not in names(here):
                break
            if after:
                self.put((*keys, name), {}, at)
            keys, rest = (*keys, name), after
        if rest or not keys:
            self.lost(path, keys, rest, at)
        else:
            self.put(keys, value, at)

    def put(self, keys: Keys, value: Any, at: Keys) -> None:
        """Set a value, and remember where in the patch it stands, so that a check of the new plant points there."""
        self.node(keys[:-1])[keys[-1]] = value
        if found := self.places.get(at):
            self.draft.places[keys] = found

    def forget_sources(self, before: Any) -> None:
        """Leave out the sources of numbers that the patch has taken away with what they stood in."""
        tree = self.draft.tree
        rows = tree.get("sources")
        if isinstance(rows, list):
            paths = [str(row.get("path", "")) if isinstance(row, dict) else "" for row in rows]
            kept = [row for row, path in zip(rows, paths, strict=True) if depth(path, tree) >= depth(path, before)]
            tree["sources"] = kept

    def node(self, keys: Keys) -> Any:
        return reduce(child, keys, self.draft.tree)

    def at_top(self, section: str, code: str, message: str, remedy: str) -> None:
        """A finding on a section, at the first place where the patch is about it."""
        mine = (place for keys, place in self.places.items() if section in str(keys[:3]))
        place = replace(next(mine, Place(file=self.draft.file)), path=section)
        self.draft.complain(code, message, remedy, at=place)

    def lost(self, path: str, keys: Keys, rest: str, at: Keys) -> None:
        """A path that leads nowhere: the nearest name at the point where it gets lost."""
        node = self.node(keys)
        known = [*(node if isinstance(node, dict) else []), *names(shape_at(keys))]
        if isinstance(node, list):
            known = [name for entry in node if (name := title(entry))]
        name = rest.split(".")[0] or path
        place = replace(self.places.get(at, Place()), path=path)
        remedy = f"There are: {', '.join(dict.fromkeys(known[:20]))}." if known else "Check the path."
        message = f'the path leads nowhere: there is no "{name}"'
        self.draft.complain("E117", message, remedy, at=place, nearest=nearest(name, known))
