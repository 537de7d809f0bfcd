"""Answers in the terminal: the verdict, the key numbers, what one more of each resource gives.

Names stand as people say them, with the id behind them that finds the thing in the document and in patches.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.text import Text

from plantwright.results.balance import BalanceAnswer
from plantwright.results.bottleneck import BottleneckAnswer, CompareAnswer, RunAnswer
from plantwright.results.capacity import CapacityAnswer
from plantwright.results.materials import MaterialsAnswer
from plantwright.results.platform import PlatformAnswer
from plantwright.results.printable import Printable
from plantwright.results.risk import RiskAnswer
from plantwright.results.schedule import ScheduleAnswer
from plantwright.results.screening import ScreeningAnswer
from plantwright.results.simulate import SimulateAnswer
from plantwright.results.siting import SitingAnswer
from plantwright.results.sourcing import SourcingAnswer
from plantwright.results.terminal.balance import balance_lines
from plantwright.results.terminal.bottleneck import bottleneck_lines
from plantwright.results.terminal.capacity import capacity_lines
from plantwright.results.terminal.comparison import comparison_lines
from plantwright.results.terminal.materials import materials_lines
from plantwright.results.terminal.platform import platform_lines
from plantwright.results.terminal.risk import risk_lines
from plantwright.results.terminal.schedule import schedule_lines
from plantwright.results.terminal.screening import screening_lines
from plantwright.results.terminal.simulation import simulation_lines
from plantwright.results.terminal.siting import siting_lines
from plantwright.results.terminal.sourcing import sourcing_lines
from plantwright.results.terminal.tables import beside, closing

LINES: dict[type[Printable], Callable[[Any], Iterator[RenderableType]]] = {
    PlatformAnswer: platform_lines,
    MaterialsAnswer: materials_lines,
    SourcingAnswer: sourcing_lines,
    SitingAnswer: siting_lines,
    RiskAnswer: risk_lines,
    ScreeningAnswer: screening_lines,
    ScheduleAnswer: schedule_lines,
    BalanceAnswer: balance_lines,
}
"""How answers about supply and work are shown: their lines by class; each record has ``notes`` and ``not_used``."""

WIDTH = 100
"""Columns of an answer as plain text."""


def summary(answer: Printable) -> RenderableType:
    """The answer as something that ``rich.print`` shows: verdict, key numbers and tables, one under the other.

    Parameters
    ----------
    answer
        Any answer record.

    Raises
    ------
    TypeError
        Where the record is no answer.
    """
    if isinstance(answer, RunAnswer):
        return Group(*_run_lines(answer))
    if isinstance(answer, CapacityAnswer):
        return Group(*capacity_lines(answer), *closing(answer.notes, answer.not_used))
    if isinstance(answer, BottleneckAnswer):
        return Group(*bottleneck_lines(answer), *closing(answer.notes, answer.not_used))
    if isinstance(answer, SimulateAnswer):
        return Group(*simulation_lines(answer), *closing(answer.notes, answer.not_used))
    if isinstance(answer, CompareAnswer):
        return Group(*comparison_lines(answer), *closing((), answer.not_used))
    if type(answer) in LINES:
        told: Any = answer
        return Group(*LINES[type(answer)](told), *closing(told.notes, told.not_used))
    raise TypeError(f"{type(answer).__name__} is no answer")


def plain(answer: Printable) -> str:
    """The same as plain text of ``WIDTH`` columns."""
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, highlight=False)
    with console.capture() as captured:
        console.print(summary(answer))
    return "\n".join(line.rstrip() for line in captured.get().strip().splitlines())


def _run_lines(answer: RunAnswer) -> Iterator[RenderableType]:
    yield from capacity_lines(answer.capacity)
    notes = answer.capacity.notes
    if answer.bottleneck is not None:
        yield from bottleneck_lines(answer.bottleneck)
        notes += answer.bottleneck.notes
    if answer.supply:
        yield beside("Supply", ((noun, getattr(told, "verdict", "")) for noun, told in answer.supply.items()))
    if answer.work:
        yield beside("Work", ((noun, getattr(told, "verdict", "")) for noun, told in answer.work.items()))
    for question, why in answer.not_answered.items():
        yield Text(f"{question}: not answered, {why}", style="dim")
    yield from closing(notes, answer.capacity.not_used)
    if answer.report:
        yield Text(f"Report: {answer.report}")
