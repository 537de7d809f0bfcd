"""Build the documentation: stage docs/ in a folder, fill in what is generated, run the site builder there, strictly.

    python docs/build.py [FOLDER]      the site is then FOLDER/site; FOLDER is build/docs when left out

A page says where a generated part goes with a line of its own, ``<!-- generated: fields -->``. Such parts come from
the code (model fields, commands, public names) or from committed results, so they cannot drift.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from generators import benchmarks, commands, fields, findings, library, losing, measured, trace, validation

SOURCE = Path(__file__).resolve().parent
DIRECTIVE = re.compile(r"^<!-- generated: ([a-z-]+) -->$", re.MULTILINE)

GENERATED: dict[str, Callable[[], str]] = {
    "fields": fields.of_plants,
    "fields-of-states": fields.of_states,
    "findings": findings.of_plants,
    "findings-of-states": findings.of_states,
    "commands": commands.page,
    "library": library.page,
    "trace-columns": trace.columns,
    "trace-events": trace.events,
    "validation": validation.page,
    "exact-forms": measured.exact_forms,
    "simulated-forms": measured.simulated_forms,
    "losing-exposure": losing.exposure,
    "losing-simulated": losing.simulated,
    "losing-picture": losing.picture,
    "losing-protection": losing.protection,
    "losing-weeks": losing.weeks,
    "bottleneck-methods": measured.bottleneck_methods,
    "coverage": benchmarks.coverage,
    "peers": benchmarks.peers,
    "scaling": benchmarks.scaling,
    "whole": benchmarks.whole,
    "lots": benchmarks.lots,
    "lines": benchmarks.lines,
    "shops": benchmarks.shops,
}


def fill(text: str) -> str:
    """The page with each directive replaced by the part that it names."""
    return DIRECTIVE.sub(lambda found: GENERATED[found[1]](), text)


def stage(folder: Path) -> None:
    """Put pages (filled in), pictures and settings into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in sorted(SOURCE.rglob("*")):
        target = folder / "pages" / source.relative_to(SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            target.write_text(fill(source.read_text(encoding="utf-8")), encoding="utf-8")
        elif source.suffix in {".png", ".svg", ".css"}:
            shutil.copyfile(source, target)
    shutil.copyfile(SOURCE / "zensical.toml", folder / "zensical.toml")


def main(folder: Path) -> int:
    """Exit code of the site builder: 0, or 1 where a link or an anchor leads nowhere."""
    stage(folder)
    builder = Path(sys.executable).with_name("zensical")
    return subprocess.run([builder, "build", "--strict", "--clean"], cwd=folder, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE.parent / "build" / "docs"))
