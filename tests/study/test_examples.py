"""The examples in the docstrings of the studies are true."""

import doctest
import importlib
import pkgutil

import pytest

import plantwright.study


@pytest.mark.parametrize("module", [found.name for found in pkgutil.iter_modules(plantwright.study.__path__)])
def test_the_examples_of_the_docstrings_hold(module):
    assert doctest.testmod(importlib.import_module(f"plantwright.study.{module}")).failed == 0
