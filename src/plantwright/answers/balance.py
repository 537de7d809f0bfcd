"""How is assembly work split over stations for this takt and mix?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plantwright.answers.compare import compare
from plantwright.errors import Finding, RunError, nearest
from plantwright.io.patch import Patch
from plantwright.model.plant import Plant
from plantwright.problems.balance import Effort
from plantwright.results import Difference
from plantwright.results.balance import BalanceAnswer, LineBalance
from plantwright.study.asked import AskedOfAYear, question
from plantwright.study.balance.launched import launched
from plantwright.study.balance.posed import WORK, balanced
from plantwright.study.balance.split import Split
from plantwright.study.balance.told import line_balance, rows
from plantwright.study.balance.words import facts, together
from plantwright.study.balance.written import as_document, written
from plantwright.study.progress import Silent
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.session import accept

Splits = dict[tuple[str, str], tuple[Split | None, tuple[str, ...]]]
"""The balance of each line at each rate, or why there is none."""
MEAN = "Loads are those of the mean unit of the mix; a product may take longer at a station, as far as the line allows."


@dataclass(frozen=True, kw_only=True)
class AskedOfALine(AskedOfAYear):
    """What ``balance`` can be told.

    Attributes
    ----------
    line
        The only line to balance; all when left out.
    scenario
        The only rate to balance for; all when left out.
    simulate
        Run the plant as it is and with the balance written back, on the same random numbers: of the rate that is asked
        for, else of the highest.
    seconds
        Time of the clock for each rate, in place of the effort: as good as the machine allows, not the same twice. [s]
    """

    line: str | None = None
    scenario: str | None = None
    simulate: bool = False
    seconds: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.seconds is not None and self.seconds <= 0:
            raise RunError(Finding("E415", f"{self.seconds:g} s is no time to search", "Ask for more than 0."))


@question(AskedOfALine)
def balance(plant: Plant, asked: AskedOfALine) -> BalanceAnswer:
    """Split the work of assembly lines over stations, for each of the rates that the document names.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        There is no such line or rate, the solver is not installed, or the balance cannot be written back.
    """
    watch = Stopwatch()
    unused = accept(plant, strict=asked.strict)
    effort = Effort(work=WORK[asked.budget.name], seconds=asked.seconds, threads=min(asked.workers or 2, 2))
    splits = _splits(plant, asked, effort)
    lines = [line_balance(plant, *key, split, reasons) for key, (split, reasons) in splits.items()]
    told = [(*rows(plant, *key, split), *launched(plant, *key, split, effort)) for key, split in _found(splits)]
    back, patch = _back(plant, lines, splits)
    answer = BalanceAnswer(
        plant=plant.name,
        verdict=together(lines),
        currency=plant.money.base,
        balances=tuple(lines),
        stations=tuple(row for stations, _, _, _ in told for row in stations),
        tasks=tuple(row for _, tasks, _, _ in told for row in tasks),
        launches=tuple(row for _, _, launches, _ in told for row in launches),
        drifts=tuple(row for _, _, _, drifts in told for row in drifts),
        written_back=back,
        patch="" if patch is None else as_document(patch),
        simulated=_simulated(plant, asked, patch) if asked.simulate else (),
        facts=(),
        not_used=unused,
        notes=(MEAN, *_clock(asked)),
        provenance=provenance(plant, seed=asked.seed, effort=asked.budget.name),
        execution=watch.execution(1) if asked.timing else None,
    )
    return replace(answer, facts=facts(answer))


def has_data(plant: Plant) -> bool:
    """Whether the document has a line to balance."""
    return bool(plant.balancing)


def briefly(plant: Plant, asked: AskedOfAYear) -> BalanceAnswer:
    """The answer as part of ``run``."""
    return balance(plant, seed=asked.seed, effort="quick")


def _splits(plant: Plant, asked: AskedOfALine, effort: Effort) -> Splits:
    """Each line balanced for each rate that is asked for."""
    progress = asked.progress or Silent()
    keys = _keys(plant, asked)
    found: Splits = {}
    progress.begin("stations for each rate", float(len(keys)))
    for key in keys:
        found[key] = balanced(plant, *key, effort)
        progress.advance(1.0)
    progress.end()
    return found


def _found(splits: Splits) -> Iterator[tuple[tuple[str, str], Split]]:
    """The balances that there are, by line and rate."""
    for key, (split, _) in splits.items():
        if split is not None:
            yield key, split


def _keys(plant: Plant, asked: AskedOfALine) -> list[tuple[str, str]]:
    """Lines and rates that are asked for."""
    if not has_data(plant):
        remedy = "Write balancing: {line: {tasks: {a: {time: 40 s}, b: {time: 30 s}}, scenarios: {now: {takt: 60 s}}}}."
        raise RunError(Finding("E590", "the document has no line to balance", remedy))
    if asked.line is not None and asked.line not in plant.balancing:
        raise RunError(_nothing("line", asked.line, list(plant.balancing)))
    lines = [asked.line] if asked.line is not None else list(plant.balancing)
    keys = [(line, rate) for line in lines for rate in plant.balancing[line].scenarios]
    if asked.scenario is None:
        return keys
    if not any(rate == asked.scenario for _, rate in keys):
        raise RunError(_nothing("rate", asked.scenario, list(dict.fromkeys(rate for _, rate in keys))))
    return [key for key in keys if key[1] == asked.scenario]


def _nothing(what: str, name: str, valid: list[str]) -> Finding:
    return Finding(
        "E590",
        f'there is no {what} "{name}" to balance',
        f"Take one of {', '.join(valid)}.",
        nearest=nearest(name, valid),
    )


def _back(plant: Plant, lines: list[LineBalance], splits: Splits) -> tuple[str, Patch | None]:
    """The highest rate that has a balance and present stations, and the patch that writes it back."""
    able = [each for each in lines if each.is_feasible and plant.balancing[each.line].stations]
    if not able:
        return "", None
    best = min(able, key=lambda each: each.takt_s or 0.0)
    split = splits[best.line, best.scenario][0]
    assert split is not None
    return f"{best.line} {best.scenario}", written(plant, best.line, best.scenario, split)


def _simulated(plant: Plant, asked: AskedOfALine, patch: Patch | None) -> tuple[Difference, ...]:
    """The plant as it is and with the balance written back."""
    if patch is None:
        what = "no line has a balance that could be written back"
        raise RunError(Finding("E591", what, "Name the line's present stations."))
    found = compare(plant, patch, effort=asked.effort, seed=asked.seed, workers=asked.workers, progress=asked.progress)
    return found.rows


def _clock(asked: AskedOfALine) -> tuple[str, ...]:
    if asked.seconds is None:
        return ()
    return (f"Searched for {asked.seconds:g} s of the clock at each rate: a second run may find another balance.",)
