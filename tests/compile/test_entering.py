"""A run that begins from a state: what is known happens as it is known, what is not known is drawn given what is."""

import math

import numpy as np
import pytest
from scipy import stats

from plantwright.compile import lift, lower
from plantwright.engine.replication import begun
from plantwright.model.state import State
from plantwright.units import TICKS_PER_SECOND
from tests.trial import Trial, plant_of

SOLE = """
    stations: {a: {}}
    routes: {r: [{op: cut, station: a, time: "LAW"}]}
    products: {part: {made-by: r, release: {every: 1 h}}}
"""


def state_of(**fields):
    return State.model_validate({"at": "2027-01-04 00:01", **fields})


def begin(document, state, *, until_s=600, seed=1, replication=0):
    """A run of a plant from a state at 60 s; bins of a second from there on."""
    plant = plant_of(document)
    problem = lower(plant, mode="as-written", until_s=until_s, state=state)
    start, end = 60 * TICKS_PER_SECOND, until_s * TICKS_PER_SECOND
    run = begun(problem.world, seed=seed, replication=replication, until=end, warmup=start, bin=TICKS_PER_SECOND)
    run.advance()
    outcome = run.outcome()
    return Trial(problem, outcome, lift(plant, problem, outcome), 1.0)


def times(trial, item, column="finished"):
    """When pieces were finished, from the moment of the state on [s]."""
    return trial.times(item, column)


IN_WORK = [{"item": "part", "op": "cut", "machine": "a/1"}]


def rests(law, elapsed_s, *, runs=200, **condition):
    """How long work under a law still takes that has lasted so far, in many runs [s]."""
    plant = plant_of(SOLE.replace("LAW", law))
    machines = {"a/1": {"elapsed": f"{elapsed_s} s", **condition}}
    state = state_of(parts=IN_WORK, machines=machines)
    world = lower(plant, mode="as-written", until_s=4000, state=state).world
    found = []
    for number in range(runs):
        run = begun(world, seed=1, replication=number, until=4000 * TICKS_PER_SECOND)
        found.append((int(run.world.machine.ends[0]) - 60 * TICKS_PER_SECOND) / TICKS_PER_SECOND)
    return np.array(found)


def test_what_remains_is_known_where_it_is_said():
    assert set(rests("exponential(30 s)", 10, remaining="7 s", runs=3)) == {7.0}


def test_a_constant_time_goes_on_to_its_end():
    assert set(rests("25 s", 10, runs=3)) == {15.0}


def test_what_has_lasted_longer_than_its_law_allows_ends_now():
    assert set(rests("25 s", 26, runs=3)) == {0.0}


def test_an_exponential_time_forgets():
    """Whatever has elapsed: mean 30 s, to four standard errors of 200 runs."""
    for elapsed in (0, 10, 1000):
        assert rests("exponential(30 s)", elapsed).mean() == pytest.approx(30, abs=4 * 30 / math.sqrt(200))


@pytest.mark.parametrize("elapsed", [5, 25, 39])
def test_a_uniform_time_is_uniform_over_what_is_left(elapsed):
    """Uniform from 10 to 40: what remains runs from max(10, elapsed) to 40, less what has elapsed."""
    low, high = max(10, elapsed) - elapsed, 40 - elapsed
    found = rests("uniform(10 s, 40 s)", elapsed)
    assert low <= found.min() <= found.max() <= high
    assert found.mean() == pytest.approx((low + high) / 2, abs=4 * (high - low) / math.sqrt(12 * 200))


SPREAD = math.sqrt(math.log1p((20 / 30) ** 2))
LAWS = {
    "weibull(30 s, 2)": stats.weibull_min(2, scale=30 / math.gamma(1.5)),
    "lognormal(30 s, 20 s)": stats.lognorm(SPREAD, scale=30 * math.exp(-(SPREAD**2) / 2)),
    "gamma(30 s, 15 s)": stats.gamma(4, scale=7.5),
    "triangular(5 s, 20 s, 60 s)": stats.triang(15 / 55, loc=5, scale=55),
}


