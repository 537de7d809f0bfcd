"""The other end: two machines in a row, no shop, no demand, nothing known beyond what a run shows."""

from __future__ import annotations

from dataclasses import replace

from plantwright.model.plant import Plant
from plantwright.results import CapacityAnswer, Chance, Estimate, RunAnswer, SimulateAnswer

from . import sample


def plant() -> Plant:
    """Two stations, one route, one product."""
    return Plant.model_validate(
        {
            "name": "Two machines",
            "stations": {"saw": {}, "drill": {"machines": 2}},
            "routes": {
                "leg": [
                    {"op": "cut", "station": "saw", "time": "1 min"},
                    {"op": "bore", "station": "drill", "time": "90 s"},
                ]
            },
            "products": {"leg": {"made-by": "leg"}},
        }
    )


def simulate() -> SimulateAnswer:
    """What a short run shows: every interval unknown."""
    full = sample.simulate()
    item = replace(next(iter(full.items.values())), fill_rate=Estimate(None), flow_time_p90_s=Estimate(float("nan")))
    station = replace(next(iter(full.stations.values())), shop=None, machines=1, utilisation=Estimate(0.8))
    return replace(
        full,
        plant="Two machines",
        items={"leg": item},
        stations={"saw": station, "drill": station},
        crews={},
        not_used=(),
    )


def capacity() -> CapacityAnswer:
    """A capacity without target, products, service, losses or ranges."""
    return replace(
        sample.capacity(),
        plant="Two machines",
        verdict="The plant makes 310,000 good units a year",
        target_per_year=None,
        units_per_year=Estimate(310_000.0, 0.0, 1),
        units_per_year_inputs=None,
        p_meet_target=Chance(None, None, 0),
        by_product={},
        deliveries_by_month=(),
        service=None,
        rough_cut=tuple(
            replace(row, station=name, shop=None, load_at_target=None)
            for row, name in zip(sample.rough_cut(), ("saw", "drill"))
        ),
        load_by_week=(),
        buffers=(),
        queueing_estimate_per_year=None,
        queueing_note="",
        binding_station="saw",
        losses=(),
        differences=(),
        reconciliation=(),
        spending=None,
        stations=simulate().stations,
        estimates_that_matter=(),
        not_used=(),
        notes=(),
    )


def answer() -> RunAnswer:
    """A run that found out little."""
    return sample.answer(
        plant="Two machines",
        verdict="",
        capacity=capacity(),
        bottleneck=None,
        findings=(),
        not_answered={},
        execution=None,
    )
