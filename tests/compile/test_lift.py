"""What the counters of a world mean in names: worlds written by hand, so that every figure can be checked."""

import math

import numpy as np
import pytest

from plantwright.arrays import Outcome
from plantwright.codes import (
    BINS,
    BUSY,
    DOWN,
    EXHAUSTED,
    IDLE,
    KIT,
    NONE,
    REACHED,
    WAIT_CARRIER,
    WAIT_REPAIRER,
    WAITING_REPAIR,
)
from plantwright.compile import lift, lower
from plantwright.compile.quantiles import bin_middles, histogram_s, quantiles_s

SECOND = 1_000_000
END = 100 * SECOND
HISTORY = ("finished", "delivered", "ordered", "stock", "backlog")


@pytest.fixture
def run(plant):
    """Lowers a plant, lets ``write`` change its world as a run would, and lifts it after 100 s (20 s of warm-up)."""

    def build(write, status=REACHED, bins=0, history=None, **sections):
        made = plant(**sections)
        problem = lower(made, mode="as-written", until_s=100.0)
        world = problem.world
        write(world)
        columns = {name: np.zeros((bins, len(world.item)), np.int64) for name in HISTORY}
        columns |= {name: np.zeros((bins, len(world.station)), np.int64) for name in ("wip", "queue", "active")}
        columns |= {name: np.array(values) for name, values in (history or {}).items()}
        return lift(made, problem, Outcome(world, 7, 3, 20 * SECOND, END, 40 * SECOND, status, **columns))

    return build


def test_a_run_says_what_it_was(run):
    def write(world):
        world.clock.moves = 1234

    lifted = run(write)
    assert (lifted.seed, lifted.replication, lifted.part_moves) == (7, 3, 1234)
    assert (lifted.warmup_s, lifted.elapsed_s, lifted.stopped, lifted.notes) == (20.0, 80.0, "done", ())


def test_levels_are_means_over_the_time_since_the_warm_up(run):
    def write(world):
        # 3 in process and 5 in stock from 20 s to 100 s; 2 waiting from 60 s on.
        world.item.wip, world.item.wip_area = 3, -3 * 20 * SECOND
        world.item.stock, world.item.stock_area = 5, -5 * 20 * SECOND
        world.station.waiting, world.station.queue_area = 2, -2 * 60 * SECOND

    lifted = run(write)
    assert (lifted.items["part"].wip_mean, lifted.items["part"].stock_mean) == (3.0, 5.0)
    assert lifted.stations["m"].queue_mean == 1.0


def test_states_add_up_and_idle_machines_count_under_what_keeps_them(run):
    def write(world):
        # Three machines since 20 s: one busy, one down, one idle for want of a kit.
        world.machine.state[:] = [BUSY, DOWN, IDLE]
        world.station.idle_state = KIT
        for code in (BUSY, DOWN, KIT):
            world.state_time[0, code] = -20 * SECOND

    station = run(write, stations={"m": {"machines": 3}}).stations["m"]
    assert {name: time for name, time in station.state_s.items() if time} == {
        "busy": 80.0,
        "down": 80.0,
        "starved for kit": 80.0,
    }
    assert sum(station.state_s.values()) == 3 * 80.0


def test_waits_and_times_are_in_seconds(run):
    def write(world):
        world.station.wait_sum, world.station.waits = 30 * SECOND, 20
        world.operation.wait_sum, world.operation.waits = 30 * SECOND, 20
        world.item.flow_sum, world.item.flows = 50.0 * SECOND, 10
        world.histogram[world.item.flow_histogram[0], 3200:3232] = 1
        world.station.completions, world.station.pieces, world.station.failures, world.station.setups = 20, 40, 2, 3
        world.station.on, world.station.here, world.station.scheduled_area = 1, 1, -20 * SECOND

    lifted = run(write)
    station = lifted.stations["m"]
    assert (station.wait_mean_s, station.wait_mean_s_by_item) == (1.5, {"part": 1.5})
    assert lifted.items["part"].flow_time_mean_s == 5.0
    assert [count for _, count in lifted.items["part"].flow_time_histogram_s] == [16, 16]
    assert (station.completions, station.pieces, station.failures, station.setups) == (20, 40, 2, 3)
    assert station.scheduled_s == 80.0


def test_waits_are_told_apart_by_item_and_an_operation_counts_at_all_its_stations(run):
    def write(world):
        world.operation.wait_sum[:], world.operation.waits[:] = [6 * SECOND, 0, 9 * SECOND, 0], [2, 0, 3, 0]

    item = {"made-by": "part"}
    sections = {
        "items": {"one": item, "two": item},
        "stations": {"m": {}, "n": {}},
        "routes": {"part": [
            {"op": "a", "station": ["m", "n"], "time": "1 s"}, {"op": "b", "station": "n", "time": "1 s"}
        ]},
    }  # fmt: skip
    stations = run(write, **sections).stations
    assert stations["m"].wait_mean_s_by_item == {"one": 3.0, "two": 3.0}
    assert stations["n"].wait_mean_s_by_item == {"one": 3.0, "two": 3.0}


