"""A document as read: text not yet understood, where each piece of it stands, and what is wrong with the files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from plantwright.errors import Finding, Place
from plantwright.io.address import Keys, keys_of, show


@dataclass
class Draft:
    """What every door (YAML, folder, workbook) makes of its files: one tree of text, and a place for each node.

    Every scalar is text (or None) until the model reads it: operation ``010`` and version ``1.10`` stay as written.
    """

    file: str
    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[Keys, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, keys: Keys) -> Place:
        """Where a node stands: its own line or cell, else that of the nearest node around it, with its path."""
        for length in range(len(keys), -1, -1):
            if found := self.places.get(keys[:length]):
                return replace(found, path=show(keys, self.tree))
        return Place(path=show(keys, self.tree), file=self.file)

    def locate(self, finding: Finding) -> Finding:
        """A finding that knows only its path in the document, with file and line or sheet and cell added."""
        if finding.place.file or finding.place.sheet:
            return finding
        found = self.place(keys_of(finding.place.path, self.tree))
        return replace(finding, place=replace(found, path=finding.place.path or found.path))

    def complain(
        self, code: str, message: str, remedy: str, *, at: Place | Keys = (), nearest: str | None = None
    ) -> None:
        """Note one thing wrong and go on."""
        place = at if isinstance(at, Place) else self.place(at)
        self.findings.append(Finding(code, message, remedy, place, nearest))
