"""The options that several commands share, each declared once; what the answers declare is taken from there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from plantwright.study.asked import SEEDS, AskedOfAYear, AskedOfSupply, sentences
from plantwright.study.effort import EFFORTS

Level = StrEnum("Level", {name: name for name in EFFORTS})  # type: ignore[misc]
_SENTENCES = sentences(AskedOfSupply) | sentences(AskedOfAYear)
_TOLD = {name: text.replace("``", "").split(" [")[0] for name, text in _SENTENCES.items()}

PlantPath = Annotated[
    Path,
    typer.Argument(metavar="PLANT", help="A YAML file, a folder with plant.yaml, or a workbook.", show_default=False),
]
Patches = Annotated[
    list[Path] | None,
    typer.Option(
        "--patch",
        metavar="FILE",
        help="A patch document to apply first; may be given several times.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="The whole answer as JSON on stdout.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse warnings and values that nothing uses yet.")]
Lists = Annotated[list[Path] | None, typer.Option("--list", metavar="FILE", help=_TOLD["lists"], show_default=False)]
Decisions = Annotated[Path | None, typer.Option(metavar="FILE", help=_TOLD["decisions"], show_default=False)]
SHARED: dict[str, Any] = {
    "effort": Annotated[Level, typer.Option(help=_TOLD["effort"])],
    "lists": Lists,
    "decisions": Decisions,
    "seed": Annotated[int, typer.Option(min=0, max=SEEDS - 1, help=_TOLD["seed"])],
    "workers": Annotated[int | None, typer.Option(min=1, help=_TOLD["workers"], show_default=False)],
    "timing": Annotated[bool, typer.Option("--timing", help=_TOLD["timing"])],
    "strict": Strict,
}
"""The settings that several questions have, as options; names, defaults and sentences are those of the answers."""
