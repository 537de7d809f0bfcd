"""What a family allows: its configurations on a day, their bills, and why a choice is impossible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plantwright.compile.configuring import Configuring, Statement, configuring
from plantwright.errors import Finding, Place, RunError, nearest
from plantwright.model.bill import resolve
from plantwright.model.family import PRODUCT
from plantwright.model.members import NOT_OFFERED, families, members, options
from plantwright.model.plant import Plant
from plantwright.optimise.configuration import configurations, conflict
from plantwright.results import BillLine, Configured, Conflict

MOST = 400
"""Configurations that are listed. [-]"""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a choice leaves open.

    Attributes
    ----------
    configurations : tuple of Configured
        Every configuration, with the fingerprint of its bill; at most ``MOST`` of them.
    conflict : Conflict or None
        Where there is none, the smallest set of statements that rule all out.
    all_listed : bool
        Whether there are no more than those.
    """

    configurations: tuple[Configured, ...]
    conflict: Conflict | None
    all_listed: bool


def family_of(plant: Plant, name: str | None) -> str:
    """The family asked for; the first one where nothing is said.

    Raises
    ------
    RunError
        There is no such family, or no family that sells anything.
    """
    known = {key: None for key in families(plant) if members(plant, key)}
    if not known:
        raise RunError(Finding("E450", "no product belongs to a family", "Give products a platform: or list families."))
    if name is not None and name not in known:
        remedy = f"There are: {', '.join(known)}."
        raise RunError(Finding("E450", f'there is no family "{name}"', remedy, nearest=nearest(name, known)))
    return next(iter(known)) if name is None else name


def choice_of(plant: Plant, name: str, chosen: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was chosen, checked against the options of the family.

    Raises
    ------
    RunError
        An option or a value that the family does not have; all of them at once.
    """
    known = options(plant, name)
    wrong: list[Finding] = []
    made: dict[str, tuple[str, ...]] = {}
    for option, wanted in chosen.items():
        values = tuple(map(str, wanted)) if isinstance(wanted, (list, tuple)) else (str(wanted),)
        place = Place(path=f"choose.{option}")
        if option not in known:
            said, remedy = f'there is no option "{option}"', f"There are: {', '.join(known)}."
            wrong.append(Finding("E451", said, remedy, place, nearest(option, known)))
            continue
        for value in values:
            if value not in known[option]:
                said, remedy = f'{option} has no value "{value}"', f"There are: {', '.join(known[option])}."
                wrong.append(Finding("E451", said, remedy, place, nearest(value, known[option])))
        made[option] = values
    if wrong:
        raise RunError(*wrong)
    return made


def allowed(plant: Plant, name: str, on: dt.date, chosen: Mapping[str, tuple[str, ...]]) -> Allowed:
    """Every configuration that a choice leaves, or why there is none."""
    lowered = configuring(plant, name, on, chosen)
    found = configurations(lowered.problem, MOST + 1)
    if not found:
        return Allowed((), _conflict(lowered, conflict(lowered.problem), chosen), True)
    configured = [_configured(plant, name, on, lowered.lift(each)) for each in found[:MOST]]
    return Allowed(tuple(configured), None, len(found) <= MOST)


def _configured(plant: Plant, name: str, on: dt.date, chosen: dict[str, str]) -> Configured:
    mine = {option: value for option, value in chosen.items() if value != NOT_OFFERED and option != PRODUCT}
    bill = resolve(plant, families(plant)[name], chosen[PRODUCT], chosen, on)
    return Configured(chosen[PRODUCT], mine, len(bill.parts), bill.digest(mine))


def bill_lines(plant: Plant, name: str, on: dt.date, configured: Configured) -> tuple[BillLine, ...]:
    """The bill of a configuration, each parent before its parts, with pieces a unit over all levels."""
    chosen = {**configured.options, PRODUCT: configured.product}
    bill = resolve(plant, families(plant)[name], configured.product, chosen, on)
    total, level = bill.pieces(), {configured.product: 0}
    lines = []
    for line in bill.lines:
        level.setdefault(line.item, level[line.parent] + 1)
        lines.append(BillLine(level[line.parent] + 1, line.parent, line.item, line.pieces, total[line.item]))
    return tuple(lines)


def _conflict(lowered: Configuring, found: tuple[int, ...], chosen: Mapping[str, tuple[str, ...]]) -> Conflict:
    named = [lowered.statements[each] for each in found]
    said = [each for each in named if each.kind != "choice"]
    wanted = [each for each in named if each.kind == "choice"]
    return Conflict(
        choice=tuple(each.says for each in wanted),
        statements=tuple(f"{_place(each)}: {each.says}" + (f" ({each.why})" if each.why else "") for each in said),
        verdict=_verdict(said, wanted, bool(chosen)),
    )


def _place(statement: Statement) -> str:
    return f"{statement.kind} {statement.name}"


def _verdict(said: list[Statement], wanted: list[Statement], asked: bool) -> str:
    reasons = "; ".join(f"{each.says} ({_place(each)})" for each in said)
    if not wanted:
        return f"the family allows no configuration at all{', whatever is chosen' if asked else ''}: {reasons}"
    choice = " with ".join(each.says for each in wanted)
    return f"{choice} is impossible: {reasons or 'these are values of one option'}"
