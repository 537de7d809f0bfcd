"""Every exception and warning of Plantwright: a code, the place in the document, what is wrong, the remedy.

Codes: E1xx the document cannot be read or is malformed, E2xx names and structure do not fit together, E3xx the
arithmetic rules something out, E4xx a run cannot start or continue, W5xx worth a look but not wrong, W6xx the target is
out of reach or nearly.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's files something stands: file and line, or sheet and cell, and the path in the document."""

    path: str = ""
    file: str = ""
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.sheet:
            where += f"[{self.sheet}!{self.cell}]" if self.cell else f"[{self.sheet}]"
        elif self.line is not None:
            where += f":{self.line}"
        return f"{where}: {self.path}" if where and self.path else where or self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong (or worth a look) in a document. ``code`` starts with E (error) or W (warning)."""

    code: str
    message: str
    remedy: str = ""
    place: Place = field(default_factory=Place)
    nearest: str | None = None

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def __str__(self) -> str:
        hint = f' Did you mean "{self.nearest}"?' if self.nearest else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        stop = "" if self.message.endswith((".", "?", "!")) else "."
        return f"{self.code} {self.place}: {self.message}{stop}{hint}{remedy}"


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name that looks most like ``name``, or None where nothing is close."""
    found = difflib.get_close_matches(str(name), list(valid), n=1, cutoff=0.6)
    return found[0] if found else None


class PlantwrightError(Exception):
    """Something the user can mend. Carries one or more findings; prints all of them."""

    exit_code = 3

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


class DocumentError(PlantwrightError):
    """The document has errors: all of them at once."""

    exit_code = 1


class RunError(PlantwrightError):
    """The question could not be answered: a run that cannot start, cannot continue, or shows nothing."""

    exit_code = 3
