"""The command by which a named reviewer decides about a doubtful party."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from plantwright.cli.console import answering, print_json, to_stderr
from plantwright.cli.options import AsJson, Decisions, Lists, PlantPath
from plantwright.study.asked import AskedOfSupply


class Ruling(StrEnum):
    """What can be decided about a party that is held."""

    clear = "clear"
    refuse = "refuse"


def decide(
    plant: PlantPath,
    party: Annotated[str, typer.Argument(help="The party, as the answer names it: suppliers.mill.")],
    entry: Annotated[str, typer.Argument(help="What holds it: the entry's id on the list, an owner, a region.")],
    ruling: Annotated[Ruling, typer.Argument(help="Whether it may be dealt with.")],
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    lists: Lists = None,
    decisions: Decisions = None,
    as_json: AsJson = False,
) -> None:
    """Decide as a named reviewer about a party that `screening` holds; the decision goes to the end of the log.

    Example: plantwright decide PLANT suppliers.mill 101 clear --reviewer "A. Name" --reason "Another register."
    """
    with answering(as_json):
        import datetime as dt
        from dataclasses import asdict

        from plantwright.io.document import load
        from plantwright.study import deciding

        folder = plant if plant.is_dir() else plant.parent
        made = deciding.decide(
            load(plant),
            party,
            entry,
            ruling.value,
            reviewer=reviewer,
            reason=reason,
            date=dt.datetime.now(dt.UTC).date(),
            asked=AskedOfSupply(lists=lists, decisions=decisions, folder=folder),
        )
        if as_json:
            print_json(asdict(made))
        else:
            to_stderr().print(f"{made.party}: {made.decision}, {made.reviewer}, {made.date}. It is in the log.")
