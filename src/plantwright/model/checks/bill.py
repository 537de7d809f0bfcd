"""The bill of materials: no cycles, everything made or bought, options that fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault, listed
from plantwright.model.flows import built_from, chooser, made_things, options_of
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation

_WHOLE = 1e-6
"""Deviation from 100 % below which shares add up. [-]"""
MOST_COMBINATIONS = 64
"""Combinations of option values that the simulator can tell apart: bits of a word."""


def cycles(plant: Plant) -> Iterator[Finding]:
    """Things that are, directly or not, built of themselves."""
    built = built_from(plant)
    done: set[str] = set()
    for name in built:
        circle = _circle(name, built, [], done)
        if circle:
            yield fault(
                "E210",
                f"{'products' if circle[0] in plant.products else 'items'}.{circle[0]}",
                f"it is built of itself: {' -> '.join(circle)}",
                "Take one of the uses along this circle out of its route.",
            )


def _circle(name: str, built: Mapping[str, Mapping[str, None]], above: list[str], done: set[str]) -> list[str]:
    """The circle that a depth-first walk from a thing runs into, empty where there is none."""
    if name in above:
        return [*above[above.index(name) :], name]
    if name in done or name not in built:
        return []
    for child in built[name]:
        circle = _circle(child, built, [*above, name], done)
        if circle:
            done.update(circle)
            return circle
    done.add(name)
    return []


def origins(plant: Plant) -> Iterator[Finding]:
    """Items that nobody makes or buys, that two ways supply, or that nobody wants."""
    users = _users(plant)
    given = {each for _, _, route in made_things(plant) for operation in route for each in operation.gives}
    followers = {module.then for family in plant.families.values() for module in family.modules.values()}
    for name, item in plant.items.items():
        here = f"items.{name}"
        if item.made_by is not None and item.buy is not None:
            yield fault(
                "E212", here, "it is both made and bought", "Keep made-by or buy; give the bought one its own item."
            )
        elif item.made_by is None and item.buy is None and name not in given:
            yield _nobody(plant, here, name, users.get(name, []))
        if name not in users and name not in plant.demand and name not in followers and not _is_test_flow(item):
            yield fault(
                "W504",
                here,
                "nothing uses it and nobody orders it",
                "Write it under uses of an operation or under demand, or delete it.",
            )


def _nobody(plant: Plant, here: str, name: str, users: list[str]) -> Finding:
    kits = f", and {users[0]} needs it" if users else ""
    remedy = f"Write made-by: {name}." if name in plant.routes else "Write made-by with its route, or buy."
    return fault("E211", here, f"nobody makes or buys it{kits}", remedy)


def _users(plant: Plant) -> dict[str, list[str]]:
    """Operations that use each thing."""
    users: dict[str, list[str]] = {}
    for name, route in plant.routes.items():
        for operation in route:
            for used in operation.uses:
                users.setdefault(used, []).append(f"{operation.op} of route {name}")
    return users


def _is_test_flow(item: Item) -> bool:
    return item.release is not None


def options(plant: Plant) -> Iterator[Finding]:
    """Options whose shares do not add up, and amounts that name an option or a value that the product does not have."""
    for name, product in plant.products.items():
        here = f"products.{name}.options"
        for option, mix in product.options.items():
            total = sum(share.base for share in mix.values())
            if abs(total - 1) > _WHOLE:
                yield fault(
                    "E213",
                    f"{here}.{option}",
                    f"the shares of {option} add up to {100 * total:g} %",
                    "Let them add up to 100 %.",
                )
        combinations = math.prod(len(mix) for mix in product.options.values())
        if combinations > MOST_COMBINATIONS:
            yield fault(
                "E214",
                here,
                f"its options make {combinations} combinations, {MOST_COMBINATIONS} can be told apart",
                "Split the product, or leave out options that change no kit.",
            )
    for _, made, route in made_things(plant):
        for operation in route:
            yield from _amounts(made, f"routes.{made.made_by}.{operation.op}", operation)


def _amounts(made: Item | Product, here: str, operation: Operation) -> Iterator[Finding]:
    known = options_of(made)
    if operation.option is not None and operation.option not in known:
        where = f"the product has {listed(known)}" if known else "what this route makes has no options"
        yield fault(
            "E215",
            f"{here}.option",
            f'there is no option "{operation.option}": {where}',
            "Define it under options of the product, or correct the name.",
            near=nearest(operation.option, known),
        )
        return
    for used, amounts in operation.uses.items():
        if isinstance(amounts, dict):
            option = chooser(made, operation, amounts)
            if option in known:
                yield from _values(f"{here}.uses.{used}", option, list(known[option]), list(amounts))
            else:
                yield fault(
                    "E215",
                    f"{here}.uses.{used}",
                    f"its amount differs by value, but no option of what is made has the values {listed(amounts)}",
                    "Write option: with the product's option, or one amount.",
                )


def _values(here: str, option: str, known: list[str], given: list[str]) -> Iterator[Finding]:
    for value in given:
        if value not in known:
            yield fault(
                "E216",
                f"{here}.{value}",
                f'{option} has no value "{value}", only {listed(known)}',
                "Correct the value.",
                near=nearest(value, known),
            )
    missing = [value for value in known if value not in given]
    if missing:
        yield fault(
            "E216",
            here,
            f"no amount for {option} {listed(missing)}",
            "Write an amount for each value, 0 where none is built in.",
        )
