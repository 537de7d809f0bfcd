"""The counter-effect of sharing: what stops when one module is lost, shared or in copies."""

from __future__ import annotations

from plantwright.compile.margins import margin_of
from plantwright.compile.supply import Supply, supply
from plantwright.model.flows import target_amounts
from plantwright.model.naming import thing_called
from plantwright.model.plant import Plant
from plantwright.results import Exposed
from plantwright.study.modules import Module

WEEKS = 365.25 / 7
"""In a year."""


def exposed(plant: Plant, modules: tuple[Module, ...]) -> tuple[Exposed, ...]:
    """What stands still in each week in which a module is lost: all that share it, or the one product of a copy.

    Parameters
    ----------
    plant
        A sound plant.
    modules
        What the products share.

    Notes
    -----
    Lost is the module itself, whoever makes it: a fault of its design, a recall, an approval that is withdrawn. Of
    copies one is lost at a time, here the one that costs most. Whether stock bridges it, and what becomes of a lost
    supplier or site, is the question of ``risk``.
    """
    weekly, unit = weekly_margins(plant)
    rows = []
    for module in modules:
        by_product = {product: weekly.get(product, 0.0) for product in module.needs}
        worst = max(by_product, key=lambda product: by_product[product])
        rows.append(
            Exposed(
                kind="module",
                key=module.item,
                name=thing_called(plant, module.item),
                products_shared=tuple(by_product),
                products_apart=(worst,),
                loss_shared=sum(by_product.values()),
                loss_apart=by_product[worst],
                unit=unit,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.loss_shared, row.loss_apart)))


def weekly_margins(plant: Plant) -> tuple[dict[str, float], str]:
    """Margin that each product earns a week, and its unit; units a week where of some product no margin is known."""
    wanted = {product: pieces for product, pieces in target_amounts(plant).items() if product in plant.products}
    network = supply(plant)
    margins = {product: known_margin(plant, network, product) for product in wanted}
    known = {product: margin for product, margin in margins.items() if margin is not None}
    if len(known) < len(wanted):
        return {product: pieces / WEEKS for product, pieces in wanted.items()}, "units/week"
    return {product: known[product] * wanted[product] / WEEKS for product in wanted}, f"{plant.money.base}/week"


def known_margin(plant: Plant, network: Supply, product: str) -> float | None:
    """What a unit earns; None where a price is missing, its own or that of something in it. [base money]"""
    margin, unknown = margin_of(plant, network, product)
    return None if unknown else margin
