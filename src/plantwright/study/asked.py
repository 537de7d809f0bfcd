"""How a question is put: what questions share is declared here once, for Python and for the command line.

An answer takes its plants and one of these records; `question` turns it into the public function, whose settings are
the fields of the record, said by name.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from plantwright.errors import Finding, RunError
from plantwright.study.effort import Effort, effort_of

if TYPE_CHECKING:
    from plantwright.model.plant import Plant
    from plantwright.study.progress import Progress

SEEDS = 2**32
"""Seeds there are. [-]"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What every question can be told.

    Attributes
    ----------
    workers
        Threads; as many as there are processors when left out. Changes nothing but the time it takes.
    progress
        Told how far it is.
    strict
        Refuse a plant with values that nothing uses yet.
    timing
        Add machine, workers and wall time to the answer.
    seed
        Key of all random numbers. [-], 0 <= seed < 2**32
    """

    workers: int | None = None
    progress: Progress | None = None
    strict: bool = False
    timing: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.seed < SEEDS:
            raise RunError(Finding("E415", f"{self.seed} is no seed", f"Take a whole number from 0 to {SEEDS - 1}."))
        if self.workers is not None and self.workers < 1:
            raise RunError(Finding("E415", f"{self.workers} workers do nothing", "Ask for at least one."))


@dataclass(frozen=True, kw_only=True)
class AskedOfAYear(Asked):
    """What questions about a year of the plant can be told.

    Attributes
    ----------
    effort
        How many runs the answer is worth: ``quick``, ``normal`` or ``full``.
    """

    effort: str | Effort = "normal"

    @property
    def budget(self) -> Effort:
        """The effort in numbers."""
        return effort_of(self.effort)


@dataclass(frozen=True, kw_only=True)
class AskedOfSupply(Asked):
    """What questions about supply can be told.

    Attributes
    ----------
    lists
        Files of lists that parties are held against, beside those the document names.
    decisions
        Log of decisions about doubtful parties, in place of the one the document names.
    folder
        Where the files that the document names are: the folder of the document; the current one when left out.
    """

    lists: Sequence[str | Path] | None = None
    decisions: str | Path | None = None
    folder: str | Path | None = None

    @property
    def screening(self) -> dict[str, Any]:
        """What settles whom the plant may deal with, to be handed on to another question about it."""
        return {"lists": self.lists, "decisions": self.decisions, "folder": self.folder}


@dataclass(frozen=True, kw_only=True)
class AskedOfSupplyInAYear(AskedOfSupply, AskedOfAYear):
    """What questions about supply can be told that may run the plant too."""


@dataclass(frozen=True, kw_only=True)
class AskedOfAll(AskedOfSupplyInAYear):
    """What ``run`` can be told.

    Attributes
    ----------
    findings
        What reading the document has found; the plant is checked again when left out.
    """

    findings: Sequence[Finding] | None = None


P = ParamSpec("P")
Options = TypeVar("Options")
Second = TypeVar("Second")
Answer = TypeVar("Answer")


class question(Generic[P, Options]):  # noqa: N801
    """Decorator: a function of plants and a record of settings becomes one of plants and the settings themselves.

    Parameters
    ----------
    settings
        The record: `Asked` or one built on it. Its fields, their defaults and their sentences become those of the
        function, for ``help``, editors and type checkers alike.
    """

    def __init__(self, settings: Callable[P, Options]) -> None:
        self.settings = settings

    @overload
    def __call__(self, answer: Callable[[Plant, Options], Answer]) -> Callable[Concatenate[Plant, P], Answer]: ...

    @overload
    def __call__(
        self, answer: Callable[[Plant, Second, Options], Answer]
    ) -> Callable[Concatenate[Plant, Second, P], Answer]: ...

    def __call__(self, answer: Callable[..., Any]) -> Callable[..., Any]:
        *plants, _ = inspect.signature(answer).parameters.values()
        names = sentences(self.settings)
        settings = inspect.signature(self.settings).parameters
        shape = inspect.Signature(
            [*plants, *(settings[name] for name in names)],
            return_annotation=inspect.signature(answer).return_annotation,
        )

        @wraps(answer)
        def asked(*args: Any, **said: Any) -> Any:
            try:
                given = shape.bind(*args, **said).arguments
            except TypeError as error:
                raise TypeError(f"{answer.__name__}() {error}") from None
            things = [given.pop(plant.name) for plant in plants]
            return answer(*things, self.settings(**given))  # type: ignore[call-arg]

        asked.__signature__ = shape  # type: ignore[attr-defined]
        asked.__doc__ = _with_parameters(inspect.getdoc(answer) or "", names)
        return asked


def sentences(settings: Any) -> dict[str, str]:
    """The fields of a record of settings, its own before those it builds on, and what its docstring says of each."""
    found: dict[str, str] = {}
    for record in settings.__mro__:
        _, _, listed = inspect.cleandoc(record.__doc__ or "").partition("Attributes\n----------\n")
        told = dict(re.findall(r"^(\w+)\n((?: {4}.*\n?)+)", listed, re.MULTILINE))
        for name in inspect.get_annotations(record):
            found.setdefault(name, inspect.cleandoc(told.get(name, "")))
    return found


def _with_parameters(doc: str, told: dict[str, str]) -> str:
    """A docstring with the settings after its last parameter."""
    listed = "\n".join(f"{name}\n{indent(text, ' ' * 4)}" for name, text in told.items())
    head, section, rest = doc.partition("Parameters\n----------\n")
    plants, gap, more = rest.partition("\n\n")
    return f"{head}{section}{plants}\n{listed}{gap}{more}"
