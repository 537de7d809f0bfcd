"""The options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Level(StrEnum):
    """How much work an answer is worth."""

    quick = "quick"
    normal = "normal"
    full = "full"


PlantPath = Annotated[
    Path,
    typer.Argument(metavar="PLANT", help="A YAML file, a folder with plant.yaml, or a workbook.", show_default=False),
]
Patches = Annotated[
    list[Path] | None,
    typer.Option("--patch", help="A patch document to apply first; may be given several times.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="The whole answer as JSON on stdout.")]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Key of all random numbers.")]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Threads; all cores when left out. Changes nothing but the time.", show_default=False),
]
Effort = Annotated[Level, typer.Option(help="How many runs the answer is worth.")]
Timing = Annotated[bool, typer.Option("--timing", help="Add machine, workers and wall time to the answer.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse warnings and values that nothing uses yet.")]
