"""A made-up answer for looking at the report. The figures are plausible and mean nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from plantwright.results import (
    BottleneckAnswer,
    BufferNeed,
    CapacityAnswer,
    Chance,
    CrewStatistics,
    Driver,
    Estimate,
    Execution,
    Gain,
    InputRange,
    ItemStatistics,
    Loss,
    Month,
    ProductCapacity,
    Provenance,
    RoughCutRow,
    RunAnswer,
    ServiceFigures,
    SimulateAnswer,
    Stair,
    StationStatistics,
    WeekLoad,
)

from .plant_of_sample import NAMES, PRODUCTS, SHOPS, plant, stations
from .sample_spending import spending

RUNS = 12
PROVENANCE = Provenance("0.1.0", "3.11.7", "2.3.4", "0.68.0", 1, "9f1c0d52ab3e7781", 1, "quick")
DRIVERS = (
    Driver("stations.rest.machines", "E", 0.71, "660", "760", "pilot line at the battery laboratory, internal note"),
    Driver("routes.body.press.time", "S", -0.54, "8 min", "13 min", "Mitsubishi Chemical; JEC Composites 2023"),
    Driver("stations.flight-outdoor.failures.wind", "E", -0.38, "4 %", "9 %", "airfield weather record, ten years"),
    Driver("routes.agri-40.flight-indoor.good", "E", 0.31, "92 %", "97 %", ""),
    Driver("routes.stator.wind.time", "S", -0.22, "200 s", "280 s", "winding machine maker's data sheet"),
    Driver("stations.smt.failures.jam.uptime", "E", 0.12, "20 min", "40 min", ""),
)
TIGHT = {"rest": 0.985, "flight-indoor": 0.962, "capacity-test": 0.951, "line-07": 0.948, "press": 0.905, "wind": 0.87}


def _load(key: str, place: int) -> float:
    return TIGHT.get(key, 0.32 + 0.5 * abs(math.sin(1.7 * place + 0.4)))


def _states(load: float, place: int) -> dict[str, Estimate]:
    off = 0.0 if place % 7 == 4 else 0.55
    on = 1 - off
    down, setup, blocked = 0.05 * (place % 3), 0.04 * (place % 2), 0.06 * (place % 5 == 0)
    people, starved, care = 0.03 * (place % 4 == 0), 0.05 * (place % 6 == 1), 0.02 * (place % 8 == 0)
    busy = load * (1 - down - setup - blocked - people - starved - care)
    idle = 1 - down - setup - blocked - people - starved - care - busy
    parts = {
        "maintenance": care, "down": down, "blocked": blocked, "setup": setup, "busy": busy,
        "waiting for people": people, "starved for kit": starved, "idle": idle,
    }  # fmt: skip
    return {"off shift": Estimate(off, 0.0, RUNS)} | {
        name: Estimate(on * value, 0.01 * on * value, RUNS) for name, value in parts.items()
    }


def station_statistics() -> dict[str, StationStatistics]:
    found = {}
    for place, (key, row) in enumerate(stations().items()):
        load = _load(key, place)
        found[key] = StationStatistics(
            machines=row["machines"],
            shop=row["shop"],
            queue_mean=Estimate(40 * load**4, 2.1, RUNS),
            wait_mean_s=Estimate(3000 * load**4, 120.0, RUNS),
            wait_mean_s_by_item={},
            wait_p90_s=Estimate(9000 * load**4, 400.0, RUNS),
            utilisation=Estimate(load, 0.004, RUNS),
            availability=Estimate(0.93, 0.003, RUNS),
            throughput_per_h=Estimate(26.1, 0.1, RUNS),
            states=_states(load, place),
        )
    return found


def rough_cut() -> tuple[RoughCutRow, ...]:
    rows = []
    for place, (key, row) in enumerate(stations().items()):
        load = _load(key, place)
        hours = row["machines"] * (8760.0 if key in {"rest", "capacity-test"} else 3750.0)
        rows.append(
            RoughCutRow(key, row["shop"], row["machines"], load * hours * 0.85 / 1e5, hours, 0.85, 1e5 / load, load)
        )
    return tuple(rows)


def _load_by_week() -> tuple[WeekLoad, ...]:
    """A season in spring, and a week in August in which only what runs round the clock has hours."""
    first, weeks = dt.date(2027, 1, 4), []
    for number in range(52):
        season = 1.4 if 4 <= number < 26 else 0.7
        load = {row.station: season * (row.load_at_target or 0.0) for row in rough_cut()}
        if number == 30:
            load |= dict.fromkeys(load.keys() - {"rest", "capacity-test"})
        weeks.append(WeekLoad((first + dt.timedelta(weeks=number)).isoformat(), 1923.0 * season, load))
    return tuple(weeks)


def _months() -> tuple[Month, ...]:
    season = [2600, 8400, 8400, 8400, 8400, 8400, 2600, 2600, 2600, 2600, 2500, 2500]
    stock, months = 1500.0, []
    for place, agri in enumerate(season):
        demand = {"agri-40": agri, "insp-4": 2083, "cargo-30": 1060 + 36 * place}
        made = 5150.0
        delivered = min(agri, stock + made)
        stock = max(stock + made - delivered, 0.0)
        backlog = max(agri - delivered, 0.0) * (0.5 if place < 6 else 0.1)
        months.append(
            Month(
                month=f"2027-{place + 1:02d}",
                demand=demand,
                delivered={
                    "agri-40": Estimate(delivered, 90.0, RUNS),
                    "insp-4": Estimate(2075.0, 20.0, RUNS),
                    "cargo-30": Estimate(demand["cargo-30"] - 8.0, 14.0, RUNS),
                },
                stock_end={
                    "agri-40": Estimate(stock, 110.0, RUNS),
                    "insp-4": Estimate(420.0 + 30 * place, 20.0, RUNS),
                    "cargo-30": Estimate(300.0, 20.0, RUNS),
                },
                backlog_end={
                    "agri-40": Estimate(backlog, 60.0, RUNS),
                    "insp-4": Estimate(8.0, 3.0, RUNS),
                    "cargo-30": Estimate(8.0, 3.0, RUNS),
                },
            )
        )
    return tuple(months)


def _histogram(mean_s: float) -> tuple[tuple[float, float], ...]:
    edges = [mean_s * 0.4 * 1.12**step for step in range(24)]
    weights = [math.exp(-((math.log(edge / mean_s) / 0.28) ** 2)) for edge in edges]
    return tuple((edge, weight / sum(weights)) for edge, weight in zip(edges, weights))


def _weeks(mean: float) -> tuple[float, ...]:
    return tuple(mean * (0.25 if week in {0, 17, 51} else 1 + 0.09 * math.sin(2.1 * week)) for week in range(52))


def _service() -> ServiceFigures:
    days = 86_400.0
    flow = {"agri-40": 9.4 * days, "insp-4": 7.8 * days, "cargo-30": 10.9 * days}
    return ServiceFigures(
        service_level=Estimate(0.912, 0.011, RUNS),
        delivered_per_year=Estimate(98_310.0, 410.0, RUNS),
        demand_per_year=100_000,
        flow_time_mean_s={key: Estimate(value, 0.02 * value, RUNS) for key, value in flow.items()},
        flow_time_p90_s={key: Estimate(1.4 * value, 0.03 * value, RUNS) for key, value in flow.items()},
        flow_time_histogram={key: _histogram(value) for key, value in flow.items()},
        wip_by_shop={
            shop: Estimate(value, 0.03 * value, RUNS)
            for shop, value in zip(SHOPS, (9400, 2100, 5200, 2650, 4100, 610, 320, 190, 75))
        },
        highest_stock={key: Estimate(value, 90.0, RUNS) for key, value in zip(PRODUCTS, (4200.0, 790.0, 340.0))},
        output_by_week={key: _weeks(pieces / 51) for key, pieces in PRODUCTS.items()},
    )


def _losses() -> tuple[Loss, ...]:
    steps = (
        ("Takt of the binding station", "takt", 127_900.0, "740 rest places, every hour of the year"),
        ("Breakdowns and jams", "availability", -6_900.0, "machines down or waiting for a repairer"),
        ("Setup", "setup", -4_200.0, "mould, frame and family changes"),
        ("Balance of the line", "balance", -5_600.0, "work content is not divided evenly"),
        ("Starved by the calendar", "starving", -8_100.0, "packs arrive on five days, places run on seven"),
        ("Blocked", "blocking", -2_700.0, "the next rack is full"),
        ("Yield", "yield", -1_700.0, "scrapped and torn down"),
    )
    level, rows = 0.0, []
    for name, kind, units, explanation in steps:
        level += units
        rows.append(Loss(name, kind, units, level, explanation))
    return (*rows, Loss("Good units", "good", level, level, "what the simulation makes"))


def _by_product() -> dict[str, ProductCapacity]:
    made = {"agri-40": 59_220.0, "insp-4": 24_675.0, "cargo-30": 14_805.0}
    return {
        key: ProductCapacity(
            units_per_year=Estimate(value, 0.0046 * value, RUNS),
            units_per_year_inputs=InputRange(0.985 * value, 0.92 * value, 1.048 * value, 24),
            demand_per_year=PRODUCTS[key],
            mix=PRODUCTS[key] / 100_000,
            conwip=900,
            conwip_given=False,
            flow_time_mean_s=Estimate(810_000.0, 9000.0, RUNS),
            flow_time_p90_s=Estimate(1_150_000.0, 15_000.0, RUNS),
        )
        for key, value in made.items()
    }


def capacity() -> CapacityAnswer:
    return CapacityAnswer(
        plant="Civil UAS plant",
        verdict="The plant makes 98,700 good units a year, 1,300 short of its target; the rest places hold it back",
        target_per_year=100_000,
        units_per_year=Estimate(98_712.3, 431.8, RUNS),
        units_per_year_inputs=InputRange(97_900.0, 91_240.0, 103_460.0, 24, 0.95, DRIVERS),
        p_meet_target=Chance(1 / 12, 0.002, RUNS, 0.385),
        by_product=_by_product(),
        deliveries_by_month=_months(),
        service=_service(),
        rough_cut_per_year=104_200.0,
        rough_cut_by_week_per_year=99_900.0,
        rough_cut=rough_cut(),
        load_by_week=_load_by_week(),
        buffers=(
            BufferNeed("fit-bms", "capacity-test", 1_290.0, 1_300, 104_100.0),
            BufferNeed("rest", "end-test", 1_712.0, 1_750, 103_800.0),
            BufferNeed("coat-cure", "board-test", 960.0, None, None),
            BufferNeed("capacity-test", "rest", 140.0, 60, 99_900.0),
        ),
        queueing_estimate_per_year=101_300.0,
        queueing_note="decomposition into two-machine lines, exponential repair",
        binding_station="rest",
        losses=_losses(),
        differences=(
            "The rough-cut by year sees no calendar: packs that come in on five days must wait for the weekend.",
            "The queueing estimate leaves out the wind that closes all outdoor bays together.",
        ),
        stations=station_statistics(),
        part_moves_per_year=17_400_000,
        reconciliation=_losses(),
        realised_mix={"agri-40": 0.6, "insp-4": 0.25, "cargo-30": 0.15},
        estimates_that_matter=DRIVERS[:1],
        not_used=("finance", "programme", "stations.*.power", "items.*.price"),
        notes=("The first 4 weeks of each run are warm-up and left out.",),
        provenance=PROVENANCE,
        currency="USD",
        spending=spending(),
    )


def _gains() -> tuple[Gain, ...]:
    rows = [
        ("rest", "20 more rest places", 1_420.0, 310.0), ("calendar day", "Saturday shift", 1_390.0, 380.0),
        ("flight-indoor", "one more bay", 640.0, 290.0), ("capacity-test", "four more channels", 410.0, 280.0),
        ("press", "10 % faster repair", 330.0, 300.0), ("final", "5 % shorter time", 290.0, 310.0),
        ("assembler", "one more per shift", 120.0, 260.0), ("wind", "20 % shorter setup", 90.0, 240.0),
        ("smt", "one more line", 60.0, 270.0), ("paint", "1 % better yield", 45.0, 230.0),
        ("board-test", "one more bench", -20.0, 250.0), ("mould", "one more machine", -35.0, 260.0),
    ]  # fmt: skip
    return tuple(Gain(name, change, Estimate(mean, half, RUNS), mean > half) for name, change, mean, half in rows)


def bottleneck() -> BottleneckAnswer:
    names = ("rest", "flight-indoor", "capacity-test", "line-07", "press", "wind")
    weight = (0.44, 0.21, 0.14, 0.11, 0.07, 0.03)
    weeks = tuple(
        {
            name: share * (1 + 0.6 * math.sin(week / (3 + place) + place))
            for place, (name, share) in enumerate(zip(names, weight))
        }
        for week in range(52)
    )
    stairs = (
        ("rest", "20 more rest places", 100_130.0, 1_420.0), ("flight-indoor", "one more bay", 101_250.0, 1_120.0),
        ("line-07", "5 % shorter time", 102_700.0, 1_450.0), ("press", "one more press", 103_320.0, 620.0),
    )  # fmt: skip
    return BottleneckAnswer(
        plant="Civil UAS plant",
        verdict="Rest places hold the plant back in 44 % of the time; flight bays come next",
        units_per_year=Estimate(98_712.3, 431.8, RUNS),
        stations=station_statistics(),
        longest_active_share={name: Estimate(share, 0.02, RUNS) for name, share in zip(names, weight)},
        longest_active_by_week=weeks,
        marginal=_gains(),
        pairs=(
            Gain(
                "rest", "20 more rest places", Estimate(2_560.0, 360.0, RUNS), True, {}, "flight-indoor: one more bay"
            ),
            Gain("rest", "20 more rest places", Estimate(1_980.0, 350.0, RUNS), True, {}, "press: one more press"),
            Gain("flight-indoor", "one more bay", Estimate(720.0, 410.0, RUNS), True, {}, "press: one more press"),
        ),
        staircase=tuple(
            Stair(name, change, Estimate(level, 460.0, RUNS), Estimate(gained, 300.0, RUNS))
            for name, change, level, gained in stairs
        ),
        not_tested=("mould-2: one more", "weld: 5 % shorter time"),
        not_used=("finance",),
        notes=("Intervals are simultaneous over all changes tested.",),
        provenance=PROVENANCE,
    )


def simulate() -> SimulateAnswer:
    item = ItemStatistics(
        throughput_per_h=Estimate(11.27, 0.05, RUNS),
        wip_mean=Estimate(2140.0, 31.0, RUNS),
        flow_time_mean_s=Estimate(810_000.0, 9000.0, RUNS),
        flow_time_p50_s=Estimate(790_000.0, 9000.0, RUNS),
        flow_time_p90_s=Estimate(1_150_000.0, 15_000.0, RUNS),
        flow_time_p95_s=Estimate(1_260_000.0, 19_000.0, RUNS),
        flow_time_p99_s=Estimate(1_500_000.0, 30_000.0, RUNS),
        fill_rate=Estimate(0.91, 0.01, RUNS),
        stock_mean=Estimate(None),
        scrapped_per_h=Estimate(0.06, 0.01, RUNS),
        first_pass_yield=Estimate(0.94, 0.004, RUNS),
    )
    return SimulateAnswer(
        plant="Civil UAS plant",
        kind="cyclic",
        warmup_s=28 * 86_400.0,
        elapsed_s=365 * 86_400.0,
        confidence=0.95,
        items=dict.fromkeys(NAMES, item),
        stations=station_statistics(),
        crews={
            "smt": CrewStatistics(Estimate(0.71, 0.01, RUNS), "Placing crew"),
            "assembler": CrewStatistics(Estimate(0.88, 0.01, RUNS), "Assemblers"),
        },
        part_moves=208_000_000,
        not_used=("finance",),
        notes=(),
        provenance=PROVENANCE,
    )


def answer(**changes: Any) -> RunAnswer:
    """All answers of the sample plant; ``changes`` replace fields."""
    fields: dict[str, Any] = {
        "plant": "Civil UAS plant",
        "verdict": capacity().verdict,
        "capacity": capacity(),
        "bottleneck": bottleneck(),
        "report": None,
        "findings": (
            {"code": "W501", "message": "no range is given for 14 estimated numbers", "remedy": "add low and high"},
        ),
        "not_answered": {"cost": "the plant has no finance section"},
        "provenance": PROVENANCE,
        "execution": Execution("two cores", 2, 96.4, 21.0, 208_000_000, 3_400_000.0),
    }
    return RunAnswer(**(fields | changes))


__all__ = ["answer", "bottleneck", "capacity", "plant", "simulate"]
