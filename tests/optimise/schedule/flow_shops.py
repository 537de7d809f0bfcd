"""Flow shops to try the searches on, and what the best of them is by trying everything."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np

from tests.optimise.schedule.draft import Draft, way


def flow_problem(
    times, machines=None, *, releases=None, lags=None, setups=None, families=None, levels=("makespan",), **told
):
    """Jobs by stage; machines of each stage; by stage a matrix of setups; jobs' dues and weights by name."""
    draft = Draft()
    J, S = len(times), len(times[0])
    machines = machines or [1] * S
    matrices = [draft.matrix(rows) for rows in setups] if setups else [-1] * S
    numbers = [[draft.machine(setup=matrices[stage]) for _ in range(machines[stage])] for stage in range(S)]
    waiting = told.get("waiting", "free")
    for job in range(J):
        dates = {name: told[name][job] for name in ("due", "weight") if name in told}
        mine = draft.job(release=releases[job] if releases else 0, **dates)
        before = None
        for stage in range(S):
            family = -1 if not setups else (families[job] if families else job)
            ways = [way(machine, times[job][stage], family) for machine in numbers[stage]]
            now = draft.operation(mine, *ways, blocks=waiting == "blocking" and stage + 1 < S)
            if before is not None:
                least = lags[job][stage] if lags else 0
                draft.arc(before, now, least, 0 if waiting == "none" else -1)
            before = now
    return draft.problem(*levels)


def drawn_times(seed, jobs, stages, most=9):
    return np.random.default_rng(seed).integers(1, most + 1, (jobs, stages)).tolist()


def drawn_setups(seed, families, stages, most=6):
    return np.random.default_rng(seed).integers(0, most + 1, (stages, families + 1, families)).tolist()


def best_permutation(times, *, setups=None, waiting="free", releases=None, judged=None):
    """The least value of all orders; each schedule worked out operation by operation."""
    judged = judged or (lambda done: max(done.values()))
    return min(
        judged(completions(times, order, setups, waiting, releases)) for order in permutations(range(len(times)))
    )


def completions(times, order, setups=None, waiting="free", releases=None):
    """When each job is done, in an order."""
    S = len(times[0])
    free, before, done = [0] * S, None, {}
    for job in order:
        ready = releases[job] if releases else 0
        if waiting == "none":  # tick by tick, until it fits
            while any(ready + sum(times[job][:stage]) < free[stage] for stage in range(S)):
                ready += 1
        begins = []
        for stage in range(S):
            row = setups[stage][-1 if before is None else before] if setups else None
            ready = max(ready, free[stage] + (row[job] if row else 0))
            begins.append(ready)
            ready += times[job][stage]
        ends = [begin + time for begin, time in zip(begins, times[job])]
        free = begins[1:] + ends[-1:] if waiting == "blocking" else ends
        before, done[job] = job, ends[-1]
    return done


def best_hybrid(times, machines):
    """The least makespan: every order at every stage, each job on the machine that is free first.

    With identical machines and the makespan some such schedule is best: jobs in the order of their starts.
    """
    J, S = len(times), len(times[0])
    best = 10**9
    for orders in product(list(permutations(range(J))), repeat=S):
        ready = [0] * J
        for stage, order in enumerate(orders):
            free = [0] * machines[stage]
            for job in order:
                first = free.index(min(free))
                ready[job] = free[first] = max(free[first], ready[job]) + times[job][stage]
        best = min(best, max(ready))
    return best
