import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "features.py"


def left_behind(**environment):
    """What the program prints, run with these settings; any warning fails it."""
    found = subprocess.run(
        [sys.executable, "-W", "error", str(PROGRAM)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def compiled():
    return left_behind(NUMBA_DISABLE_JIT="0")


@pytest.fixture(scope="module")
def interpreted():
    return left_behind(NUMBA_DISABLE_JIT="1")


@pytest.mark.parametrize("name", ["people", "kits", "dates", "transport", "time", "plain", "mix"])
def test_the_kernel_does_the_same_to_the_last_bit_compiled_and_as_plain_python(name, compiled, interpreted):
    assert compiled[name]["part moves"] > 100
    different = [key for key, value in compiled[name].items() if interpreted[name][key] != value]
    assert different == []
    assert compiled[name].keys() == interpreted[name].keys()


def test_the_plants_differ_from_one_another(compiled):
    assert len({found["machine.busy_clock"] for found in compiled.values()}) == len(compiled)
