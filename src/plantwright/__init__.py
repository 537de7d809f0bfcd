"""Plantwright: the plant written down once, every question asked of it.

``import plantwright`` is quick: each name is loaded, with what it needs, when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plantwright.errors import DocumentError as DocumentError
    from plantwright.errors import Finding as Finding
    from plantwright.errors import PlantwrightError as PlantwrightError
    from plantwright.errors import RunError as RunError
    from plantwright.model.plant import Plant as Plant
    from plantwright.results import Estimate as Estimate

_HOMES = {
    "DocumentError": "plantwright.errors",
    "Finding": "plantwright.errors",
    "PlantwrightError": "plantwright.errors",
    "RunError": "plantwright.errors",
    "Plant": "plantwright.model.plant",
    "Estimate": "plantwright.results",
}
"""Where each public name lives."""

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """The public name, loaded on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("plantwright")
    if name not in _HOMES:
        from plantwright.errors import nearest

        guess = nearest(name, _HOMES)
        hint = f". Did you mean {guess}?" if guess else ""
        raise AttributeError(f"plantwright has no {name}{hint}")
    thing = getattr(import_module(_HOMES[name]), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted(__all__)
