"""How commands ask: each declares its own arguments, those that questions share are added here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plantwright.cli.console import answering, progress, show
from plantwright.cli.options import SHARED, AsJson, Level
from plantwright.study.asked import Asked

if TYPE_CHECKING:
    from plantwright.model.plant import Plant

Answer = Any
"""A ``Printable`` record. Results are not loaded before there are any, so that ``--help`` is there at once."""


@dataclass(frozen=True)
class Call:
    """What a command was told beside its own arguments.

    Attributes
    ----------
    settings
        For the question: effort, seed and the like.
    as_json
        Whether the answer is for a program.
    simulates
        Whether the question needs the engine, which is then loaded before anything else.
    folders
        Where the documents were that it read: their files name others beside them.
    """

    settings: Mapping[str, Any]
    as_json: bool
    simulates: bool = True
    folders: list[Path] = field(default_factory=list)

    def read(self, path: Path, patches: Sequence[Path] | None = None) -> Plant:
        """The plant of a document, with its patches applied in order."""
        from plantwright.io.document import load
        from plantwright.io.patch import apply, load_patch

        plant = load(path, strict=self.settings["strict"])
        self.folders.append(path if path.is_dir() else path.parent)
        for patch in patches or ():
            plant = apply(plant, load_patch(patch))
        return plant

    def put(self, question: str, *plants: Plant, **own: Any) -> Answer:
        """Put a question (its module and its function have the same name) with progress on stderr."""
        ask = getattr(import_module(f"plantwright.answers.{question}"), question)
        beside = {"folder": self.folders[0]} if "lists" in self.settings and self.folders else {}
        with progress(self.as_json, engine=self.simulates) as bars:
            return ask(*plants, progress=bars, **own, **beside, **self.settings)


def asks(settings: type[Asked], *, simulates: bool = True) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Decorator: a function of a `Call` and its own arguments becomes a command that shows the answer it returns.

    Parameters
    ----------
    settings
        What the question can be told; of this the options that are `SHARED` are added, with the same defaults.
    simulates
        Whether the question needs the engine.
    """
    defaults = {each.name: each.default for each in fields(settings) if each.name in SHARED}
    options = [_option(name, kind, defaults[name]) for name, kind in SHARED.items() if name in defaults]
    options.append(_option("as_json", AsJson, False))

    def decorated(command: Callable[..., Answer]) -> Callable[..., None]:
        _, *own = inspect.signature(command, eval_str=True).parameters.values()

        @wraps(command)
        def told(as_json: bool, **given: Any) -> None:
            call = Call({name: given.pop(name) for name in defaults}, as_json, simulates)
            with answering(as_json):
                show(command(call, **given), as_json)

        told.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]
        return told

    return decorated


def _option(name: str, kind: Any, default: Any) -> inspect.Parameter:
    if name == "effort":
        default = Level(default)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
