"""Schedules replayed: identical without chance, and with it the chance that is known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from plantwright.compile.schedule.lowering import lower_schedule
from plantwright.errors import RunError
from plantwright.io.document import load
from plantwright.model.scheduling import Closure
from plantwright.optimise.schedule.start import by_rule
from plantwright.study.schedule.contest import contest
from plantwright.study.schedule.ordered import orders_of
from plantwright.study.schedule.replay import How, replay
from tests.trial import plant_of

ONE = """
from: 2027-03-01
stations: {a: {}}
items: {p: {made-by: p}}
routes: {p: [{op: x, station: a, time: exponential(1 h)}]}
scheduling: {orders: {A: {item: p, pieces: 1, due: "2027-03-01 02:00"}, B: {item: p, pieces: 1}}}
"""
SHOP = """
from: 2027-03-01
stations:
  a: {machines: 2, failures: [{uptime: exponential(6 h), repair: exponential(30 min)}]}
  b: {setup: {between-families: 20 min}}
items: {p: {made-by: p}, q: {made-by: q}}
routes:
  p: [{op: x, station: a, time: "lognormal(2 min, 1 min)", good: 95 %}, {op: y, station: b, time: exponential(1 min)}]
  q: [{op: y, station: b, time: "uniform(1 min, 3 min)"}, {op: x, station: a, time: 4 min}]
scheduling:
  orders:
    A: {item: p, pieces: 40, due: "2027-03-01 05:00"}
    B: {item: q, pieces: 30, due: "2027-03-01 04:00", weight: 3}
    C: {item: p, pieces: 20, lot: 10, due: "2027-03-01 06:00"}
    D: {item: q, pieces: 10, due: "2027-03-01 09:00"}
"""


NIGHT = """
from: 2027-03-01
calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
stations: {b: {calendar: day, setup: {between-families: 2 h}}}
items: {p: {made-by: p}, q: {made-by: q}}
routes: {p: [{op: y, station: b, time: 5 h}], q: [{op: y, station: b, time: 1 h}]}
scheduling: {goals: [flow, setups], orders: {A: {item: p, pieces: 1}, B: {item: q, pieces: 1}}}
"""


CLOSED = """
  closures:
    - {station: a, machine: 1, from: "2027-03-01 00:35", until: "2027-03-01 01:17"}
    - {station: b, from: "2027-03-01 00:50:07", until: "2027-03-01 02:10"}
    - {station: b, machine: 1, from: "2027-03-01 02:00", until: "2027-03-01 02:20"}
    - {station: a, machine: 2, from: "2027-02-28 02:00", until: "2027-03-01 00:20"}
"""
SHUT = '{station: a, from: "2027-03-01 00:00", until: "2027-03-01 02:00"}'
UNBROKEN = """
from: 2027-03-01
stations: {a: {}, b: {}}
items: {p: {made-by: p}}
routes: {p: [{op: x, station: a, time: 1 h}, {op: y, station: b, time: 2 h}]}
scheduling:
  unbroken: [b]
  closures: [{station: b, from: "2027-03-01 02:00", until: "2027-03-01 03:00"}]
  orders: {A: {item: p, pieces: 1}, B: {item: p, pieces: 1}}