def test_what_never_happened_has_no_mean(run):
    lifted = run(lambda world: None)
    assert math.isnan(lifted.stations["m"].wait_mean_s)
    assert lifted.stations["m"].wait_mean_s_by_item == {}
    assert math.isnan(lifted.items["part"].flow_time_mean_s)
    assert math.isnan(lifted.items["part"].flow_time_quantiles_s["P90"])
    assert math.isnan(lifted.items["part"].departure_cv2)


def test_variability_of_departures(run):
    def write(world):
        # Gaps of 1, 2, 3 s: mean 2, sample variance 1.
        world.item.gaps, world.item.gap_sum, world.item.gap_squares = 3, 6.0 * SECOND, 14.0 * SECOND**2

    assert run(write).items["part"].departure_cv2 == pytest.approx(0.25)


def test_waiting_for_a_repairer_and_for_a_carrier_are_closed(run):
    def write(world):
        # The second machine has waited for its repairer since 30 s, a part of the first for a carrier since 90 s.
        world.station.on = 1
        world.mode.state[1] = WAITING_REPAIR
        world.state_time[0, WAIT_REPAIRER] = -30 * SECOND
        world.state_time[0, WAIT_CARRIER] = -90 * SECOND
        world.carrier.first = 4
        world.part.machine[4], world.part.origin[4], world.part.next[4] = 0, 0, 5
        world.part.machine[5], world.part.origin[5], world.part.next[5] = NONE, 0, NONE

    failures = [{"uptime": "1 h", "repair": "1 min"}]
    stations = {"m": {"machines": 2, "failures": failures}}
    station = run(write, stations=stations, carriers={"van": {}}).stations["m"]
    assert station.waiting_for_repairer_s == 70.0
    assert station.waiting_for_carrier_s == 10.0
    assert station.waiting_for_batch_s == 0.0


def test_crews_are_used_for_a_share_of_their_time(run):
    def write(world):
        # Two people since 20 s, half a person held since 60 s.
        world.crew.present[0], world.crew.present_area[0] = 2000, -2000 * 20 * SECOND
        world.crew.held[0], world.crew.held_area[0] = 500, -500 * 60 * SECOND

    crews = {name: {"skills": ["s"], "people": 2} for name in ("here", "away")}
    used = run(write, crews=crews).crews
    assert used["here"] == pytest.approx(500 * 40 / (2000 * 80))
    assert math.isnan(used["away"])


def test_flows_come_by_bin_and_levels_at_its_end(run):
    history = {
        "finished": [[3, 0], [10, 0]],
        "ordered": [[2, 0], [2, 0]],
        "stock": [[1, 4], [6, 9]],
        "wip": [[1, 2, 4], [5, 6, 7]],
        "queue": [[0, 1, 2], [3, 4, 5]],
        "active": [[5, 9, NONE], [NONE, NONE, NONE]],
    }
    sections = {
        "sites": {"s": {}},
        "shops": {"hall": {"site": "s"}},
        "stations": {"m": {"shop": "hall"}, "n": {}, "k": {"shop": "hall"}},
        "items": {"part": {"made-by": "part"}, "screw": {"buy": {}}},
        "demand": {"part": {"year": 10}},
    }
    series = run(lambda world: None, bins=2, history=history, **sections).series
    assert series.bin_s == 40.0
    assert series.finished == {"part": (3, 7)}
    assert series.ordered == {"part": (2, 0)}
    assert series.stock == {"part": (1, 6), "screw": (4, 9)}
    assert series.wip_by_shop == {"hall": (5, 12), "": (2, 6)}
    assert series.queue["k"] == (2, 5)
    assert series.longest_active == ("n", "")


def test_a_run_that_stands_still_says_so(run):
    def write(world):
        world.clock.now = 90 * SECOND
        world.item.wip = 4

    lifted = run(write, status=EXHAUSTED)
    assert lifted.stopped == "exhausted"
    assert "4 pieces" in lifted.notes[0]


def test_quantiles_are_within_half_a_per_cent():
    times = np.sort(np.random.default_rng(1).lognormal(20.0, 2.0, 5000).astype(np.int64))
    histogram = np.zeros((1, BINS), np.int64)
    for ticks in times.tolist():
        octave = max(ticks.bit_length() - 8, 0)
        histogram[0, ticks if ticks < 128 else (octave + 1) * 128 + (ticks >> octave) - 128] += 1
    found = quantiles_s(histogram, 0)
    for name, share in {"P50": 0.5, "P90": 0.9, "P95": 0.95, "P99": 0.99}.items():
        assert found[name] == pytest.approx(times[math.ceil(share * 5000) - 1] / 1e6, rel=0.005)


def test_short_times_are_exact():
    assert bin_middles(BINS)[:256].tolist() == list(range(256))
    assert bin_middles(BINS)[256] == 256.5, "256 and 257 ticks share a bin"


def test_a_histogram_for_a_picture_keeps_every_count():
    histogram = np.zeros((1, BINS), np.int64)
    histogram[0, 1000:1300] = 2
    bars = histogram_s(histogram, 0)
    assert sum(count for _, count in bars) == 600
    ends = [end for end, _ in bars]
    assert ends == sorted(ends)
    assert histogram_s(histogram, NONE) == ()
