"""How often each plan takes each rank when the weights of the criteria are doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.rows import Rows
from plantwright.report.scale import Scale
from plantwright.report.svg import Drawing
from plantwright.results.siting import PlanRanked
from plantwright.results.wording import number, percent

SHOWN = 8
"""Plans drawn; the table has them all."""
RANKS = ("l-4", "l-3", "l-2", "l-1", "l-0")
"""Colours of first, second, third and fourth place, and of all that come after."""
LEGEND = tuple(zip(RANKS, ("first", "second", "third", "fourth", "later")))


def firsts(name: str, plans: Sequence[PlanRanked], opened: Mapping[str, str]) -> Figure:
    """A bar for each plan: the share of the drawn weights for which it comes first, second and so on.

    ``opened`` names the sites of a plan.
    """
    drawn = plans[:SHOWN]
    caption = "How often each plan comes first when the weights of the criteria are drawn around the given ones"

    def draw(width: int) -> str:
        rows = Rows(width, len(drawn), label_room=260, value_room=60, pitch=36, lines=2)
        drawing = Drawing(width, rows.height, caption)
        scale = Scale(0.0, 1.0, rows.start, rows.end)
        rows.axis(drawing, scale, [0.0, 0.25, 0.5, 0.75, 1.0], percent=True)
        for place, plan in enumerate(drawn):
            rows.write(drawing, place, f"{plan.plan}: {opened[plan.plan]}", percent(plan.first_share))
            level = 0.0
            for rank, share in enumerate(plan.rank_shares):
                left, right = scale.within(level), scale.within(level + share)
                tip = f"{plan.plan}: rank {rank + 1} for {percent(share)} of the weights"
                cls = f"mark {RANKS[min(rank, len(RANKS) - 1)]}"
                drawing.rect(left, rows.middle(place) - 7, (right - left, 14), cls, tip)
                level += share
        return drawing.svg("figure")

    columns = ("plan", "open", "score", "comes first")
    body = [(plan.plan, opened[plan.plan], number(plan.score), percent(plan.first_share)) for plan in plans]
    present = max((len(plan.rank_shares) for plan in plans), default=0)
    return figure(name, caption, draw, Table.of("Plans by all criteria", columns, body, text=(1,)), LEGEND[:present])
