"""Job shops and flexible job shops: the makespan, by tabu search and path relinking in numba.

``improve(problem, limit, seed, workers, start, told)`` is what a portfolio calls: ``None`` where the problem is
anything else than a job shop, else the best ``Schedule`` found. A unit of work is 1,000 turns of tabu search. For the
same seed and work it is the same schedule, by one worker or by more; seconds may end it earlier. ``bound`` is what is
known from elsewhere: the search ends when it is reached, and the schedule is then proven.
"""

from plantwright.optimise.schedule.jobshop.improve import improve
from plantwright.optimise.schedule.jobshop.shop import JobShop, as_job_shop, lower_bound

__all__ = ["JobShop", "as_job_shop", "improve", "lower_bound"]
