"""Two searches of a flow shop beside each other, in steps: the same by one worker or by two."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from plantwright.optimise.schedule.flowshop.hybrid import HybridSide
from plantwright.optimise.schedule.flowshop.permutation import OrderSide
from plantwright.optimise.schedule.flowshop.plan import Plan
from plantwright.optimise.schedule.flowshop.shop import FlowShop
from plantwright.problems.schedule import Limit

Told = Callable[[Plan, int], None]
"""Is told the best plan yet, and after how many steps."""
DEFAULT_STEPS = 20


def seek(shop: FlowShop, limit: Limit, seed: int, workers: int, start: Plan | None, bound: int, told: Told) -> Plan:
    """The best plan found within a limit; one step of both searches is a unit of work."""
    began = time.monotonic()
    sides: list[HybridSide] | list[OrderSide]
    if shop.is_hybrid:
        sides = [HybridSide(shop, backwards, seed) for backwards in (False, True)]
    else:
        sides = [OrderSide(shop, number, seed) for number in (0, 1)]
    best = min((side.plan for side in sides), key=_value)
    if start is not None:
        for side in sides:
            side.offer(start)
        best = min(best, start, key=_value)
    told(best, 0)
    steps = DEFAULT_STEPS if limit.work is None and limit.seconds is None else limit.work
    done = 0
    with ThreadPoolExecutor(min(workers, len(sides))) as pool:
        while best.value > bound and (steps is None or done < steps):
            if limit.seconds is not None and time.monotonic() - began >= limit.seconds:
                break
            list(pool.map(lambda side: side.step(), sides))
            done += 1
            plans = [side.plan for side in sides]
            if min(plans, key=_value).value < best.value:
                best = min(plans, key=_value)
                told(best, done)
            if sides[0].is_at_rest:
                for side in sides:
                    side.offer(best)
    return best


def _value(plan: Plan) -> int:
    return plan.value
