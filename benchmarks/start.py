"""Starting: seconds until a library user has the names and a command-line user the help. Best of five."""

from __future__ import annotations

from collections.abc import Sequence

from . import fresh
from .record import Row

REPEATS = 5


def measure() -> list[Row]:
    """The rows of this subject, less what Python itself takes to start."""
    bare = _best("-c", "pass")
    return [
        Row("import_plantwright", _best("-c", "import plantwright") - bare, "s"),
        Row(
            "import_and_load_bench", _best("-c", "import plantwright as pw; pw.load('examples/bench.yaml')") - bare, "s"
        ),
        Row("command_help", _best("-m", "plantwright", "--help"), "s"),
    ]


def _best(*arguments: str) -> float:
    """Fewest processor seconds of the repeats. [s]"""
    return min(_processor_seconds(arguments) for _ in range(REPEATS))


def _processor_seconds(arguments: Sequence[str]) -> float:
    return fresh.run(*arguments).processor_s
