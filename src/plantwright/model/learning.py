"""Learning: the time of an operation falls with how often it has been done."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from plantwright.model.record import Record
from plantwright.units import Count, Share

_EXACT = 1000
"""Terms of a sum that are added one by one; the rest is an integral."""


class Learning(Record):
    """How times fall with practice: by a share at each doubling of the count, down to a plateau or a fixed part."""

    rate: Share
    """Time at twice the count as a share of the time before (Wright): 85 % is usual in aerospace."""
    standard: Annotated[Count, Field(ge=1)]
    """The count at which the times written in the routes hold: 1 for times of the first piece, 1 000 for those of
    people who have done it a thousand times."""
    start: Count = 0
    """How often it has been done before the run begins."""
    plateau: Annotated[Count, Field(ge=1)] | None = None
    """The count from which times fall no more; they fall for ever when left out."""
    fixed: Share | None = None
    """Share of the first time that practice cannot take away, such as a machine's (DeJong: incompressibility)."""

    @field_validator("rate")
    @classmethod
    def _possible(cls, value: Any) -> Any:
        if value.base <= 0:
            raise ValueError("a rate must be above 0 %; 85 % means that the second piece takes 85 % of the first")
        return value

    @property
    def exponent(self) -> float:
        """How steeply times fall: b in n to the power of -b. [-]"""
        return -math.log2(self.rate.base)


class SkillLearning(Learning):
    """How a kind of work is learned."""

    by: Literal["skill", "operation"] = "skill"
    """Whether all operations that hold the skill are practised together, or each operation by itself."""


def relative(learning: Learning, count: float) -> float:
    """Time of an execution as a share of the first one. [-]

    References
    ----------
    Wright, T. P. (1936), Factors affecting the cost of airplanes, Journal of the Aeronautical Sciences 3(4), 122-128,
    doi:10.2514/8.155. DeJong, J. R. (1957), The effects of increasing skill on cycle time and its consequences for time
    standards, Ergonomics 1(1), 51-60, doi:10.1080/00140135708964571.

    Examples
    --------
    At 80 % the fourth piece takes 0.8 x 0.8 of the first; with a quarter that cannot be learned, 0.25 + 0.75 x 0.64:

    >>> from plantwright.model.learning import Learning, relative
    >>> round(relative(Learning(rate="80 %", standard=1), 4), 6)
    0.64
    >>> round(relative(Learning(rate="80 %", standard=1, fixed="25 %"), 4), 6)
    0.73
    """
    fixed = learning.fixed.base if learning.fixed else 0.0
    n = min(count, learning.plateau) if learning.plateau else count
    return fixed + (1.0 - fixed) * math.pow(n, -learning.exponent)


def pace(learning: Learning, count: float) -> float:
    """Time of an execution as a share of the time written: 1 at the standard count. [-]"""
    return relative(learning, count) / relative(learning, learning.standard)


def mean_pace(learning: Learning, times: float) -> float:
    """Mean of the pace over so many executions from the start on. [-]

    Notes
    -----
    The first terms are added; of the others the sum is the integral from half a step before to half a step behind.
    """
    count = max(1, round(times))
    exact = min(count, _EXACT)
    total = math.fsum(pace(learning, learning.start + n) for n in range(1, exact + 1))
    if count > exact:
        total += _between(learning, learning.start + exact + 0.5, learning.start + count + 0.5)
    return total / count


def _between(learning: Learning, low: float, high: float) -> float:
    """Integral of the pace over counts. [-]"""
    fixed = learning.fixed.base if learning.fixed else 0.0
    knee = min(max(learning.plateau or math.inf, low), high)
    power = 1.0 - learning.exponent
    falling = math.log(knee / low) if abs(power) < 1e-9 else (knee**power - low**power) / power
    level = relative(learning, learning.plateau) * (high - knee) if learning.plateau else 0.0
    area = fixed * (knee - low) + (1.0 - fixed) * falling + level
    return area / relative(learning, learning.standard)


def is_settled(learning: Learning) -> bool:
    """Whether nothing is left to be learned, so that times are as written for ever."""
    if learning.rate.base == 1.0 or (learning.fixed and learning.fixed.base == 1.0):
        return True
    return learning.plateau is not None and learning.plateau <= min(learning.standard, learning.start + 1)
