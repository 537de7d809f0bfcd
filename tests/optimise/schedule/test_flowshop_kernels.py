"""What the kernels of flow shops say of a schedule is what comes of it when every start is worked out."""

from __future__ import annotations

import numpy as np
import pytest

from plantwright.optimise.schedule.flowshop import as_flow_shop, cooling, line
from plantwright.optimise.schedule.flowshop.chance import state_of
from plantwright.optimise.schedule.flowshop.hybrid import HybridSide
from plantwright.optimise.schedule.flowshop.plan import starts, value
from tests.optimise.schedule.flow_shops import completions, drawn_setups, drawn_times, flow_problem


@pytest.mark.parametrize("waiting", ["free", "blocking", "none"])
def test_the_value_of_an_order_is_that_of_its_completions(waiting):
    """After 40 rounds of insertions by acceleration; setups where jobs wait freely."""
    times, releases = drawn_times(8, 9, 4), list(range(0, 18, 2))
    setups = drawn_setups(8, 9, 4) if waiting == "free" else None
    shop = as_flow_shop(flow_problem(times, setups=setups, releases=releases, waiting=waiting))
    work = line.line_of(shop, np.arange(9), state_of(1))
    line.build(work)
    line.measure(work)
    for _ in range(20):
        line.iterate(work, 2, 3, 20, 5.0)
        for order, row in ((work.order, line.CURRENT), (work.best, line.BEST)):
            done = completions(times, order.tolist(), setups, waiting, releases)
            assert work.value[row] == max(done.values())
            assert sorted(order.tolist()) == list(range(9))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_value_of_a_hybrid_plan_is_that_of_its_starts(backwards):
    """With releases and transport; of every present schedule, many of them worse than the best."""
    lags = np.random.default_rng(2).integers(0, 9, (14, 4)).tolist()
    problem = flow_problem(drawn_times(9, 14, 4, 40), [2, 3, 2, 2], releases=[3 * job for job in range(14)], lags=lags)
    shop = as_flow_shop(problem)
    side = HybridSide(shop, backwards, 1)
    for _ in range(40):
        side.step()
        assert value(shop, starts(shop, side.plan.lines)) <= side.plan.value
        assert [sorted(job for line in stage for job in line) for stage in side.plan.lines] == [list(range(14))] * 4
        floor, mine = side.floor, side.shop
        if not floor.value.any():
            continue  # so far only orders were sought
        lines = [
            [floor.line[stage, machine, : floor.number[stage, machine]].tolist() for machine in range(count)]
            for stage, count in enumerate(mine.machines)
        ]
        start = starts(mine, tuple(lines))
        assert (start[-1] + mine.time[-1] + mine.lag[-1]).max() == floor.value[cooling.CURRENT]
        assert floor.value[cooling.CURRENT] >= floor.value[cooling.BEST]
