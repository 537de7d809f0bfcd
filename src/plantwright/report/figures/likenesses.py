"""How alike the names of parties are to names on lists, and from where on that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.rows import Rows
from plantwright.report.scale import Scale
from plantwright.report.svg import Drawing
from plantwright.results import ScreeningAnswer

SHOWN = 24
"""Likenesses drawn; the table has them all."""
LOWEST = 0.5
"""Where the axis begins. [-]"""
CLASSES = {"refused": "c-5", "held": "c-1", "let pass": "c-0"}


class _Likeness(NamedTuple):
    name: str
    listed: str
    where: str
    score: float
    state: str


def likenesses(answer: ScreeningAnswer) -> Figure | None:
    """A dot for each likeness of names, the block and review level as lines; None where there is no likeness."""
    found = sorted(_all(answer), key=lambda each: -each.score)
    if not found:
        return None
    caption = "How alike the names are to names on the lists"

    def draw(width: int) -> str:
        rows = Rows(width, min(len(found), SHOWN), head=24)
        drawing = Drawing(width, rows.height, caption)
        scale = Scale(min(LOWEST, answer.levels["review"]), 1.0, rows.start, rows.end)
        marks = [tenth / 10 for tenth in range(11) if tenth / 10 >= scale.low - 1e-9]
        rows.axis(drawing, scale, marks)
        for level, words in ((answer.levels["review"], "held"), (answer.levels["block"], "refused")):
            rows.rule(drawing, scale(level), "target")
            drawing.text(scale(level), rows.head - 9, words, "target-name", "middle")
        for place, each in enumerate(found[:SHOWN]):
            rows.write(drawing, place, each.name, f"{each.score:.2f}, {each.state}")
            tip = f"{each.name} is like {each.listed} on {each.where}: {each.score:.2f}, {each.state}"
            drawing.circle(scale.within(each.score), rows.middle(place), 5, f"mark {CLASSES[each.state]}", tip)
        return drawing.svg("figure")

    states = [state for state in CLASSES if any(each.state == state for each in found)]
    return figure("likenesses", caption, draw, _table(caption, found), [(CLASSES[state], state) for state in states])


def _all(answer: ScreeningAnswer) -> list[_Likeness]:
    refused = [
        _Likeness(each.name, each.listed_as, f"{each.list} of {each.list_date}", each.score, each.state)
        for each in answer.refusals
        if each.score is not None
    ]
    passed = [
        _Likeness(each.name, each.listed_as, f"{each.list} of {each.list_date}", each.score, "let pass")
        for each in answer.clearances
        if each.score is not None
    ]
    return refused + passed


def _table(caption: str, found: Sequence[_Likeness]) -> Table:
    rows = [(each.name, each.listed, each.where, each.state, f"{each.score:.3f}") for each in found]
    return Table.of(caption, ("party", "is like", "on", "state", "score"), rows, text=(1, 2, 3))
