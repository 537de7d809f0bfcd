"""Commands that ask about work on the floor: what runs where and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from plantwright.cli.asking import Answer, Call, asks
from plantwright.cli.console import to_stderr
from plantwright.cli.options import Patches, PlantPath
from plantwright.study.asked import AskedOfAYear


@asks(AskedOfAYear, simulates=False)
def schedule(
    call: Call,
    plant: PlantPath,
    seconds: Annotated[
        float | None,
        typer.Option(min=0.1, help="Search for so long by the clock, in place of the effort.", show_default=False),
    ] = None,
    orders: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV file of orders, in place of the document's.", show_default=False),
    ] = None,
    after: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The schedule before (--json): what has begun stays, little else moves.",
            show_default=False,
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="When the event happens; the first breakdown.", show_default=False),
    ] = None,
    down: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help='A breakdown: "press from 2027-02-02 10:00 to 2027-02-02 16:00", or "press/2 from ...".',
            show_default=False,
        ),
    ] = None,
    rush: Annotated[
        list[str] | None, typer.Option(metavar="ORDER", help="An order has become urgent.", show_default=False)
    ] = None,
    missing: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='Something is missing: "bolt until 2027-02-03 06:00".', show_default=False),
    ] = None,
    steady: Annotated[
        float, typer.Option(min=0, help="Hours of the first goal that each bar is worth that stays [h].")
    ] = 1.0,
    rescues: Annotated[int, typer.Option(min=0, help="Late orders of which is told what would save them.")] = 2,
    replay: Annotated[
        int, typer.Option(min=0, help="Runs in the simulator: the chance of each order, the range of each bar.")
    ] = 0,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="CSV file for the bars.", show_default=False)] = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Excel workbook for all tables.", show_default=False)
    ] = None,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Calendar file (iCalendar) for the bars.", show_default=False)
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page to look at, too.", show_default=False)
    ] = None,
    patch: Patches = None,
) -> Answer:
    """What runs where and when, by whom, and why there? After an event: what changes?

    Example: plantwright schedule examples/bakery --csv bars.csv --ics bars.ics
    """
    from plantwright.io import target

    document = call.read(plant, patch)
    for path in (csv, xlsx, ics, report):
        if path is not None:
            target.writable(path)  # before anything takes its time
    answer = call.put(
        "schedule",
        document,
        seconds=seconds,
        orders=orders,
        after=after,
        now=now,
        down=tuple(down or ()),
        rush=tuple(rush or ()),
        missing=tuple(missing or ()),
        steady=steady,
        rescues=rescues,
        replay=replay,
    )
    _exported(answer, csv=csv, xlsx=xlsx, ics=ics)
    if report is not None:
        from plantwright.report.page import write

        write(answer, document, report)
    return answer


def _exported(answer: Answer, *, csv: Path | None, xlsx: Path | None, ics: Path | None) -> None:
    """The schedule in the files that are wanted."""
    from plantwright.report import exports

    for path, write in ((csv, exports.write_csv), (xlsx, exports.write_xlsx), (ics, exports.write_ics)):
        if path is not None:
            write(answer, path)
            to_stderr().print(f"The schedule is in {path}", soft_wrap=True)


@asks(AskedOfAYear, simulates=False)
def balance(
    call: Call,
    plant: PlantPath,
    line: Annotated[
        str | None, typer.Option(metavar="ID", help="The only line to balance; all.", show_default=False)
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="ID", help="The only rate to balance for; all.", show_default=False)
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(min=0.1, help="Search so long for each rate, in place of the effort.", show_default=False),
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Run the plant too, as it is and with the balance written back.")
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File for a patch of the plant with this balance.", show_default=False),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page to look at, too.", show_default=False)
    ] = None,
    patch: Patches = None,
) -> Answer:
    """How is assembly work split over stations for this takt and mix, what moves, and how do units follow each other?

    Example: plantwright balance examples/uas-plant --scenario nominal --write nominal.yaml
    """
    from plantwright.io import target

    document = call.read(plant, patch)
    for path in (write, report):
        if path is not None:
            target.writable(path)  # before anything takes its time
    answer = call.put("balance", document, line=line, scenario=scenario, seconds=seconds, simulate=simulate)
    if write is not None:
        write.write_text(answer.patch, encoding="utf-8")
        to_stderr().print(f"The balance of {answer.written_back} is in {write}", soft_wrap=True)
    if report is not None:
        from plantwright.report.page import write as write_page

        write_page(answer, document, report)
    return answer


COMMANDS: tuple[Callable[..., None], ...] = (schedule, balance)
"""The commands of this file, in the order of the help."""
