"""Commands that ask a question of a plant."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plantwright.cli.console import answering, progress, show, to_stderr
from plantwright.cli.options import AsJson, Effort, Level, Patches, PlantPath, Seed, Strict, Timing, Workers

if TYPE_CHECKING:
    from plantwright.model.plant import Plant


def read(path: Path, patches: Sequence[Path] | None, strict: bool) -> Plant:
    """The plant of a document, with its patches applied in order."""
    from plantwright.io.document import load
    from plantwright.io.patch import apply, load_patch

    plant = load(path, strict=strict)
    for patch in patches or ():
        plant = apply(plant, load_patch(patch))
    return plant


def put(question: str, *plants: Plant, as_json: bool, **options: Any) -> Any:
    """Put a question (its module and its function have the same name) with progress on stderr."""
    ask = getattr(import_module(f"plantwright.answers.{question}"), question)
    with progress(as_json) as bars:
        return ask(*plants, progress=bars, **options)


def run(
    plant: PlantPath,
    report: Annotated[Path, typer.Option(help="Where the report is written.")] = Path("report.html"),
    patch: Patches = None,
    effort: Effort = Level.normal,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: AsJson = False,
    timing: Timing = False,
    strict: Strict = False,
) -> None:
    """Answer every question the plant has data for, and write a report to look at.

    Example: plantwright run examples/uas-plant --effort quick
    """
    with answering(as_json):
        from dataclasses import replace

        from plantwright.report.page import write

        document = read(plant, patch, strict)
        options = {"effort": effort.value, "workers": workers, "strict": strict, "timing": timing, "seed": seed}
        answer = replace(put("run", document, as_json=as_json, **options), report=str(report))
        write(answer, document, report)
        show(answer, as_json)
        to_stderr().print(f"The report is in {report}", soft_wrap=True)


def capacity(
    plant: PlantPath,
    patch: Patches = None,
    effort: Effort = Level.normal,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: AsJson = False,
    timing: Timing = False,
    strict: Strict = False,
) -> None:
    """How many good units can be made a year and delivered each month, with what confidence?

    Example: plantwright capacity examples/uas-plant --patch examples/uas-plant/patches/660-rest-400-rack.yaml
    """
    with answering(as_json):
        document = read(plant, patch, strict)
        options = {"effort": effort.value, "workers": workers, "strict": strict, "timing": timing, "seed": seed}
        show(put("capacity", document, as_json=as_json, **options), as_json)


def bottleneck(
    plant: PlantPath,
    patch: Patches = None,
    effort: Effort = Level.normal,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: AsJson = False,
    timing: Timing = False,
    strict: Strict = False,
) -> None:
    """What holds the plant back, what comes next, and what would one more of each resource give?

    Example: plantwright bottleneck examples/bakery --effort quick
    """
    with answering(as_json):
        document = read(plant, patch, strict)
        options = {"effort": effort.value, "workers": workers, "strict": strict, "timing": timing, "seed": seed}
        show(put("bottleneck", document, as_json=as_json, **options), as_json)


def compare(
    plant: PlantPath,
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="Another plant, or a patch of the first.")],
    effort: Effort = Level.normal,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: AsJson = False,
    timing: Timing = False,
    strict: Strict = False,
) -> None:
    """What differs between two plants, or between a plant and a patch of it?

    Example: plantwright compare examples/uas-plant examples/uas-plant/patches/660-rest-400-rack.yaml
    """
    with answering(as_json):
        from plantwright.io.patch import is_patch

        first = read(plant, None, strict)
        second = read(plant, [other], strict) if is_patch(other) else read(other, None, strict)
        options = {"effort": effort.value, "workers": workers, "strict": strict, "timing": timing, "seed": seed}
        show(put("compare", first, second, as_json=as_json, **options), as_json)


def simulate(
    plant: PlantPath,
    until: Annotated[
        str | None, typer.Option(help='End of each run: "100000s", "13 weeks".', show_default=False)
    ] = None,
    warmup: Annotated[
        str | None, typer.Option(help='Start that is left out: "1000s", "6 weeks".', show_default=False)
    ] = None,
    replications: Annotated[int, typer.Option(min=1, help="Independent runs.")] = 10,
    confidence: Annotated[float, typer.Option(min=1, max=99.99, help="Confidence of each interval [%].")] = 95.0,
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the runs in this folder; asked again, they go on.", show_default=False),
    ] = None,
    trace: Annotated[
        Path | None,
        typer.Option(
            help="File for every event of the first run: .parquet, .json or .jsonocel (OCEL 2.0), .xes.",
            show_default=False,
        ),
    ] = None,
    patch: Patches = None,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: AsJson = False,
    timing: Timing = False,
    strict: Strict = False,
) -> None:
    """What happens in the plant as written: every queue, wait and state with its interval.

    Example: plantwright simulate examples/line.yaml --until 100000s --warmup 1000s --replications 10 --json
    """
    with answering(as_json):
        from plantwright.study.trace import NO_TRACE

        document = read(plant, patch, strict)
        options: dict[str, Any] = {
            "until": until,
            "warmup": warmup,
            "replications": replications,
            "confidence": confidence / 100,
            "checkpoints": checkpoint,
        }
        options |= {"workers": workers, "strict": strict, "timing": timing, "seed": seed}
        if trace is not None:
            from plantwright.io.trace import destination

            destination(trace)  # before anything takes its time
        answer = put("simulate", document, as_json=as_json, trace=trace, **options)
        show(answer, as_json)
        if trace is not None and NO_TRACE not in answer.notes:
            to_stderr().print(f"The trace is in {trace}", soft_wrap=True)
