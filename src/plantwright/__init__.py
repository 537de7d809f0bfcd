"""Plantwright: the plant written down once, every question asked of it.

``import plantwright`` is quick: each name is loaded, with what it needs, when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plantwright.answers.balance import balance as balance
    from plantwright.answers.bottleneck import bottleneck as bottleneck
    from plantwright.answers.capacity import capacity as capacity
    from plantwright.answers.compare import compare as compare
    from plantwright.answers.materials import materials as materials
    from plantwright.answers.platform import platform as platform
    from plantwright.answers.risk import risk as risk
    from plantwright.answers.run import run as run
    from plantwright.answers.schedule import schedule as schedule
    from plantwright.answers.screening import screening as screening
    from plantwright.answers.simulate import simulate as simulate
    from plantwright.answers.siting import siting as siting
    from plantwright.answers.sourcing import sourcing as sourcing
    from plantwright.errors import (
        DocumentError as DocumentError,
        Finding as Finding,
        PlantwrightError as PlantwrightError,
        RunError as RunError,
    )
    from plantwright.io.document import examine as examine, load as load
    from plantwright.io.patch import Patch as Patch, apply as apply, load_patch as load_patch
    from plantwright.io.schema import json_schema as json_schema
    from plantwright.io.state import load_state as load_state
    from plantwright.io.trace import read_trace as read_trace
    from plantwright.io.write import write as write
    from plantwright.model.plant import Plant as Plant
    from plantwright.model.state import State as State
    from plantwright.results import (
        BottleneckAnswer as BottleneckAnswer,
        CapacityAnswer as CapacityAnswer,
        Chance as Chance,
        CompareAnswer as CompareAnswer,
        Estimate as Estimate,
        MaterialsAnswer as MaterialsAnswer,
        PlatformAnswer as PlatformAnswer,
        Provenance as Provenance,
        RiskAnswer as RiskAnswer,
        RunAnswer as RunAnswer,
        ScreeningAnswer as ScreeningAnswer,
        SimulateAnswer as SimulateAnswer,
        SitingAnswer as SitingAnswer,
    )

_NAMES = {
    "plantwright.answers.balance": ("balance",),
    "plantwright.answers.bottleneck": ("bottleneck",),
    "plantwright.answers.capacity": ("capacity",),
    "plantwright.answers.compare": ("compare",),
    "plantwright.answers.platform": ("platform",),
    "plantwright.answers.materials": ("materials",),
    "plantwright.answers.risk": ("risk",),
    "plantwright.answers.run": ("run",),
    "plantwright.answers.schedule": ("schedule",),
    "plantwright.answers.screening": ("screening",),
    "plantwright.answers.simulate": ("simulate",),
    "plantwright.answers.siting": ("siting",),
    "plantwright.answers.sourcing": ("sourcing",),
    "plantwright.errors": ("DocumentError", "Finding", "PlantwrightError", "RunError"),
    "plantwright.io.document": ("examine", "load"),
    "plantwright.io.patch": ("Patch", "apply", "load_patch"),
    "plantwright.io.schema": ("json_schema",),
    "plantwright.io.state": ("load_state",),
    "plantwright.io.trace": ("read_trace",),
    "plantwright.io.write": ("write",),
    "plantwright.model.plant": ("Plant",),
    "plantwright.model.state": ("State",),
    "plantwright.results": (
        "BottleneckAnswer",
        "CapacityAnswer",
        "Chance",
        "CompareAnswer",
        "Estimate",
        "PlatformAnswer",
        "MaterialsAnswer",
        "Provenance",
        "RiskAnswer",
        "RunAnswer",
        "ScreeningAnswer",
        "SimulateAnswer",
        "SitingAnswer",
    ),
}
"""The public names by the module in which they live."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names}

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
