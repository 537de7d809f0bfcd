"""Options of products: every combination is one bit of a mask, drawn per unit with its share."""

from __future__ import annotations

from itertools import accumulate, product
from math import prod

from plantwright.errors import Finding, Place, RunError
from plantwright.model.product import Item, Product

ALL = 2**64 - 1
"""The mask of a kit row that every unit takes."""
MOST = 64
"""Combinations that one mask tells apart."""


def combinations(thing: Item | Product) -> list[tuple[str, ...]]:
    """Every combination of option values, in document order, the last option changing fastest."""
    return list(product(*thing.options.values())) if isinstance(thing, Product) else []


def cumulative_shares(name: str, thing: Item | Product) -> list[float]:
    """Share of units with each combination or one before it; the last is 1, empty where there is nothing to choose.

    Raises
    ------
    RunError
        A product has more combinations than are told apart.
    """
    if not isinstance(thing, Product) or not thing.options:
        return []
    chosen = combinations(thing)
    if len(chosen) > MOST:
        raise RunError(
            Finding(
                "E401",
                f'the options of "{name}" make {len(chosen)} combinations; {MOST} can be told apart.',
                "Split the product, or leave out options that change no kit.",
                Place(f"products.{name}.options"),
            )
        )
    mixes = list(thing.options.values())
    shares = [prod(mix[value].base for mix, value in zip(mixes, values)) for values in chosen]
    total = sum(shares) or 1.0
    return [*(share / total for share in accumulate(shares[:-1])), 1.0]


def mask(thing: Item | Product, option: str, value: str) -> int:
    """Bits of the combinations in which an option has a value."""
    if not isinstance(thing, Product) or option not in thing.options:
        return 0
    place = list(thing.options).index(option)
    return sum(1 << bit for bit, values in enumerate(combinations(thing)) if values[place] == value)
