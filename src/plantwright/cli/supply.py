"""Commands that ask about supply: what to share, plan, make, buy and stock, from whom, where, and what a loss does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantwright.cli.asking import Answer, Call, asks
from plantwright.cli.console import to_stderr
from plantwright.cli.deciding import decide
from plantwright.cli.options import Patches, PlantPath
from plantwright.study.asked import Asked, AskedOfSupply, AskedOfSupplyInAYear

if TYPE_CHECKING:
    from plantwright.model.plant import Plant

Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write a page to look at, too.", show_default=False)
]


@asks(AskedOfSupplyInAYear, simulates=False)
def platform(
    call: Call,
    plant: PlantPath,
    family: Annotated[str | None, typer.Option(help="The family; the first one.", show_default=False)] = None,
    choose: Annotated[
        list[str] | None,
        typer.Option(metavar="OPTION=VALUE", help="A choice; may be given several times.", show_default=False),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of the bill; the plant's first.", show_default=False)
    ] = None,
    variant: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A patch with a new variant.", show_default=False)
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Run the plant too: with copies of all modules, and with the variant.")
    ] = False,
    report: Report = None,
    patch: Patches = None,
) -> Answer:
    """What do the variants share, what does sharing save and put at risk, what does a new variant need?

    Example: plantwright platform examples/uas-plant --variant examples/uas-plant/patches/new-variant.yaml
    """
    from plantwright.io.patch import load_patch

    document = _read(call, plant, patch, report)
    answer = call.put(
        "platform",
        document,
        family=family,
        choose=_choices(choose or []),
        on=on,
        variant=None if variant is None else load_patch(variant),
        simulate=simulate,
    )
    return _reported(answer, document, report)


@asks(AskedOfSupplyInAYear)
def materials(
    call: Call,
    plant: PlantPath,
    from_state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Plan from the state in this file.", show_default=False),
    ] = None,
    item: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Show what supplies this product or item, what it serves.", show_default=False),
    ] = None,
    orders: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV file for the planned orders.", show_default=False),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="Let the simulator follow the plan to see what it reaches.")
    ] = True,
    report: Report = None,
    patch: Patches = None,
) -> Answer:
    """What has to be made and bought: when, in which lots, for whom, and what is to be expedited?

    Example: plantwright materials examples/uas-plant --item cell-large --effort quick
    """
    from plantwright.io import target

    document = _read(call, plant, patch, report)
    if orders is not None:
        target.writable(orders)  # before anything takes its time
    answer = call.put("materials", document, state=from_state, item=item, follows=follow)
    if orders is not None:
        answer.frame("orders").write_csv(orders)
        to_stderr().print(f"The planned orders are in {orders}", soft_wrap=True)
    return _reported(answer, document, report)


@asks(AskedOfSupply)
def risk(
    call: Call,
    plant: PlantPath,
    survive: Annotated[
        str | None,
        typer.Option(
            help='How long nobody may go without after the loss of a supplier, lane or partner site: "26 weeks".',
            show_default=False,
        ),
    ] = None,
    lose: Annotated[
        str | None, typer.Option(metavar="ID", help="Follow this loss day by day; the dearest.", show_default=False)
    ] = None,
    replays: Annotated[int, typer.Option(min=0, help="Losses that are simulated day by day, the dearest first.")] = 1,
    from_state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Begin from the state in this file.", show_default=False),
    ] = None,
    report: Report = None,
    patch: Patches = None,
) -> Answer:
    """If a supplier, site or lane is cut off: how long does the plant survive, what is lost, what protects it cheapest?

    Example: plantwright risk examples/uas-plant --survive "26 weeks" --lose jadewell
    """
    document = _read(call, plant, patch, report)
    answer = call.put("risk", document, survive=survive, lose=lose, replays=replays, state=from_state)
    return _reported(answer, document, report)


def _choices(given: list[str]) -> dict[str, list[str]]:
    """``payload=camera``; an option that is named again may have either value."""
    made: dict[str, list[str]] = {}
    for each in given:
        option, sign, value = each.partition("=")
        if not sign or not value:
            raise typer.BadParameter(f'"{each}" is no choice; write it as in "payload=camera"')
        made.setdefault(option, []).append(value)
    return made


def _read(call: Call, plant: Path, patch: list[Path] | None, report: Path | None) -> Plant:
    """The plant, once it is known that its page can be written."""
    document = call.read(plant, patch)
    if report is not None:
        from plantwright.io import target

        target.writable(report)
    return document


def _reported(answer: Answer, document: Plant, report: Path | None) -> Answer:
    """The answer, and its page where one is wanted."""
    if report is not None:
        from plantwright.report.page import write

        write(answer, document, report)
    return answer


@asks(AskedOfSupply, simulates=False)
def sourcing(
    call: Call,
    plant: PlantPath,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="All decisions may answer to a price at which a choice changes; slow.")
    ] = False,
    report: Report = None,
    patch: Patches = None,
) -> Answer:
    """Make or buy, from whom, at which site, under which local-content floor, and what does one more point of it cost?

    Example: plantwright sourcing examples/uas-plant --report sourcing.html
    """
    document = _read(call, plant, patch, report)
    return _reported(call.put("sourcing", document, thorough=thorough), document, report)


@asks(AskedOfSupply, simulates=False)
def screening(call: Call, plant: PlantPath, report: Report = None, patch: Patches = None) -> Answer:
    """May every supplier, owner and customer be dealt with, by the lists that you bring? An aid, not legal advice.

    Example: plantwright screening examples/uas-plant --list examples/uas-plant/lists/invented-sdn-2026-11-02.csv
    """
    document = _read(call, plant, patch, report)
    return _reported(call.put("screening", document), document, report)


@asks(Asked, simulates=False)
def siting(call: Call, plant: PlantPath, report: Report = None, patch: Patches = None) -> Answer:
    """Where should plants, depots, test ranges and posts stand to serve or cover the map?

    Example: plantwright siting examples/uas-plant --report siting.html
    """
    document = _read(call, plant, patch, report)
    return _reported(call.put("siting", document), document, report)


COMMANDS: tuple[Callable[..., None], ...] = (platform, materials, sourcing, risk, siting, screening, decide)
"""The commands of this file, in the order of the help."""
