"""The one door to the solvers, which are extras: loaded when a problem is first solved, missed in plain words."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from plantwright.errors import Finding, RunError


def highs() -> ModuleType:
    """HiGHS: linear and mixed-integer programmes.

    Raises
    ------
    RunError
        It is not installed.

    References
    ----------
    Q. Huangfu and J. A. J. Hall (2018), "Parallelizing the dual revised simplex method", Mathematical Programming
    Computation 10(1), doi 10.1007/s12532-017-0130-5
    """
    return _extra("highspy")


def cp_sat() -> ModuleType:
    """OR-Tools CP-SAT: constraints over whole numbers.

    Raises
    ------
    RunError
        It is not installed.
    """
    return _extra("ortools.sat.python.cp_model")


def _extra(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        what = f"this answer needs {name.partition('.')[0]}, which is not installed"
        raise RunError(Finding("E440", what, "Install it: pip install 'plantwright[optimise]'.")) from None
