"""The tools of the checkout's environment, run as anybody would run them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Tool = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tool(root: Path) -> Tool:
    """Runs a tool, from the root of the checkout if not said otherwise; gives exit code and what it printed."""

    def run(name: str, *arguments: str, folder: Path = root) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name(name), *arguments],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "120"},
            timeout=300,
            check=False,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    return run
