"""Parts of the page that are tables and lists: findings, what is not used, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from plantwright.report.figure import Section, Table
from plantwright.results import Execution, Provenance, RunAnswer
from plantwright.results.wording import duration, gathered, number, sentence


def closing(answer: RunAnswer) -> Iterator[Section]:
    """What the reader should know before relying on the page."""
    unused = gathered(answer.capacity.not_used)
    if unused or answer.findings or answer.not_answered:
        yield Section(
            "unused",
            "What is not in the answer?",
            "What no mechanism reads yet, questions the document has no data for, and remarks of the checks.",
            tables=tuple(_leftovers(answer)),
            notes=(f"Accepted, and not used yet: {', '.join(unused)}.",) if unused else (),
        )
    notes = dict.fromkeys(sentence(note) for note in answer.capacity.notes)
    lede = "The same document, seed and versions give the same numbers."
    yield Section("provenance", "Where does it come from?", lede, tables=tuple(_origin(answer)), notes=tuple(notes))


def origin(answer: Any, said: Iterable[Section]) -> Iterator[Section]:
    """Where one answer about supply comes from, with what the reader should know and no other section has said."""
    unused, told = gathered(answer.not_used), {sentence(note) for section in said for note in section.notes}
    notes = [note for note in dict.fromkeys(map(sentence, answer.notes)) if note not in told]
    notes += [f"Accepted, and not used yet: {', '.join(unused)}."] if unused else []
    tables = [Table.of("Provenance", ("what", "value"), _provenance(answer.provenance), text=(1,))]
    lede = "The same document, seed and versions give the same numbers."
    yield Section("provenance", "Where does it come from?", lede, tables=tuple(tables), notes=tuple(notes))


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
