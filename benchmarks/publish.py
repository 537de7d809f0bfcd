"""Put what was measured into the docs: ``python -m benchmarks publish`` copies the files whose tables the docs show.

On purpose, after a look at them: a run on a busy machine is nothing to print.
"""

from __future__ import annotations

import shutil

from .record import FOLDER, ROOT

SHOWN = ("peers", "scaling", "coverage", "whole", "materials", "balance", "schedule")
DOCS = ROOT / "docs"


def main() -> int:
    """Copy what is there; 1 where nothing is."""
    found = [FOLDER / f"{name}.json" for name in SHOWN if (FOLDER / f"{name}.json").exists()]
    if not found:
        print(f"Nothing is measured yet: {', '.join(f'make bench-{name}' for name in SHOWN)}.")
        return 1
    for path in found:
        shutil.copyfile(path, DOCS / path.name)
        print(f"Written to {(DOCS / path.name).relative_to(ROOT)}.")
    return 0
