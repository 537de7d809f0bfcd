"""Parts of the page that are tables and lists: the plain simulation, findings, what is not used, provenance."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.report.figure import Section, Table
from plantwright.report.names import Names
from plantwright.results import Execution, Provenance, RunAnswer, SimulateAnswer
from plantwright.results.wording import duration, estimate, gathered, number, percent, sentence, share, time


def simulated(simulate: SimulateAnswer, names: Names) -> Section:
    """Items and stations of the plant as written."""
    items = [
        (
            names.item(key),
            estimate(item.throughput_per_h),
            estimate(item.wip_mean),
            time(item.flow_time_mean_s),
            time(item.flow_time_p90_s),
            share(item.fill_rate),
        )
        for key, item in simulate.items.items()
        if item.wip_mean.mean or item.throughput_per_h.mean
    ]
    stations = [
        (
            names.station(key),
            f"{station.machines:,}",
            share(station.utilisation),
            share(station.availability),
            estimate(station.queue_mean),
            time(station.wait_mean_s),
        )
        for key, station in simulate.stations.items()
    ]
    tables = [
        Table.of("Items", ("item", "an hour", "in process", "flow time", "flow time, P90", "fill rate"), items),
        Table.of("Stations", ("station", "machines", "utilisation", "availability", "queue", "waiting"), stations),
    ]
    if simulate.crews:
        crews = [(key, share(value)) for key, value in simulate.crews.items()]
        tables.append(Table.of("Crews", ("crew", "busy share of attended time"), crews))
    lede = (
        f"The plant as written, simulated for {duration(simulate.elapsed_s)} after a warm-up of "
        f"{duration(simulate.warmup_s)} ({simulate.kind}), intervals at {percent(simulate.confidence)}."
    )
    notes = tuple(sentence(note) for note in simulate.notes)
    return Section("simulated", "What happens in the plant?", lede, tables=tuple(tables), notes=notes)


def closing(answer: RunAnswer) -> Iterator[Section]:
    """What the reader should know before relying on the page."""
    parts = [part for part in (answer.capacity, answer.bottleneck, answer.simulate) if part is not None]
    unused = gathered(field for part in parts for field in part.not_used)
    if unused or answer.findings or answer.not_answered:
        yield Section(
            "unused",
            "What is not in the answer?",
            "What no mechanism reads yet, questions the document has no data for, and remarks of the checks.",
            tables=tuple(_leftovers(answer)),
            notes=(f"Accepted, and not used yet: {', '.join(unused)}.",) if unused else (),
        )
    remarks = [answer.capacity.notes if answer.capacity else (), answer.simulate.notes if answer.simulate else ()]
    notes = dict.fromkeys(sentence(note) for some in remarks[:1] for note in some)
    lede = "The same document, seed and versions give the same numbers."
    yield Section("provenance", "Where does it come from?", lede, tables=tuple(_origin(answer)), notes=tuple(notes))


def _leftovers(answer: RunAnswer) -> Iterator[Table]:
    if answer.not_answered:
        yield Table.of("Not answered", ("question", "why"), list(answer.not_answered.items()), text=(1,))
    if answer.findings:
        columns = ("code", "what", "remedy")
        rows = [
            tuple(str(finding.get(key, "")) for key in ("code", "message", "remedy")) for finding in answer.findings
        ]
        yield Table.of("Remarks on the document", columns, rows, text=(1, 2))


def _origin(answer: RunAnswer) -> Iterator[Table]:
    rows = _provenance(answer.provenance)
    if answer.capacity is not None:
        kinds = {"cyclic": "cyclic, the warm-up is left out", "terminating": "terminating, nothing is left out"}
        rows.append(("Capacity runs", kinds.get(answer.capacity.kind, answer.capacity.kind)))
        if answer.capacity.service is not None:
            rows.append(("Runs of the dated demand", kinds["terminating"]))
    yield Table.of("Provenance", ("what", "value"), rows, text=(1,))
    if answer.execution is not None:
        yield Table.of("Execution", ("what", "value"), _execution(answer.execution), text=(1,))


def _provenance(origin: Provenance) -> list[tuple[str, str]]:
    return [
        ("Plantwright", origin.plantwright),
        ("Document", origin.plant_hash),
        ("Schema version", str(origin.schema)),
        ("Seed", str(origin.seed)),
        ("Effort", origin.effort or "unknown"),
        ("Python, NumPy, Numba", f"{origin.python}, {origin.numpy}, {origin.numba}"),
    ]


def _execution(execution: Execution) -> list[tuple[str, str]]:
    rows = [
        ("Machine", execution.machine),
        ("Workers", str(execution.workers)),
        ("Wall time", duration(execution.wall_s)),
        ("Part moves", f"{execution.part_moves:,}"),
    ]
    if execution.part_moves_per_s_and_core:
        rows.append(("Part moves a second and core", number(execution.part_moves_per_s_and_core)))
    return rows
