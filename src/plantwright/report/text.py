"""Answers in the terminal: the verdict, the key numbers, what one more of each resource gives.

Ids stand as in the document, so that they can be found there and in patches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from plantwright.report.simulation import simulated
from plantwright.report.tables import SHOWN, grid, table, verdict
from plantwright.report.wording import (
    about,
    chance,
    duration,
    estimate,
    gain,
    gathered,
    runs,
    sentence,
    share,
    span,
)
from plantwright.results import (
    BottleneckAnswer,
    CapacityAnswer,
    CompareAnswer,
    Gain,
    Printable,
    RunAnswer,
    SimulateAnswer,
)


def summary(answer: Printable) -> RenderableType:
    """The answer as something that ``rich.print`` shows.

    Parameters
    ----------
    answer
        Any answer record.

    Returns
    -------
    RenderableType
        Verdict, key numbers and tables, one under the other.

    Raises
    ------
    TypeError
        Where the record is no answer.
    """
    if isinstance(answer, RunAnswer):
        return Group(*_run(answer))
    if isinstance(answer, CapacityAnswer):
        return Group(*_capacity(answer), *_closing(answer.notes, answer.not_used))
    if isinstance(answer, BottleneckAnswer):
        return Group(*_bottleneck(answer), *_closing(answer.notes, answer.not_used))
    if isinstance(answer, SimulateAnswer):
        return Group(*simulated(answer), *_closing(answer.notes, answer.not_used))
    if isinstance(answer, CompareAnswer):
        return Group(*_compare(answer), *_closing((), answer.not_used))
    raise TypeError(f"{type(answer).__name__} is no answer")


def _run(answer: RunAnswer) -> Iterator[RenderableType]:
    notes: list[str] = []
    unused: list[str] = []
    if answer.capacity is not None:
        yield from _capacity(answer.capacity)
        notes += answer.capacity.notes
        unused += answer.capacity.not_used
    if answer.bottleneck is not None:
        yield from _bottleneck(answer.bottleneck)
        notes += answer.bottleneck.notes
        unused += answer.bottleneck.not_used
    if answer.simulate is not None:
        yield from simulated(answer.simulate)
        notes += answer.simulate.notes
        unused += answer.simulate.not_used
    if answer.capacity is None and answer.bottleneck is None and answer.simulate is None:
        yield verdict(answer.verdict)
    for question, why in answer.not_answered.items():
        yield Text(f"{question}: not answered, {why}", style="dim")
    yield from _closing(notes, unused)
    if answer.report:
        yield Text(f"Report: {answer.report}")


def _capacity(capacity: CapacityAnswer) -> Iterator[RenderableType]:
    yield verdict(capacity.verdict)
    yield grid(_key_numbers(capacity))
    if capacity.by_product:
        columns = ("product", "good units/year", "with ranges", "demand", "flow time")
        yield table(
            "By product",
            columns,
            (
                (
                    key,
                    estimate(product.units_per_year),
                    span(product.units_per_year_inputs),
                    f"{product.demand_per_year:,}",
                    duration(product.flow_time_mean_s.mean),
                )
                for key, product in capacity.by_product.items()
            ),
        )


def _key_numbers(capacity: CapacityAnswer) -> Iterator[tuple[str, str, str]]:
    value, wide = capacity.units_per_year, capacity.units_per_year_inputs
    yield "Good units a year", estimate(value), f"from run to run, {runs(value.n)}"
    if wide is not None:
        yield "with the plant's ranges", span(wide), f"{wide.n} draws"
    if capacity.target_per_year:
        said, _, seen = chance(capacity.p_meet_target).partition(" (")
        yield f"Chance to reach {capacity.target_per_year:,}", said, seen.removesuffix(")")
    if capacity.binding_station:
        yield "What binds", capacity.binding_station, ""
    yield "Rough-cut by the year", about(capacity.rough_cut_per_year), "arithmetic alone"
    yield "Rough-cut by the week", about(capacity.rough_cut_by_week_per_year), "arithmetic on the real calendar"
    if capacity.queueing_estimate_per_year is not None:
        yield "Queueing estimate", about(capacity.queueing_estimate_per_year), capacity.queueing_note
    if capacity.service is not None:
        yield "Delivered on its day", share(capacity.service.service_level), "of the dated demand"
    if capacity.part_moves_per_year:
        yield "Part moves a year", about(capacity.part_moves_per_year), "followed one by one"


def _bottleneck(bottleneck: BottleneckAnswer) -> Iterator[RenderableType]:
    yield verdict(bottleneck.verdict)
    if bottleneck.marginal:
        yield table("What one more gives, units a year", ("resource", "change", "gain"), _gains(bottleneck.marginal), 2)
    if bottleneck.pairs:
        pairs = ((*_pair(entry), _gain(entry)) for entry in bottleneck.pairs[:5])
        yield table("Best pairs, units a year", ("change", "with", "gain"), pairs, 2)
    if bottleneck.staircase:
        stairs = (
            (str(place), stair.resource, stair.change, gain(stair.gain_per_year), estimate(stair.units_per_year))
            for place, stair in enumerate(bottleneck.staircase, 1)
        )
        yield table("Fix first, then next", ("", "resource", "change", "gain", "units/year"), stairs, 3)


def _gains(entries: Sequence[Gain]) -> Iterator[tuple[str, str, str]]:
    ordered = sorted(entries, key=lambda entry: -(entry.gain_per_year.mean or 0.0))
    for entry in ordered[:SHOWN]:
        yield entry.resource, entry.change, _gain(entry)
    if len(ordered) > SHOWN:
        yield "…", f"{len(ordered) - SHOWN} more in the report and in --json", ""


def _gain(entry: Gain) -> str:
    return gain(entry.gain_per_year) if entry.distinguishable else "not distinguishable from 0"


def _pair(entry: Gain) -> tuple[str, str]:
    return f"{entry.resource}: {entry.change}", entry.second or ""


def _compare(answer: CompareAnswer) -> Iterator[RenderableType]:
    yield verdict(answer.verdict)
    if answer.changes:
        yield Text("Changed: " + "; ".join(answer.changes), style="dim")
    rows = (
        (
            f"{row.name} [{row.unit}]" if row.unit else row.name,
            estimate(row.a),
            estimate(row.b),
            gain(row.difference) if row.distinguishable else f"{gain(row.difference)}, not distinguishable from 0",
        )
        for row in answer.rows
    )
    yield table("", ("figure", answer.a, answer.b, "difference"), rows)


def _closing(notes: Iterable[str], unused: Sequence[str]) -> Iterator[RenderableType]:
    for note in dict.fromkeys(notes):
        yield Text(sentence(note), style="dim")
    if unused:
        kept = gathered(unused)
        more = f" and {len(kept) - 8} more" if len(kept) > 8 else ""
        yield Text(f"Not used yet: {', '.join(kept[:8])}{more}", style="dim")
