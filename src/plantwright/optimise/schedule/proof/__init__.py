"""The whole problem as a model of CP-SAT: to prove that no schedule is better.

References
----------
L. Perron and F. Didier, "CP-SAT", OR-Tools, https://developers.google.com/optimization/cp. P. Laborie, J. Rogerie,
P. Shaw and P. Vilím (2018), "IBM ILOG CP optimizer for scheduling", Constraints 23, doi 10.1007/s10601-018-9281-x, for
optional intervals.
"""

from __future__ import annotations

from plantwright.optimise.schedule.proof.prove import prove
from plantwright.optimise.schedule.proof.size import is_within_reach

__all__ = ["is_within_reach", "prove"]
