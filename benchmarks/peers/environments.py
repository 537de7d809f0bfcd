"""An environment for each peer under ``build/bench``, made once from the package index."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.record import FOLDER

REQUIREMENTS = {"simpy": "simpy==4.1.2", "cimba": "cimba==0.9.5"}
"""What is measured against: the latest release of each in November 2026."""


def python_of(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made where it is not there or of something else.

    Raises
    ------
    subprocess.CalledProcessError
        The package cannot be installed here; what pip said is printed.
    """
    folder = FOLDER / f"env-{peer}"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = folder / "made-of.txt"
    made_of = f"{REQUIREMENTS[peer]} {sys.version}\n"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != made_of:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"Making {folder.name} with {REQUIREMENTS[peer]} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", REQUIREMENTS[peer]], check=True)
        stamp.write_text(made_of, encoding="utf-8")
    return python