"""


def lowered(document):
    plant = plant_of(document) if isinstance(document, str) else document
    return lower_schedule(plant, plant.scheduling.orders)


@pytest.fixture(scope="module")
def shop():
    return lowered(SHOP)


def test_a_setup_over_night_takes_its_working_time():
    """Set up from 8 to 10, p until 15, set up for an hour before the night and for one after it: 4 hours, not 20."""
    made = lowered(NIGHT)
    found = replay(made, by_rule(made.problem, "first come"), How(1, is_certain=True))
    assert found.start[0].tolist() == [10 * 3600, (24 + 9) * 3600]
    assert found.setup[0].tolist() == [2 * 3600, 2 * 3600]
    assert found.values()[0, 1] == 4 * 3600


@pytest.mark.parametrize("rule", ["first come", "earliest due", "same family"])
@pytest.mark.parametrize("document", ["joinery", SHOP, SHOP.rstrip() + CLOSED], ids=["joinery", "shop", "closed"])
def test_without_chance_every_bar_is_where_the_schedule_has_it(document, rule):
    made = lowered(load("tests/plants/schedule/joinery.yaml") if document == "joinery" else document)
    schedule = by_rule(made.problem, rule)
    found = replay(made, schedule, How(1, early_s=0.0, is_certain=True))
    operations = list(found.operations)
    assert found.start[0].tolist() == schedule.start[operations].tolist()
    assert found.end[0].tolist() == schedule.end[operations].tolist()
    assert found.values()[0].tolist() == list(schedule.values)


@pytest.mark.parametrize("station", ["saw", "bench", "booth", "oven", "rack"])
def test_without_chance_closures_are_where_the_schedule_has_them(station):
    joinery = load("tests/plants/schedule/joinery.yaml")
    closures = [
        Closure.model_validate({"station": station, "machine": machine, "from": begin, "until": end})
        for machine, begin, end in [
            (1, "2027-03-01 06:20", "2027-03-01 07:05"),
            (None, "2027-03-01 09:10", "2027-03-01 11:00"),
            (None, "2027-03-01 13:00", "2027-03-02 07:00"),
        ]
    ]
    scheduling = joinery.scheduling.model_copy(update={"closures": tuple(closures)})
    made = lowered(joinery.model_copy(update={"scheduling": scheduling}))
    schedule = by_rule(made.problem, "earliest due")
    assert (schedule.start != by_rule(lowered(joinery).problem, "earliest due").start).any()
    found = replay(made, schedule, How(1, early_s=0.0, is_certain=True))
    operations = list(found.operations)
    assert found.start[0].tolist() == schedule.start[operations].tolist()
    assert found.end[0].tolist() == schedule.end[operations].tolist()


def test_without_chance_maintenance_breaks_into_lots_as_in_the_schedule():
    stop = "maintenance: [{every: 1 d, first: 2027-03-01, at: '00:50', takes: 30 min}]"
    made = lowered(SHOP.replace("  b: {setup", f"  b: {{{stop}, setup"))
    schedule = by_rule(made.problem, "first come")
    found = replay(made, schedule, How(1, early_s=0.0, is_certain=True))
    operations = list(found.operations)
    assert found.start[0].tolist() == schedule.start[operations].tolist()
    assert found.end[0].tolist() == schedule.end[operations].tolist()


@pytest.mark.parametrize("early_s", [0.0, None])
def test_what_may_not_be_interrupted_is_not_begun_before_a_closure_that_is_known(early_s):
    made = lowered(UNBROKEN)
    schedule = by_rule(made.problem, "first come")
    found = replay(made, schedule, How(1, early_s=early_s, is_certain=True))
    assert found.start[0].tolist() == [0, 3 * 3600, 3600, 5 * 3600]


def test_with_chance_nothing_is_worked_on_while_a_machine_is_closed():
    # A closure of two hours from the first second on: everything comes exactly so much later.
    calm, seed = ONE.replace("exponential(1 h)", '"uniform(30 min, 90 min)"'), How(50)
    free = lowered(calm)
    shut = lowered(calm.replace("scheduling: {", f"scheduling: {{closures: [{SHUT}], "))
    before, after = (replay(made, by_rule(made.problem, "earliest due"), seed) for made in (free, shut))
    assert after.done == pytest.approx(before.done + 7200)
    assert len(np.unique(before.done)) > 50


def test_the_chance_of_one_order_on_one_machine_is_the_one_that_is_known():
    # A comes first and takes a time of mean 1 h: it is done within 2 h with 1 - e^-2.
    made = lowered(ONE)
    found = replay(made, by_rule(made.problem, "earliest due"), How(3000))
    chance = found.on_time("A", confidence=0.999)
    assert chance.at_least < 1 - math.exp(-2) < chance.at_most
    assert chance.n == 3000
    assert chance.at_most - chance.at_least < 0.05
    assert found.on_time("B") is None
    assert np.median(found.done[:, 0]) == pytest.approx(3600 * math.log(2), rel=0.1)
    starts, ends = found.bars()[found.operations[0]]
    assert starts.tolist() == [0, 0, 0]
    assert ends[2] == pytest.approx(3600 * math.log(10), rel=0.1)


def test_what_is_the_same_in_all_runs_is_known_exactly():
    made = lowered(ONE)
    found = replay(made, by_rule(made.problem, "earliest due"), How(3, is_certain=True))
    assert np.full(3, 0.1).std(ddof=1) > 0.0  # rounding alone
    assert found.estimate(np.full(3, 0.1)).half_width == 0.0
    assert found.estimate(np.array([1.0, 2.0, 3.0])).half_width == pytest.approx(2.4841, abs=1e-4)


def test_the_number_of_workers_changes_nothing(shop):
    schedule = by_rule(shop.problem, "earliest due")
    one, three = (replay(shop, schedule, How(12, workers=workers)) for workers in (1, 3))
    for column in ("start", "end", "done", "pieces"):
        assert (getattr(one, column) == getattr(three, column)).all()


def test_schedules_of_the_same_orders_meet_the_same_times():
    # Nothing fails here, so that bars last as long as their work.
    calm = lowered(SHOP.replace("exponential(6 h)", "exponential(60000 h)"))
    first, second = (replay(calm, by_rule(calm.problem, rule), How(5)) for rule in ("earliest due", "longest time"))
    assert first.operations == second.operations
    assert (first.start != second.start).any()
    assert first.end - first.start == pytest.approx(second.end - second.start, abs=1e-6)
    assert (first.pieces == second.pieces).all()


def test_runs_go_on_where_others_ended(shop):
    schedule = by_rule(shop.problem, "earliest due")
    whole = replay(shop, schedule, How(6))
    rest = replay(shop, schedule, How(2, first=4))
    assert (whole.done[4:] == rest.done).all()
    assert len(np.unique(whole.done[:, 0])) == 6


def test_what_may_begin_early_is_not_later(shop):
    schedule = by_rule(shop.problem, "shortest time")
    early, held = (replay(shop, schedule, How(20, early_s=early)) for early in (None, 0.0))
    assert (early.start >= 0).all()
    assert (held.start >= schedule.start[list(held.operations)] - 1e-6).all()
    assert early.done.mean() < held.done.mean()


def test_good_pieces_that_are_missing_are_told(shop):
    found = replay(shop, by_rule(shop.problem, "earliest due"), How(200))
    assert found.complete("B").estimate == 1.0  # nothing is rejected there
    # 43 are started, so that 40.85 are good in the mean: at least 40 with what the binomial law says.
    enough = sum(math.comb(43, k) * 0.95**k * 0.05 ** (43 - k) for k in range(40, 44))
    assert found.complete("A", 0.999).at_least < enough < found.complete("A", 0.999).at_most


def test_the_best_of_several_is_told_by_fresh_runs(shop):
    schedules = {rule: by_rule(shop.problem, rule) for rule in ("shortest time", "earliest due", "first come")}
    found = contest(shop, schedules, How(40))
    means = {name: [level.mean for level in levels] for name, levels in found.expected.items()}
    assert found.best == min(means, key=means.get) != "shortest time"
    assert list(found.again) == ["shortest time", found.best]
    assert found.again[found.best] != found.expected[found.best]
    assert found.gain.mean - found.gain.half_width > 0
    alone = contest(shop, {"earliest due": schedules["earliest due"]}, How(4))
    assert (alone.best, alone.gain) == ("earliest due", None)


def test_what_is_never_done_counts_as_done_when_the_run_ends():
    # The part is scrapped each time.
    made = lowered(ONE.replace("exponential(1 h)", "1 h"))
    schedule = by_rule(made.problem, "earliest due")
    found = replay(made, schedule, How(3))
    lost = replace(found, done=np.full_like(found.done, np.inf))
    assert lost.on_time("A").estimate == 0.0
    assert lost.values()[:, 0].tolist() == [found.until - 7200] * 3


def test_lots_that_go_by_different_routes_are_refused():
    document = ONE.replace("routes: {p:", "routes: {other: [{op: x, station: a, time: 1 h}], p:")
    made = lowered(document.replace("scheduling: {", "scheduling: {alternatives: {p: [other]}, "))
    schedule = by_rule(made.problem, "earliest due")
    steps = [number for number, step in enumerate(made.steps) if step.lot == 1]
    mode, start, end = schedule.mode.copy(), schedule.start.copy(), schedule.end.copy()
    taken = [number for number in steps if mode[number] >= 0]
    other = [number for number in steps if mode[number] < 0]
    mode[other], start[other], end[other] = made.problem.operations.first_mode[other], start[taken], end[taken]
    mode[taken] = -1
    with pytest.raises(RunError, match="E577"):
        replay(made, replace(schedule, mode=mode, start=start, end=end), How(1))


def test_without_chance_the_week_of_the_reference_plant_is_as_scheduled(root):
    plant = load(root / "examples" / "uas-plant")
    made = lower_schedule(plant, orders_of(plant)[0])
    schedule = by_rule(made.problem, "earliest due")
    found = replay(made, schedule, How(1, early_s=0.0, is_certain=True))
    operations = list(found.operations)
    assert len(operations) > 2000
    assert found.start[0].tolist() == schedule.start[operations].tolist()
    assert found.end[0].tolist() == schedule.end[operations].tolist()
