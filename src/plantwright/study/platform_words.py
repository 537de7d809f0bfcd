"""The answer to ``platform`` in sentences."""

from __future__ import annotations

from plantwright.results import Exposed, PlatformAnswer, Saving
from plantwright.results.wording import about, about_known, number, span
from plantwright.study.configure import MOST, Allowed


def verdict(answer: PlatformAnswer) -> str:
    """What sharing is worth, or why the choice cannot be; one sentence on the variant where one was asked for."""
    if answer.conflict is not None:
        return answer.conflict.verdict
    if len(answer.products) == 1:
        return f"{answer.family_name} has one product: nothing is shared until there is another{_of_variant(answer)}"
    counted, products = answer.commonality, f"the {len(answer.products)} products of {answer.family_name}"
    said = f"{products} share {sum(len(row) > 1 for row in counted.pieces.values())} of {counted.parts} items"
    if answer.savings_per_year > 0:
        said += f", which saves {_saved(answer)} {answer.currency} a year"
        said += f", most of it by {_largest(answer).name[0].lower()}{_largest(answer).name[1:]}"
    worst = _dearest(answer)
    if worst is not None:
        said += f"; a week without one of them costs up to {_loss(worst)} instead of {about(worst.loss_apart)}"
    return said + _of_variant(answer)


def _dearest(answer: PlatformAnswer) -> Exposed | None:
    """The module whose loss costs most; None where no loss of one costs anything."""
    return next((row for row in answer.exposure if row.kind == "module" and row.loss_shared > 0), None)


def _loss(row: Exposed) -> str:
    return f"{about(row.loss_shared)} {row.unit.partition('/')[0]}"


def _of_variant(answer: PlatformAnswer) -> str:
    needs = answer.variant
    if needs is None:
        return ""
    before, after = needs.rough_cut_before_per_year, needs.rough_cut_after_per_year
    return (
        f". {needs.name} needs {_count(len(needs.new_parts), 'new part')}, shares {len(needs.shared_parts)}, and costs "
        f"{about(needs.qualification_cost)} {answer.currency} to qualify; by arithmetic the plant then makes "
        f"{about(after)} units a year instead of {about(before)}"
    )


def _count(amount: int, noun: str) -> str:
    return f"{amount or 'no'} {noun}{'' if amount == 1 else 's'}"


def _saved(answer: PlatformAnswer) -> str:
    return about_known(answer.savings_per_year, all(row.is_priced for row in answer.savings))


def _largest(answer: PlatformAnswer) -> Saving:
    return max(answer.savings, key=lambda saving: saving.per_year)


def facts(answer: PlatformAnswer) -> tuple[tuple[str, str, str], ...]:
    """Key numbers: what, how much, a remark."""
    shared, wide = answer.commonality, answer.savings_per_year_inputs
    rows = [
        (
            "Saved by sharing",
            f"{_saved(answer)} {answer.currency} a year",
            f"within the ranges of the figures {span(wide)}" if wide is not None else "",
        ),
        ("Uses per item (DCI)", number(shared.dci), f"{shared.uses} uses of {shared.parts} items"),
        ("On a scale from 0 to 1", number(shared.tcci), f"TCCI; {number(shared.ci)} by Martin and Ishii"),
    ]
    worst = _dearest(answer)
    if worst is not None:
        apart = f"{about(worst.loss_apart)} with copies of its own for each product"
        rows.append(
            (f"A week without {worst.name}", f"{about(worst.loss_shared)} {worst.unit.partition('/')[0]}", apart)
        )
    return tuple(rows)


def notes(left: Allowed) -> tuple[str, ...]:
    """What the reader should know of the list of configurations."""
    return () if left.all_listed else (f"Only the first {MOST} configurations are listed.",)
