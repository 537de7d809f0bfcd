"""Settings that hold for every test."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Examples are the same in every run, so that a change cannot fail on somebody else's luck; the first call of a kernel
# compiles it, which no deadline allows for.
settings.register_profile("plantwright", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plantwright")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout: where examples, docs and the Makefile are."""
    return ROOT
