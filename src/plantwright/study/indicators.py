"""Key performance indicators of ISO 22400-2 from the states of a station's machines.

References
----------
ISO 22400-2:2014, Automation systems and integration: key performance indicators (KPIs) for manufacturing operations
management, part 2, definitions and descriptions.
N. Kang, C. Zhao, J. Li, J. A. Horst: A hierarchical structure of key performance indicators for operation management
and continuous improvement in production systems, International Journal of Production Research 54 (2016) 6333-6350,
doi 10.1080/00207543.2015.1136082.
"""

from __future__ import annotations

import math

from plantwright.results import StationRun
from plantwright.study.estimate import ratio


def indicators_of(station: StationRun) -> dict[str, float]:
    """Indicators of a work unit. Shares [-] and times [s]; nan where there is nothing to divide by.

    Notes
    -----
    Times of the standard are made of states: planned busy time PBT is the time on shift without maintenance, production
    time APT is busy, setup time AUST is setup, delay time ADET is down, blocked and waiting for people; processing time
    AUPT is APT + AUST, busy time AUBT is AUPT + ADET. All of the time down counts as delay, also where no order was on
    the machine. Effectiveness compares with the times of the routes, so that only the speed of machines differs from 1.

    Examples
    --------
    >>> station = StationRun(
    ...     machines=1,
    ...     completions=6,
    ...     pieces=6,
    ...     queue_mean=0,
    ...     wait_mean_s=0,
    ...     wait_mean_s_by_item={},
    ...     wait_quantiles_s={},
    ...     state_s={"busy": 60.0, "setup": 10.0, "down": 20.0, "idle": 10.0, "off shift": 50.0},
    ...     effectiveness=1.0,
    ...     rejected=3,
    ...     failures=2,
    ... )
    >>> found = indicators_of(station)
    >>> found["availability"], found["quality_ratio"], round(found["oee"], 9), found["mttr_s"]
    (0.6, 0.5, 0.3, 10.0)
    """
    state = station.state_s
    down, produced, set_up = (state.get(name, 0.0) for name in ("down", "busy", "setup"))
    planned = math.fsum(state.values()) - state.get("off shift", 0.0) - state.get("maintenance", 0.0)
    delayed = down + state.get("blocked", 0.0) + state.get("waiting for people", 0.0)
    processed = produced + set_up
    quality = 1.0 - ratio(station.rejected, station.pieces)
    return {
        "availability": ratio(produced, planned),
        "effectiveness": station.effectiveness,
        "quality_ratio": quality,
        "oee": ratio(produced, planned) * station.effectiveness * quality,
        "nee": ratio(processed, planned) * station.effectiveness * quality,
        "allocation_efficiency": ratio(processed + delayed, planned),
        "utilisation_efficiency": ratio(produced, processed + delayed),
        "technical_efficiency": ratio(produced, produced + delayed),
        "setup_ratio": ratio(set_up, processed),
        "mttr_s": ratio(down, station.failures),
        "mtbf_s": ratio(planned, station.failures),
    }
