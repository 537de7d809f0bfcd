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
    from plantwright.io.document import examine as check
    from plantwright.io.document import load as load
    from plantwright.io.patch import Patch as Patch
    from plantwright.io.patch import apply as apply
    from plantwright.io.patch import load_patch as load_patch
    from plantwright.io.schema import json_schema as json_schema
    from plantwright.io.write import write as write
    from plantwright.model.plant import Plant as Plant
    from plantwright.results import BottleneckAnswer as BottleneckAnswer
    from plantwright.results import CapacityAnswer as CapacityAnswer
    from plantwright.results import Chance as Chance
    from plantwright.results import CompareAnswer as CompareAnswer
    from plantwright.results import Estimate as Estimate
    from plantwright.results import Provenance as Provenance
    from plantwright.results import RunAnswer as RunAnswer
    from plantwright.results import SimulateAnswer as SimulateAnswer

_HOMES = {
    "DocumentError": "plantwright.errors:DocumentError",
    "Finding": "plantwright.errors:Finding",
    "PlantwrightError": "plantwright.errors:PlantwrightError",
    "RunError": "plantwright.errors:RunError",
    "check": "plantwright.io.document:examine",
    "load": "plantwright.io.document:load",
    "Patch": "plantwright.io.patch:Patch",
    "apply": "plantwright.io.patch:apply",
    "load_patch": "plantwright.io.patch:load_patch",
    "json_schema": "plantwright.io.schema:json_schema",
    "write": "plantwright.io.write:write",
    "Plant": "plantwright.model.plant:Plant",
    "BottleneckAnswer": "plantwright.results:BottleneckAnswer",
    "CapacityAnswer": "plantwright.results:CapacityAnswer",
    "Chance": "plantwright.results:Chance",
    "CompareAnswer": "plantwright.results:CompareAnswer",
    "Estimate": "plantwright.results:Estimate",
    "Provenance": "plantwright.results:Provenance",
    "RunAnswer": "plantwright.results:RunAnswer",
    "SimulateAnswer": "plantwright.results:SimulateAnswer",
}
"""Where each public name lives: module and the name there."""

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
    module, _, thing_name = _HOMES[name].partition(":")
    thing = getattr(import_module(module), thing_name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted(__all__)
