"""How well an assembly line is balanced: efficiency, lost time, smoothness.

References
----------
C. L. Moodie, H. H. Young (1965), "A heuristic method of assembly line balancing for assumptions of constant or variable
work element times", Journal of Industrial Engineering 16(1); A. Scholl (1999), Balancing and Sequencing of Assembly
Lines, 2nd edition, Physica, doi 10.1007/978-3-662-11223-6, section 2.2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def line_efficiency(loads: Sequence[float], takt: float) -> float:
    """Share of the stations' time that is worked. [-], 0 to 1

    Parameters
    ----------
    loads
        Work on a piece at each station, or each person. (M,) [time]
    takt
        Time between pieces. [time], > 0

    Examples
    --------
    >>> line_efficiency([9, 7, 10, 8, 6], 10)
    0.8
    """
    return math.fsum(loads) / (len(loads) * takt) if len(loads) else 0.0


def balance_delay(loads: Sequence[float], takt: float) -> float:
    """Share of the stations' time that is lost. [-], 0 to 1

    Examples
    --------
    >>> round(balance_delay([9, 7, 10, 8, 6], 10), 3)
    0.2
    """
    return 1.0 - line_efficiency(loads, takt) if len(loads) else 0.0


def smoothness_index(loads: Sequence[float]) -> float:
    """Root of the squared distances of each station from the fullest one; 0 where all are alike. [time]

    Examples
    --------
    >>> round(smoothness_index([9, 7, 10, 8, 6]), 3)  # 1 + 9 + 0 + 4 + 16
    5.477
    """
    most = max(loads, default=0.0)
    return math.sqrt(math.fsum((most - load) ** 2 for load in loads))


def shift_loss(cycle: float, takt: float) -> float:
    """Share of the output that a line loses whose slowest station takes longer than the takt. [-], 0 to 1

    Examples
    --------
    >>> shift_loss(200.0, 150.0)
    0.25
    """
    return max(0.0, 1.0 - takt / cycle) if cycle > 0.0 else 0.0
