"""The tasks of a line in columns by station, each joined to those that must come before it."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.svg import Drawing, fit
from plantwright.results.balance import LineBalance, TaskBalance
from plantwright.results.wording import number

BOX, GAP, TOP = 22, 8, 26


def precedence(balance: LineBalance, tasks: Sequence[TaskBalance]) -> Figure:
    """A box for each task in the column of its station; a line comes from each task that must be done before."""
    caption = f"{balance.name}, {balance.scenario_name}: which task is done where, and what must come before it"
    moved = any(task.moves for task in tasks)
    table = Table.of(
        "Tasks",
        ("task", "id", "station", "today", "seconds", "after"),
        [
            (task.name, task.task, task.station, task.before, number(task.time_s), ", ".join(task.after))
            for task in tasks
        ],
        text=(1, 2, 3, 5),
    )
    legend = (("l-1", "stays at its station"), ("c-1", "moves")) if moved else (("l-1", "task"),)
    name = f"precedence-{balance.line}-{balance.scenario}"
    return figure(name, caption, lambda width: _draw(tasks, width, caption), table, legend)


def _draw(tasks: Sequence[TaskBalance], width: int, caption: str) -> str:
    columns: dict[int, list[TaskBalance]] = {}
    for task in sorted(tasks, key=lambda each: (each.place, each.begins_s)):
        columns.setdefault(task.place, []).append(task)
    deepest = max((len(column) for column in columns.values()), default=1)
    drawing = Drawing(width, TOP + deepest * (BOX + GAP) + 4, caption)
    step = width / max(len(columns), 1)
    wide = 0.78 * step
    spots: dict[str, tuple[float, float]] = {}
    for number_, (_, column) in enumerate(sorted(columns.items())):
        x = number_ * step
        label = fit(column[0].station, step - 2, 11.5) if step > 30 else f"{number_ + 1}"
        drawing.text(x + wide / 2, 14, label, "tick", "middle")
        for row, task in enumerate(column):
            spots[task.task] = (x, TOP + row * (BOX + GAP))
    for task in tasks:
        for before in task.after:
            _join(drawing, spots[before], spots[task.task], wide)
    for task in tasks:
        x, y = spots[task.task]
        was = f", today at {task.before}" if task.moves else ""
        tip = f"{task.name}: {number(task.time_s)} s at {task.station}{was}"
        drawing.rect(x, y, (wide, BOX), f"mark {'c-1' if task.moves else 'l-1'}", tip, 3)
        if wide > 34:
            drawing.text(x + 4, y + 15, fit(task.task, wide - 6, 11), "row-name")
    return drawing.svg("precedence")


def _join(drawing: Drawing, start: tuple[float, float], end: tuple[float, float], wide: float) -> None:
    """A curve from the right edge of one box to the left edge of the other; down the side within a column."""
    if start[0] == end[0]:
        x = start[0] + wide
        bend = x + 6
        drawing.path(f"M{x:.1f} {start[1] + BOX / 2:.1f}C{bend:.1f} {start[1] + BOX / 2:.1f} {bend:.1f} "
                     f"{end[1] + BOX / 2:.1f} {x:.1f} {end[1] + BOX / 2:.1f}", "before")  # fmt: skip
        return
    x1, y1, x2, y2 = start[0] + wide, start[1] + BOX / 2, end[0], end[1] + BOX / 2
    middle = (x1 + x2) / 2
    drawing.path(f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}", "before")
