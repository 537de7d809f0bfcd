"""What the commands have in common: errors told all at once, progress on stderr, answers on stdout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from plantwright.errors import Finding
    from plantwright.results import Printable
    from plantwright.study.progress import Progress

CANNOT, INTERRUPTED = 3, 130


def to_stderr() -> Console:
    """A console for everything that is not the answer."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Turn what the user can mend into a list of findings and an exit code."""
    from plantwright.errors import PlantwrightError

    try:
        yield
    except PlantwrightError as error:
        tell(error.findings, as_json)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        raise  # whoever reads has seen enough
    except OSError as error:
        tell([_of_files(error)], as_json)
        raise typer.Exit(CANNOT) from None
    except KeyboardInterrupt:
        to_stderr().print("Interrupted before there was anything to show.")
        raise typer.Exit(INTERRUPTED) from None


def _of_files(error: OSError) -> Finding:
    """A file that cannot be read or written, as a finding."""
    from plantwright.errors import Finding, Place

    why = error.strerror or str(error)
    remedy = "Check the path, your rights and the room on the disk."
    return Finding("E109", f"it cannot be read or written: {why}", remedy, Place(file=str(error.filename or "")))


def tell(findings: Iterable[Finding], as_json: bool) -> None:
    """Show findings: as JSON on stdout, or in colour on stderr."""
    findings = tuple(findings)
    if as_json:
        print_json({"findings": [finding.as_dict() for finding in findings]})
        return
    console = to_stderr()
    for finding in findings:
        console.print(_line(finding), soft_wrap=True)


def _line(finding: Finding) -> Any:
    from rich.text import Text

    line = Text(finding.code, style="bold red" if finding.is_error else "bold yellow")
    if str(finding.place):
        line.append(f" {finding.place}", style="cyan")
    line.append(f"\n  {finding.message}", style="default")
    if finding.nearest:
        line.append(f'\n  Did you mean "{finding.nearest}"?', style="green")
    if finding.remedy:
        line.append(f"\n  {finding.remedy}", style="green")
    return line


def print_json(data: Mapping[str, Any]) -> None:
    """JSON on stdout."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


def show(answer: Printable, as_json: bool) -> None:
    """The answer on stdout: as JSON, or as a summary to read."""
    if as_json:
        typer.echo(answer.to_json())
        return
    from rich.console import Console

    Console(highlight=False).print(answer)


@contextmanager
def progress(as_json: bool, *, engine: bool = True) -> Iterator[Progress]:
    """Bars with the time left on stderr; where the engine is needed it is compiled first, and that is said."""
    from rich.progress import BarColumn, Progress as Bars, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = to_stderr()
    if engine:
        from plantwright.engine.run import warm

        with console.status("Loading the engine; on a new machine it is compiled once, which takes about a minute."):
            warm()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, transient=as_json or not console.is_terminal) as bars:
        yield _Bars(bars)


class _Bars:
    """A study's progress as bars, one to the stage."""

    def __init__(self, bars: Any) -> None:
        self.bars = bars
        self.task: Any = None

    def begin(self, what: str, total: float) -> None:
        self.task = self.bars.add_task(what, total=total)

    def advance(self, work: float) -> None:
        if self.task is not None:
            self.bars.advance(self.task, work)

    def end(self) -> None:
        if self.task is not None:
            self.bars.update(self.task, completed=self.bars.tasks[self.task].total)
            self.bars.stop_task(self.task)
