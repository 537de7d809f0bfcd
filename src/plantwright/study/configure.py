"""What a family allows: its configurations on a day, their bills, and why a choice is impossible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plantwright.compile.configuring import Configuring, Statement, configuring
from plantwright.errors import Finding, Place, RunError, nearest
from plantwright.model.bill import Line, resolve
from plantwright.model.family import PRODUCT, Module
from plantwright.model.flows import chooser, made_things
from plantwright.model.members import NOT_OFFERED, families, members, options, parts
from plantwright.model.plant import Plant
from plantwright.optimise.configuration import configurations, conflict
from plantwright.results import BillLine, Configured, Conflict, FamilyLine

ALWAYS = "always"
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
    """The bill of a configuration, each line under its parent, with pieces a unit over all levels. What goes into
    a module stands where the module is met first.
    """
    chosen = {**configured.options, PRODUCT: configured.product}
    bill = resolve(plant, families(plant)[name], configured.product, chosen, on)
    total, lines = bill.pieces(), []

    def under(parent: str, level: int) -> None:
        for line in children.pop(parent, ()):
            lines.append(BillLine(level, parent, line.item, line.pieces, total[line.item]))
            under(line.item, level + 1)

    children: dict[str, list[Line]] = {}
    for line in bill.lines:
        children.setdefault(line.parent, []).append(line)
    under(configured.product, 1)
    return tuple(lines)


def family_bill(plant: Plant, name: str) -> tuple[FamilyLine, ...]:
    """The 150 % bill of a family: what its routes build in for any choice, with what decides and when it is valid."""
    products = members(plant, name)
    owners = {key: parts(plant, key) | {key} for key in products}
    lines: dict[tuple[str, str], FamilyLine] = {}
    for parent, made, route in made_things(plant):
        mine = tuple(key for key in products if parent in owners[key])
        for operation in route if mine else ():
            for item, amounts in operation.uses.items() if not operation.side else ():
                by_value = {ALWAYS: amounts} if isinstance(amounts, int) else dict(amounts)
                option = "" if isinstance(amounts, int) else chooser(made, operation, amounts)
                known = lines.get((parent, item))
                if known is not None:
                    by_value, option = _together(known, by_value, option)
                lines[parent, item] = _line(plant, name, parent, item, by_value, option, mine)
    return tuple(lines.values())


def _together(known: FamilyLine, more: dict[str, int], option: str) -> tuple[dict[str, int], str]:
    """Pieces of two operations that build in the same item."""
    values = dict.fromkeys([*known.pieces, *more])
    if len(values) > 1:
        values.pop(ALWAYS, None)
    pieces = {
        value: known.pieces.get(value, known.pieces.get(ALWAYS, 0)) + more.get(value, more.get(ALWAYS, 0))
        for value in values
    }
    return pieces, known.option or option


def _line(
    plant: Plant, name: str, parent: str, item: str, pieces: dict[str, int], option: str, products: tuple[str, ...]
) -> FamilyLine:
    module = families(plant)[name].modules.get(item, Module())
    days = [day.isoformat() if day is not None else "" for day in (module.from_, module.until)]
    return FamilyLine(parent, item, pieces, option, products, days[0], days[1], module.then or "")


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
