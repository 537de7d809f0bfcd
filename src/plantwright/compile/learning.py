"""Learning curves of skills and operations, and which of them each operation practises."""

from __future__ import annotations

from plantwright.codes import UNLIMITED
from plantwright.compile.draft import Draft
from plantwright.model.learning import Learning, relative
from plantwright.model.practice import curves_of


def add_learning(draft: Draft) -> None:
    """Rows of all curves, each once however many operations practise it."""
    rows: dict[str, int] = {}
    for row, operation in enumerate(draft.written):
        item, op = draft.operations[row]
        route = draft.thing(item).made_by or item
        work, hands = curves_of(draft.plant, f"{route}.{op}", operation)
        for name, learning in (work | hands).items():
            if name not in rows:
                rows[name] = _add(draft, name, learning)
        first, _ = draft.link(rows[name] for name in (work | hands))
        only_hands = len(hands.keys() - work.keys())
        draft.rows["operation"].set(row, first_curve=first, curves=len(work), hand_curves=only_hands)


def _add(draft: Draft, name: str, learning: Learning) -> int:
    draft.curves.append(name)
    return draft.rows["learning"].add(
        exponent=learning.exponent,
        fixed=learning.fixed.base if learning.fixed else 0.0,
        scale=1.0 / relative(learning, learning.standard),
        plateau=learning.plateau or int(UNLIMITED),
        start=learning.start,
    )
