"""Build the documentation: stage docs/ in build/docs, fill in what is generated, run the site builder strictly.

A page says where a generated part goes with a line of its own, ``<!-- generated: fields -->``. Such parts come from
the code (model fields, commands, public names, error codes) or from committed results, so they cannot drift.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from generators import commands, error_codes, fields, library, validation

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs"
STAGE = ROOT / "build" / "docs"
DIRECTIVE = re.compile(r"^<!-- generated: ([a-z-]+) -->$", re.MULTILINE)

GENERATED: dict[str, Callable[[], str]] = {
    "fields": fields.page,
    "commands": commands.page,
    "library": library.page,
    "error-codes": error_codes.page,
    "validation": validation.page,
}


def fill(text: str) -> str:
    """The page with each directive replaced by the part that it names."""
    return DIRECTIVE.sub(lambda found: GENERATED[found[1]](), text)


def stage() -> None:
    """Copy pages and pictures to build/docs, pages filled in."""
    shutil.rmtree(STAGE, ignore_errors=True)
    for source in sorted(SOURCE.rglob("*")):
        target = STAGE / source.relative_to(SOURCE)
        if source.suffix == ".md":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(fill(source.read_text(encoding="utf-8")), encoding="utf-8")
        elif source.suffix in {".png", ".svg", ".css"}:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def main() -> int:
    """Exit code of the site builder: 0, or 1 where a link or an anchor leads nowhere."""
    stage()
    builder = Path(sys.executable).with_name("zensical")
    return subprocess.run([builder, "build", "--strict", "--clean"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
