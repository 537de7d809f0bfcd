"""Rough-cut arithmetic: output by station from hours and load, buffers between calendars, places for a residence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class RoughCut:
    """What each station could make in a year if nothing else held it up.

    Attributes
    ----------
    units : (S,) float64
        Good units of the mix a year; infinite where a station has no work. [units]
    load_share : (S,) float64
        Share of its usable hours that each station works at the binding station's output. [-]
    hours_per_unit : (S,) float64
        Machine-hours per good unit of the mix. [h]
    binding : int
        Index of the station that holds the plant back. [-]
    """

    units: NDArray[np.float64]
    load_share: NDArray[np.float64]
    hours_per_unit: NDArray[np.float64]
    binding: int

    @property
    def units_per_year(self) -> float:
        """Output of the binding station. [units]"""
        return float(self.units[self.binding])


def rough_cut(load: ArrayLike, mix: ArrayLike, *, hours: ArrayLike, efficiency: ArrayLike = 1.0) -> RoughCut:
    """Yearly output of every station from its load and its hours, and the one that binds.

    Parameters
    ----------
    load : (S, P) floats
        Machine-hours at each station per good unit of each product, repeats and scrap included. [h]
    mix : (P,) floats
        Demanded shares of the products; any positive weights. [-]
    hours : (S,) floats
        Machine-hours a year on the calendar: machines times scheduled hours. [h]
    efficiency : (S,) floats or float
        Share of those hours that a rough-cut plan counts on (availability and speed). [-], 0 < efficiency <= 1

    Notes
    -----
    Right only if every station always has work and room. A year hides what a week shows: stations on different
    calendars need buffers between them, see `plantwright.analytic.week`.

    References
    ----------
    Hopp, W. J., Spearman, M. L. (2011), Factory Physics, 3rd ed., Waveland, ISBN 978-1-57766-739-1, chapter 3
    (rough-cut capacity planning).

    Examples
    --------
    Two machines of 1,000 h at 0.5 h a unit allow 4,000 units, one machine at 0.2 h allows 5,000 and is used for 0.8:

    >>> plan = rough_cut([[0.5], [0.2]], [1.0], hours=[2000.0, 1000.0])
    >>> plan.units.tolist(), plan.load_share.tolist(), plan.binding
    ([4000.0, 5000.0], [1.0, 0.8], 0)
    """
    shares = np.asarray(mix, dtype=np.float64)
    hours_per_unit = np.asarray(load, dtype=np.float64) @ (shares / shares.sum())
    usable = np.asarray(hours, dtype=np.float64) * np.asarray(efficiency, dtype=np.float64)
    units = np.full_like(hours_per_unit, np.inf)
    np.divide(usable, hours_per_unit, out=units, where=hours_per_unit > 0.0)
    binding = int(np.argmin(units))
    return RoughCut(units, units[binding] / units, hours_per_unit, binding)


def rest_places_needed(rate: float, residence: float) -> float:
    """Places that hold what arrives at a rate and stays for a time, by Little's law. [pieces]

    Parameters
    ----------
    rate : float
        Pieces arriving. [1/h]
    residence : float
        Time each stays. [h]

    References
    ----------
    Little, J. D. C. (1961), A proof for the queuing formula L = lambda W, Operations Research 9(3),
    doi:10.1287/opre.9.3.383.

    Examples
    --------
    What 122 channels of 4 h deliver rests for a day: 30.5 x 24.

    >>> rest_places_needed(122 / 4, 24)
    732.0
    """
    return rate * residence


def buffer_needed(upstream: ArrayLike, downstream: ArrayLike, flow_per_week: float, *, levelled: bool = False) -> float:
    """Room that two neighbours on different calendars need between them to pass a flow. [pieces]

    Parameters
    ----------
    upstream, downstream : (T,) floats
        Capacity of each in every step of the same cyclic week; zero when off shift. [pieces]
    flow_per_week : float
        Pieces that have to pass in a week; neither capacity may be less. [pieces]
    levelled : bool
        True: the downstream spreads the flow evenly over its capacity. False: it works as fast as it can until it runs
        dry, which needs less room.

    Raises
    ------
    ValueError
        One of the two cannot pass the flow with any buffer.

    Notes
    -----
    The upstream spreads the flow evenly over its capacity (takt). Levelled, the buffer is the highest minus the lowest
    point of the cumulative difference of the two scaled profiles; otherwise the highest point of a fluid queue that
    never falls below zero. Fluid: half a step of flow may have to be added for whole pieces.

    References
    ----------
    Cumulative input and output curves: Newell, G. F. (1982), Applications of Queueing Theory, 2nd ed.,
    doi:10.1007/978-94-009-5970-5, chapter 2.

    Examples
    --------
    Four steps of which the first two bring 6 each and all four take 3 (levelled), or 4 while there is anything:

    >>> buffer_needed([6, 6, 0, 0], [4, 4, 4, 4], 12, levelled=True)
    6.0
    >>> buffer_needed([6, 6, 0, 0], [4, 4, 4, 4], 12)
    4.0
    """
    supply = np.asarray(upstream, dtype=np.float64)
    taking = np.asarray(downstream, dtype=np.float64)
    if min(supply.sum(), taking.sum()) < flow_per_week * (1.0 - 1e-9):
        raise ValueError(
            f"no buffer helps: {flow_per_week:g} pieces a week are asked for, "
            f"but upstream can pass {supply.sum():g} and downstream {taking.sum():g}"
        )
    supply = supply * (flow_per_week / supply.sum())
    if levelled:
        difference = np.cumsum(supply - taking * (flow_per_week / taking.sum()))
        return float(difference.max() - difference.min())
    return _highest_queue(supply, taking)


def _highest_queue(supply: NDArray[np.float64], taking: NDArray[np.float64]) -> float:
    """Peak of the cyclic fluid queue: the largest sum of (supply - taking) over consecutive steps, at most one week."""
    gain = supply - taking
    walked = np.concatenate([[0.0], np.cumsum(np.concatenate([gain, gain]))])
    return float(np.max(walked - np.minimum.accumulate(walked)))