@pytest.mark.parametrize("law", LAWS)
def test_what_remains_has_its_law_given_what_has_elapsed(law):
    """(F(20 + x) - F(20)) / (1 - F(20)) is uniform; Kolmogorov and Smirnov would see it one time in ten thousand."""
    share = (LAWS[law].cdf(20 + rests(law, 20)) - LAWS[law].cdf(20)) / LAWS[law].sf(20)
    assert stats.kstest(share, "uniform").pvalue > 1e-4


def test_steps_of_a_geometric_law_are_not_taken_back():
    """Steps of 10 s with p = 0.25: after 34 s three steps are over, and the next ends it with p."""
    found = rests("geometric(0.25, 10 s)", 34)
    assert set(found % 10) == {6.0}
    assert (found == 6.0).mean() == pytest.approx(0.25, abs=4 * math.sqrt(0.25 * 0.75 / 200))


def test_each_run_draws_for_itself_and_the_same_again():
    first, again = rests("exponential(30 s)", 5, runs=20), rests("exponential(30 s)", 5, runs=20)
    assert (first == again).all()
    assert len(set(first)) == 20


def test_parts_go_on_from_where_they_are():
    """At 60 s: one is bored for 2 of 5 s; two wait. Bored at 63, 68, 73; flow times run from when they entered."""
    document = """
        stations: {a: {}, b: {}}
        routes: {r: [{op: cut, station: a, time: 4 s}, {op: bore, station: b, time: 5 s}]}
        products: {part: {made-by: r, release: {every: 1 h}}}
    """
    parts = [
        {"item": "part", "op": "bore", "count": 2, "entered": "2027-01-04 00:00:50"},
        {"item": "part", "op": "bore", "machine": "b/1", "entered": "2027-01-04 00:00:40"},
    ]
    trial = begin(document, state_of(parts=parts, machines={"b/1": {"elapsed": "2 s"}}), until_s=100)
    assert times(trial, "part") == [3, 8, 13]
    assert trial.items["part"].flow_time_mean_s == pytest.approx(((63 - 40) + (68 - 50) + (73 - 50)) / 3)


def test_a_finished_part_blocks_its_machine_until_there_is_room():
    """b has room for one: who is blocked on a passes when the one that waits is taken, at 63."""
    document = """
        stations: {a: {}, b: {room: 1}}
        routes: {r: [{op: cut, station: a, time: 4 s}, {op: bore, station: b, time: 5 s}]}
        products: {part: {made-by: r, release: {every: 1 h}}}
    """
    parts = [
        {"item": "part", "op": "bore", "station": "b"},
        {"item": "part", "op": "bore", "machine": "b/1"},
        {"item": "part", "op": "bore", "machine": "a/1", "status": "blocked"},
    ]
    trial = begin(document, state_of(parts=parts, machines={"b/1": {"elapsed": "2 s"}}), until_s=100)
    assert trial.states("a")["blocked"] == 3
    assert times(trial, "part") == [3, 8, 13]


def test_stocks_and_backlogs_are_as_the_state_says_others_as_the_plant_begins():
    document = """
        stations: {a: {}}
        items: {board: {made-by: b, start: 9}, box: {buy: {}, start: 4}}
        routes: {r: [{op: join, station: a, time: 5 s, uses: {board: 2}}], b: [{op: saw, station: a, time: 1 s}]}
        products: {part: {made-by: r, release: {saturated: true}}}
        demand: {part: {every: 1 h}}
    """
    trial = begin(document, state_of(stocks={"board": 5}, backlogs={"part": 1}), until_s=100)
    assert times(trial, "part") == [5, 10]
    assert times(trial, "part", "delivered") == [5]
    assert trial.levels("board")[0] == 3
    assert trial.levels("box")[0] == 4


