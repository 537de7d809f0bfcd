"""Commands that ask a question of a plant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plantwright.cli.asking import Answer, Call, asks
from plantwright.cli.console import to_stderr
from plantwright.cli.options import Patches, PlantPath
from plantwright.study.asked import Asked, AskedOfAll, AskedOfAYear


@asks(AskedOfAll)
def run(
    call: Call,
    plant: PlantPath,
    report: Annotated[Path, typer.Option(metavar="FILE", help="Where the report is written.")] = Path("report.html"),
    patch: Patches = None,
) -> Answer:
    """Answer every question the plant has data for, and write a report to look at.

    Example: plantwright run examples/uas-plant --effort quick
    """
    from dataclasses import replace

    from plantwright.io import target
    from plantwright.report.page import write

    document = call.read(plant, patch)
    target.writable(report)  # before anything takes its time
    answer = replace(call.put("run", document), report=str(report))
    write(answer, document, report)
    return answer


@asks(AskedOfAYear)
def capacity(call: Call, plant: PlantPath, patch: Patches = None) -> Answer:
    """How many good units can be made a year and delivered each month, with what confidence?

    Example: plantwright capacity examples/uas-plant --patch examples/uas-plant/patches/660-rest-400-rack.yaml
    """
    return call.put("capacity", call.read(plant, patch))


@asks(AskedOfAYear)
def bottleneck(call: Call, plant: PlantPath, patch: Patches = None) -> Answer:
    """What holds the plant back, what comes next, and what would one more of each resource give?

    Example: plantwright bottleneck examples/bakery --effort quick
    """
    return call.put("bottleneck", call.read(plant, patch))


@asks(AskedOfAYear)
def compare(
    call: Call,
    plant: PlantPath,
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="Another plant, or a patch of the first.")],
    patch: Annotated[
        list[Path] | None,
        typer.Option(
            "--patch",
            metavar="FILE",
            help="A patch of the first plant alone: two patches of one plant can be compared.",
            show_default=False,
        ),
    ] = None,
) -> Answer:
    """Is OTHER better than PLANT, and by how much?

    Compared is what each could make if orders never ran out, in the mix of the demand and on the same random numbers:
    good units a year in total and by product, flow times, units in process, and how busy the stations are, each
    difference with its interval. Deliveries against the dated demand are not compared.

    Example: plantwright compare examples/uas-plant examples/uas-plant/patches/660-rest-400-rack.yaml
    """
    from plantwright.io.patch import is_patch

    first = call.read(plant, patch)
    return call.put("compare", first, call.read(plant, [other]) if is_patch(other) else call.read(other))


@asks(Asked)
def simulate(
    call: Call,
    plant: PlantPath,
    until: Annotated[
        str | None, typer.Option(help='End of each run: "100000s", "13 weeks".', show_default=False)
    ] = None,
    warmup: Annotated[
        str | None, typer.Option(help='Start that is left out: "1000s", "6 weeks".', show_default=False)
    ] = None,
    replications: Annotated[int, typer.Option(min=1, help="Independent runs; one is cut into batches.")] = 10,
    within: Annotated[
        float | None,
        typer.Option(min=0, help="More runs until every item is known to this [%].", show_default=False),
    ] = None,
    confidence: Annotated[float, typer.Option(min=1, max=99.99, help="Confidence of each interval [%].")] = 95.0,
    every: Annotated[
        str | None,
        typer.Option(help="Tell what happened each hour, day, week or month too.", show_default=False),
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the runs in this folder; asked again, they go on.", show_default=False),
    ] = None,
    trace: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="File for every event of the first run: .parquet, .json or .jsonocel (OCEL 2.0), .xes.",
            show_default=False,
        ),
    ] = None,
    from_state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Begin every run from the state in this file.", show_default=False),
    ] = None,
    save_state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File for the state in which the first run ends.", show_default=False),
    ] = None,
    patch: Patches = None,
) -> Answer:
    """What happens in the plant as written: every queue, wait and state with its interval.

    Example: plantwright simulate examples/line.yaml --until 100000s --warmup 1000s --replications 10 --json
    """
    from plantwright.study.present import NO_STATE
    from plantwright.study.trace import NO_TRACE

    document = call.read(plant, patch)
    if trace is not None:
        from plantwright.io.trace import destination

        destination(trace)  # before anything takes its time
    answer = call.put(
        "simulate",
        document,
        until=until,
        warmup=warmup,
        replications=replications,
        within=None if within is None else within / 100,
        confidence=confidence / 100,
        every=every,
        checkpoints=checkpoint,
        trace=trace,
        state=from_state,
        save_state=save_state,
    )
    if trace is not None and NO_TRACE not in answer.notes:
        to_stderr().print(f"The trace is in {trace}", soft_wrap=True)
    if save_state is not None and NO_STATE not in answer.notes:
        to_stderr().print(f"The state is in {save_state}", soft_wrap=True)
    return answer
