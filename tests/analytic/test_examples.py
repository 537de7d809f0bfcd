"""The examples in the docstrings of the formulas are true."""

import doctest
import importlib
import pkgutil

import pytest

import plantwright.analytic


@pytest.mark.parametrize("module", [found.name for found in pkgutil.iter_modules(plantwright.analytic.__path__)])
def test_the_examples_of_the_docstrings_hold(module):
    result = doctest.testmod(importlib.import_module(f"plantwright.analytic.{module}"))
    assert result.failed == 0
    assert result.attempted > 0 or module in {"blocking", "fluid"}  # mechanics: shown by lines and week