KANBAN = """
    stations: {a: {}}
    items: {board: {made-by: b, policy: {kanban: LEVEL, lot: 2}}}
    routes: {b: [{op: saw, station: a, time: 4 s}]}
"""


def test_what_a_policy_has_called_for_follows_from_the_rest():
    """Six cards, two on boards in stock, one on the board in work: three are called for, one lot of two is begun."""
    state = state_of(
        stocks={"board": 2},
        parts=[{"item": "board", "op": "saw", "machine": "a/1"}],
        machines={"a/1": {"elapsed": "1 s"}},
    )
    trial = begin(KANBAN.replace("LEVEL", "6"), state, until_s=200)
    assert times(trial, "board") == [3, 7, 11]
    trial = begin(KANBAN.replace("LEVEL", "8"), state, until_s=200)  # the plant has been given two cards more
    assert times(trial, "board") == [3, 7, 11, 15, 19]


def test_what_is_called_for_may_be_said():
    orders = [{"item": "board", "pieces": 4}, {"item": "board", "pieces": 1, "complete": False}]
    trial = begin(KANBAN.replace("LEVEL", "9"), state_of(stocks={"board": 4}, orders=orders), until_s=200)
    assert times(trial, "board") == [4, 8, 12, 16]


DATED = """
    stations: {a: {}}
    routes: {r: [{op: cut, station: a, time: 4 s}]}
    products: {part: {made-by: r, ahead: 40 d}}
    demand: {part: {orders: [{date: 2027-01-04, pieces: 3}, {date: 2027-01-05, pieces: 4}]}}
"""


def test_of_dated_demand_that_is_made_which_is_neither_in_stock_nor_in_process():
    """Seven are wanted in all; one is in stock, two are in process: four are begun."""
    parts = [{"item": "part", "op": "cut", "count": 2}]
    trial = begin(DATED, state_of(stocks={"part": 1}, parts=parts), until_s=300)
    assert len(times(trial, "part")) == 2 + 4


def test_dated_orders_of_the_state_stand_for_those_that_are_open():
    orders = [{"item": "part", "pieces": 2, "due": "2027-01-08 12:00"}]
    assert len(times(begin(DATED, state_of(orders=orders), until_s=300), "part")) == 2


