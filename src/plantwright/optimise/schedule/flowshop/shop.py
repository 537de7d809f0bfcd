"""Flow shops as their searches read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from plantwright.problems.schedule import Ints

Waiting = Literal["free", "blocking", "none"]
Objective = Literal["makespan", "flow", "tardiness"]


@dataclass(frozen=True, slots=True, eq=False)
class FlowShop:
    """Jobs that pass the same stages in the same order.

    Axes: S stages, J jobs, G kinds of jobs that need the same setups.

    Attributes
    ----------
    time
        Of each job at each stage. (S, J) int64 [tick]
    machines
        Identical machines of each stage. (S,) int64, >= 1
    lag
        Before each stage, and after the last: release of the job, then transport. (S + 1, J) int64 [tick], >= 0
    kind
        Which setups a job needs. (J,) int64
    setup
        From the kind before (last row: from how the machine stands at the start) to a kind, by stage; done before the
        job has come. (G + 1, G, S) int64 [tick]; zero where a stage has several machines
    due, weight
        Of each job. (J,) int64 [tick], int64
    waiting
        Between stages: freely, on the machine it was on (blocking), or not at all.
    objective
        What is sought.
    operation
        Number of each job's operation at each stage in the problem. (S, J) int64
    """

    time: Ints
    machines: Ints
    lag: Ints
    kind: Ints
    setup: Ints
    due: Ints
    weight: Ints
    waiting: Waiting
    objective: Objective
    operation: Ints

    @property
    def is_hybrid(self) -> bool:
        """Whether a stage has more than one machine."""
        return bool((self.machines > 1).any())

    @property
    def has_setups(self) -> bool:
        return bool(self.setup.any())

    def reversed(self) -> FlowShop:
        """The shop run backwards, from finished to raw: its makespans are the same. Without setups."""
        return replace(
            self,
            time=np.ascontiguousarray(self.time[::-1]),
            machines=self.machines[::-1].copy(),
            lag=np.ascontiguousarray(self.lag[::-1]),
        )


def lower_bound(shop: FlowShop) -> int:
    """What no makespan goes below. [tick]

    Notes
    -----
    At a stage with m machines, each machine waits for its first job and the shop waits for its last: m of the shortest
    ways to the stage, all work of the stage, and m of the shortest ways from it, shared by m machines. Setups count
    with the least that any job needs, less the first one of each machine.

    References
    ----------
    D. L. Santos, J. L. Hunsucker, D. E. Deal (1995), "Global lower bounds for flow shops with multiple processors",
    European Journal of Operational Research 80(1), 112-120, doi 10.1016/0377-2217(93)E0326-S.
    """
    S, J = shop.time.shape
    before = np.cumsum(shop.lag[:-1], axis=0)
    before[1:] += np.cumsum(shop.time, axis=0)[:-1]
    whole = before[-1] + shop.time[-1] + shop.lag[-1]
    after = whole - before - shop.time
    best = int(whole.max())
    for stage in range(S):
        m = min(int(shop.machines[stage]), J)
        heads, tails = np.sort(before[stage])[:m].sum(), np.sort(after[stage])[:m].sum()
        least = shop.setup[:, shop.kind, stage].min(axis=0)
        changes = least.sum() - least.max() if m == 1 else 0
        total = int(heads + shop.time[stage].sum() + changes + tails)
        best = max(best, -(-total // m))
    return best
