"""Programs run in a process of their own, timed by the wall and by what they spent of the processors."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from .record import ROOT


class Spent(NamedTuple):
    """What a program printed and took."""

    text: str
    wall_s: float
    processor_s: float


def run(*arguments: str, **environment: str) -> Spent:
    """Run Python with these arguments in the checkout.

    Raises
    ------
    subprocess.CalledProcessError
        It failed; what it said is printed first.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}  # follows our cache
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    found = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    wall_s = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found.returncode:
        print(found.stderr, file=sys.stderr)
    found.check_returncode()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(found.stdout, wall_s, spent)
