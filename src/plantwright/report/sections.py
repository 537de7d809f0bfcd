"""The parts of the page, in order; a part that the plant has no data for is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plantwright.model.plant import Plant
from plantwright.report import holding, plainly, spent, supply
from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures import drivers, flow, interval, load, months, process, states, waterfall, weekload
from plantwright.report.names import Names
from plantwright.results import CapacityAnswer, Printable, RunAnswer, StationStatistics
from plantwright.results.wording import about, estimate, missing, percent, sentence, share

MOST_STARVED = 8
"""Rows that say what stations wait for."""


def sections(answer: RunAnswer, plant: Plant, names: Names) -> tuple[Section, ...]:
    """Every section that has something to show."""
    return tuple(_all(answer, plant, names))


def of_one(answer: Printable, plant: Plant, names: Names) -> tuple[Section, ...]:
    """The sections of one answer about supply, with where it comes from."""
    told = tuple(supply.sections(supply.noun_of(answer), answer, plant, names))
    return (*told, *plainly.origin(answer, told))


def _all(answer: RunAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    capacity = answer.capacity
    yield from _capacity(capacity, names)
    yield from _year(capacity, names)
    yield _flow(plant, capacity, names)
    if capacity.stations:
        yield _states(capacity.stations, names)
    yield from _load(capacity, names)
    yield from _losses(capacity)
    yield from _process(capacity, names)
    yield from spent.sections(capacity, names)
    if answer.bottleneck is not None:
        yield from holding.sections(answer.bottleneck, names, capacity.target_per_year)
    yield from supply.briefly(answer.supply, plant, names)
    yield from supply.briefly(answer.work, plant, names, supply.WORK)
    yield _estimates(capacity)
    yield from plainly.closing(answer)


def _capacity(capacity: CapacityAnswer, names: Names) -> Iterator[Section]:
    if not capacity.by_product:
        return
    lede = "Every product in the share that customers ask for. The dark bar is what chance moves from run to run"
    if capacity.units_per_year_inputs is not None:
        lede += "; the pale band is what the plant's own figures, each within its range, may move besides."
    else:
        lede += "; no ranges of the plant's own figures were drawn."
    yield Section("capacity", "How much, product by product?", lede, (interval.by_product(capacity, names),))


def _year(capacity: CapacityAnswer, names: Names) -> Iterator[Section]:
    figures: list[Figure] = []
    service = capacity.service
    if capacity.deliveries_by_month:
        figures.append(months.deliveries(capacity.deliveries_by_month, names))
    if service is not None and any(service.output_by_week.values()):
        figures.append(months.weeks(service.output_by_week, names))
    if not figures:
        return
    lede = "The dated demand, served from a plant that builds stock ahead where the season asks for it."
    if service is not None:
        lede = (
            f"Within the year {estimate(service.delivered_per_year)} of {service.demand_per_year:,} units are "
            f"delivered, {share(service.service_level)} of the demand on its day."
        )
    yield Section("year", "What does the year look like?", lede, tuple(figures))


def _flow(plant: Plant, capacity: CapacityAnswer, names: Names) -> Section:
    loads: dict[str, float | None]
    if any(row.load_at_target is not None for row in capacity.rough_cut):
        loads = {row.station: row.load_at_target for row in capacity.rough_cut}
        meaning = "hours needed at target over hours there"
    else:
        loads = {key: station.utilisation.mean for key, station in capacity.stations.items()}
        meaning = "busy share of the time on shift"
    lede = (
        "Shops from top to bottom as material moves, stations from left to right, pipes where something is handed on. "
        f"The colour and the percentage are the load: {meaning}."
    )
    return Section("flow", "How does material flow?", lede, (flow.flow(plant, names, loads, meaning),))


def _states(stations: Mapping[str, StationStatistics], names: Names) -> Section:
    lede = "A machine is always in exactly one state. Pale means off shift or idle; colour is work, or a loss."
    figure = states.states(stations, names)
    return Section("states", "What do the machines do?", lede, (figure,), _starved(stations, names))


def _starved(stations: Mapping[str, StationStatistics], names: Names) -> tuple[Table, ...]:
    """What stations wait for, the longest wait first."""
    waits = [(key, shortage) for key, station in stations.items() for shortage in station.short_of]
    waits.sort(key=lambda wait: -(wait[1].hours_per_year.mean or 0.0))
    rows = [
        (names.station(key), missing(shortage), share(shortage.share), estimate(shortage.hours_per_year))
        for key, shortage in waits[:MOST_STARVED]
    ]
    columns = ("station", "waited for", "of its time", "machine hours a year")
    return (Table.of("What stations waited for longest", columns, rows, text=(1,)),) if rows else ()


def _load(capacity: CapacityAnswer, names: Names) -> Iterator[Section]:
    if not capacity.rough_cut:
        return
    figures = [load.by_year(capacity.rough_cut, names, capacity.target_per_year, capacity.rough_cut_shared)]
    if capacity.load_by_week:
        weeks = capacity.load_by_week
        figures.append(weekload.week_by_week(capacity.rough_cut, weeks, names, capacity.rough_cut_shared))
    if capacity.buffers:
        figures.append(load.rooms(capacity.buffers, names))
    figures.append(interval.methods(capacity))
    if capacity.reconciliation:
        caption = "From the rough cut of the binding station to the simulation, line by line"
        steps, target = capacity.reconciliation, capacity.target_per_year
        figures.append(waterfall.waterfall("reconciliation", caption, steps, target))
    year, week = about(capacity.rough_cut_per_year), about(capacity.rough_cut_by_week_per_year)
    over = sum(any((load or 0.0) > 1 for load in week.load.values()) for week in capacity.load_by_week)
    lede = (
        f"Counting hours by the year gives {year} units, by the weeks of the real calendar {week}; "
        f"the simulation makes {estimate(capacity.units_per_year)}."
    )
    if over:
        lede += f" In {over} of {len(capacity.load_by_week)} weeks the demand takes more hours than there are: earlier "
        lede += "weeks have to build ahead."
    notes = [sentence(text) for text in capacity.differences]
    if capacity.queueing_note:
        notes.append(f"Queueing estimate: {sentence(capacity.queueing_note)}")
    yield Section("load", "Does the arithmetic agree?", lede, tuple(figures), notes=tuple(notes))


def _losses(capacity: CapacityAnswer) -> Iterator[Section]:
    if not capacity.losses:
        return
    lede = "What the binding station could make if nothing ever interrupted it, and where the difference goes."
    caption = "From what the binding station could make to good units a year, loss by loss"
    figure = waterfall.waterfall("waterfall", caption, capacity.losses, capacity.target_per_year)
    yield Section("losses", "Where is output lost?", lede, (figure,))


def _process(capacity: CapacityAnswer, names: Names) -> Iterator[Section]:
    service = capacity.service
    if service is None:
        return
    figures = []
    if service.wip_by_shop:
        figures.append(process.wip(service.wip_by_shop, names))
    if any(service.flow_time_histogram.values()):
        figures.append(process.flow_time(service, names))
    if figures:
        lede = "Pieces in each shop while the dated demand is served, and how long a unit is on its way."
        yield Section("process", "How much is under way, and how long?", lede, tuple(figures))


def _estimates(capacity: CapacityAnswer) -> Section:
    title, wide = "What rests on estimates?", capacity.units_per_year_inputs
    found = (wide.drivers if wide is not None else ()) or capacity.estimates_that_matter
    if not found:
        known = "No input with a range was seen to move the answer."
        unknown = "Unknown: the ranges of the plant's figures were not drawn in this run."
        return Section("estimates", title, known if wide is not None else unknown)
    matter = len(capacity.estimates_that_matter)
    lede = "The inputs that move the answer most within their ranges"
    lede += f" ({percent(wide.confidence)} interval from {wide.n} draws). " if wide is not None else ". "
    lede += (
        f"Estimates that move it more than chance would: {matter}, in bold. Better figures there are worth most."
        if matter
        else "No estimate moves it more than chance would."
    )
    return Section("estimates", title, lede, (drivers.drivers(found, capacity.estimates_that_matter),))