def test_deliveries_come_when_they_are_due():
    document = """
        stations: {a: {}}
        items: {ore: {buy: {from: mine, policy: {s: 0, Q: 5}}}}
        offers: {mine: {item: ore, lead-time: 50 s}}
        routes: {r: [{op: join, station: a, time: 1 s, uses: {ore: 1}}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    sure = {"item": "ore", "pieces": 1, "due": "2027-01-04 00:01:10"}
    unsure = {"item": "ore", "pieces": 1, "ordered": "2027-01-04 00:00:30"}
    trial = begin(document, state_of(stocks={"ore": 0}, deliveries=[sure, unsure]), until_s=115)
    assert times(trial, "part") == [11, 21]  # the lead time of 50 s has 20 s to go


def test_a_machine_is_down_until_it_is_mended_and_ages_from_then_on():
    """The repair takes 20 s, 5 of which are over; from 75 s on it is up for 30 s."""
    document = """
        stations: {a: {failures: [{name: jam, uptime: 30 s, repair: 20 s}]}}
        routes: {r: [{op: cut, station: a, time: 10 s}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    failures = [{"machine": "a/1", "failure": "jam", "down": "9 s", "repair": "5 s"}]
    trial = begin(document, state_of(failures=failures), until_s=120)
    assert times(trial, "part") == [25, 35, 45]
    assert trial.states("a") == {"down": 15 + 15, "busy": 30}


def test_the_age_of_a_machine_counts():
    """It fails after 30 s of work, 26 of which are over: 4 s later."""
    document = """
        stations: {a: {failures: [{uptime: 30 s busy, repair: 20 s}]}}
        routes: {r: [{op: cut, station: a, time: 10 s}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    failures = [{"machine": "a/1", "failure": "failure 1", "age": "26 s"}]
    assert times(begin(document, state_of(failures=failures), until_s=100), "part") == [30, 40]


def test_defects_that_nobody_has_found_are_drawn_from_the_yields_before():
    """40 % of what is cut is defective and goes on unseen; the test finds all of it: of 500 parts 60 % pass."""
    document = """
        stations: {a: {}, t: {}}
        routes:
          r:
            - {op: cut, station: a, time: 1 s, good: 60 %, defects: hidden}
            - {op: test, station: t, time: 1 s, inspects: true}
        products: {part: {made-by: r, release: {every: 1 h}}}
    """
    waiting = {"item": "part", "op": "test", "count": 500}
    passed = len(times(begin(document, state_of(parts=[waiting]), until_s=580), "part"))
    assert passed == pytest.approx(300, abs=4 * math.sqrt(500 * 0.6 * 0.4))
    assert len(times(begin(document, state_of(parts=[{**waiting, "defects": 0}]), until_s=580), "part")) == 500
    assert times(begin(document, state_of(parts=[{**waiting, "defects": 1}]), until_s=580), "part") == []


def test_options_that_are_not_said_are_drawn():
    document = """
        stations: {a: {}}
        items: {ore: {buy: {}}}
        routes: {r: [{op: join, station: a, time: 1 s, uses: {ore: {one: 1, two: 2}}}]}
        products: {part: {made-by: r, release: {every: 1 h}, options: {size: {one: 50 %, two: 50 %}}}}
    """
    waiting = {"item": "part", "op": "join", "count": 400}
    used = begin(document, state_of(parts=[waiting]), until_s=500).items["ore"].consumed
    assert used == pytest.approx(600, abs=4 * 10)
    waiting["options"] = {"size": "two"}
    assert begin(document, state_of(parts=[waiting]), until_s=500).items["ore"].consumed == 800


def test_parts_of_what_is_no_longer_begun_are_finished():
    """Nothing calls for the part any more; what is in process goes its way, and nothing follows."""
    document = "stations: {a: {}}\nitems: {part: {made-by: r}}\nroutes: {r: [{op: cut, station: a, time: 4 s}]}\n"
    trial = begin(document, state_of(parts=[{"item": "part", "op": "cut", "count": 3}]), until_s=100)
    assert times(trial, "part") == [4, 8, 12]


def test_a_shift_that_is_on_at_the_moment_of_the_state_is_on():
    """Shifts from 0 to 90 s and from 120 s on: cut until 70, 80, 90, then from 120 on."""
    document = """
        sites: {here: {}}
        shops: {hall: {site: here}}
        calendars: {day: {site: here, shifts: ["00:00-00:02", "00:03-24:00"]}}
        stations: {a: {shop: hall, calendar: day}}
        routes: {r: [{op: cut, station: a, time: 25 s}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    trial = begin(document, state_of(), until_s=240)
    assert times(trial, "part") == [25, 50, 135, 160]
    assert trial.states("a")["off shift"] == 60


def test_practice_goes_on():
    """Times halve with every doubling: the tenth execution takes a tenth of the first one, the eleventh an eleventh."""
    document = """
        stations: {a: {}}
        routes: {r: [{op: cut, station: a, time: 110 s, learning: {rate: 50 %, standard: 1}}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    assert times(begin(document, state_of(practice={"r.cut": 9}), until_s=85), "part") == [11, 21]


def test_what_is_in_work_without_a_word_of_practice_is_done_for_the_first_time():
    """It takes 110 s, 5 of which are over; as nobody has counted it, so does the next one."""
    document = """
        stations: {a: {}}
        routes: {r: [{op: cut, station: a, time: 110 s, learning: {rate: 50 %, standard: 1}}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    at_work = {"parts": [{"item": "part", "op": "cut", "machine": "a/1"}], "machines": {"a/1": {"elapsed": "5 s"}}}
    assert times(begin(document, state_of(**at_work), until_s=300), "part") == [105, 105 + 110]
