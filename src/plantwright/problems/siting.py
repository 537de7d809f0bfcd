"""Where things should stand: what the optimisers read and give back. Axes: F candidate sites, C customers or points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ServingProblem:
    """Customers are served from sites that are opened: at least cost, or with as little distance as can be.

    Attributes
    ----------
    cost
        Of serving the whole of a customer from a site; infinite where it must not. (F, C) float64 [any]
    demand
        What customers take. (C,) float64 [pieces], >= 0
    fixed
        Cost of having a site. (F,) float64 [as cost], >= 0
    capacity
        What a site can serve; infinite where it has no limit. (F,) float64 [pieces]
    must, closed
        Sites that are open, or not to be opened, whatever it costs. (F,) bool
    most
        Sites that may be open. [-], >= 0
    whole
        Each customer is served from one site alone.
    """

    cost: Floats
    demand: Floats
    fixed: Floats
    capacity: Floats
    must: Flags
    closed: Flags
    most: int
    whole: bool = False


@dataclass(frozen=True, eq=False)
class CoveringProblem:
    """Points are seen from posts: all of them at least cost, or as many as a number of posts and a budget allow.

    Attributes
    ----------
    sees
        Whether a post sees a point. (F, C) bool
    weight
        How much a point counts. (C,) float64 [-], >= 0
    cost
        Of having a post. (F,) float64 [any], >= 0
    must, closed
        Posts that stand, or are not to be set up, whatever it costs. (F,) bool
    most
        Posts that may stand. [-], >= 0
    times
        Posts that have to see each point, where all have to be seen. [-], >= 1
    budget
        What the posts may cost together. [as cost]
    backup
        What being seen by a second post is worth, the first being worth 1. [-], 0 <= backup <= 1
    """

    sees: Flags
    weight: Floats
    cost: Floats
    must: Flags
    closed: Flags
    most: int
    times: int = 1
    budget: float = np.inf
    backup: float = 0.0


@dataclass(frozen=True, eq=False)
class Sited:
    """Sites that are opened, and how good that is.

    Attributes
    ----------
    opened
        (F,) bool
    share
        Share of each customer that each site serves; for posts, 1 where it sees the point. (F, C) float64 [-]
    objective, bound
        What was minimised or maximised, and what no choice of sites can beat. [as the problem]
    proven
        Whether it is known that nothing better exists.
    """

    opened: Flags
    share: Floats
    objective: float
    bound: float
    proven: bool


@dataclass(frozen=True, eq=False)
class Shortfall:
    """Why no choice of sites will do.

    Attributes
    ----------
    unreached
        Customers that no site may serve, points that too few posts see. (C,) bool
    capacity_short
        Demand of all beyond the capacity of all sites. [pieces], 0 where there is enough
    unserved
        What of the demand of those who are within reach stays unserved when every site is open. (C,) float64 [pieces]
    needed
        Sites that would have to be open; None where no number helps.
    price
        What the cheapest choice costs that does all; None where there is none or money is no limit. [as cost]
    """

    unreached: Flags
    capacity_short: float = 0.0
    unserved: Floats | None = None
    needed: int | None = None
    price: float | None = None
