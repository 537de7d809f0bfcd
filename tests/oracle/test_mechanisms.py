"""The plants of the tests of mechanisms, ``tests/engine``: the engine's trace of each is the oracle's.

Each test is run once more with a ``simulate`` that compares before it simulates.
"""

import importlib
import inspect
import pkgutil
from contextlib import suppress
from itertools import product

import pytest

import tests.engine
from tests import trial
from tests.oracle.compare import compare_plant

MOST_LINES = 800
"""Lines after which a plant is believed."""
LONG = 20_000
"""Runs that take too long to see to their end. [s]"""


class Enough(Exception):
    """What this test simulates is long, and has been compared as far as it is believed."""


def modules():
    for found in pkgutil.iter_modules(tests.engine.__path__):
        module = importlib.import_module(f"tests.engine.{found.name}") if found.name.startswith("test_") else None
        if getattr(module, "simulate", None) is trial.simulate:
            yield module


def settings_of(test):
    """The values by which a test is parametrised, as keyword arguments, each combination; none where it needs more."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    choices = []
    for mark in marks:
        names = mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0]
        names = [name.strip() for name in names]
        choices.append([dict(zip(names, values if len(names) > 1 else [values])) for values in mark.args[1]])
    for chosen in product(*choices):
        arguments = {name: value for choice in chosen for name, value in choice.items()}
        if arguments.keys() == set(inspect.signature(test).parameters):
            yield arguments


def cases():
    for module in modules():
        for name, test in inspect.getmembers(module, inspect.isfunction):
            is_its_own = name.startswith("test_") and test.__module__ == module.__name__
            if is_its_own and not hasattr(test, "hypothesis"):
                for number, arguments in enumerate(settings_of(test)):
                    yield pytest.param(module, test, arguments, id=f"{module.__name__[13:]}-{name[5:]}-{number}")


@pytest.mark.parametrize(("module", "test", "arguments"), list(cases()))
def test_the_plants_of_the_tests_of(module, test, arguments, monkeypatch):
    compared = []

    def simulate(document, until, *, seed=1, mode="as-written", conwip=None, **others):
        plant = trial.plant_of(document)
        compared.append(compare_plant(plant, until, mode=mode, conwip=conwip, seed=seed, most_lines=MOST_LINES))
        if compared[-1] > MOST_LINES or until > LONG:
            raise Enough
        return trial.simulate(document, until, seed=seed, mode=mode, conwip=conwip, **others)

    monkeypatch.setattr(module, "simulate", simulate)
    with suppress(Enough):
        test(**arguments)
    assert all(compared)
