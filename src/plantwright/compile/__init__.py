"""From names to indices (``lower``) and back (``lift``): the only place where the two meet."""

from plantwright.compile.demand import daily_demand, monthly_demand
from plantwright.compile.leaving import lift_state
from plantwright.compile.lifting import lift
from plantwright.compile.lowering import lower
from plantwright.compile.problem import Mode, Names, Problem

__all__ = ["Mode", "Names", "Problem", "daily_demand", "lift", "lift_state", "lower", "monthly_demand"]
