"""``schedule`` with replays: chances of orders, ranges of bars, schedules beside each other."""

import json

import pytest
from typer.testing import CliRunner

import plantwright as pw
from plantwright.cli import app
from plantwright.results.terminal.schedule import schedule_lines

JOINERY = "tests/plants/schedule/joinery.yaml"
RUNS = 6


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / JOINERY)


@pytest.fixture(scope="module")
def answer(plant):
    return pw.schedule(plant, effort="quick", rescues=0, replay=RUNS)


def test_each_order_with_a_due_date_has_its_chance(answer):
    for order in answer.orders:
        assert (order.on_time is None) == (order.due is None)
        assert order.complete.n == RUNS
        if order.on_time:
            assert 0 <= order.on_time.at_least <= order.on_time.estimate <= order.on_time.at_most <= 1
            assert (order.on_time.estimate * RUNS) % 1 == pytest.approx(0, abs=1e-9)


def test_each_bar_has_its_range(answer):
    for bar in answer.bars:
        low, middle, high = bar.end_range_s
        assert low <= middle <= high
        assert bar.start_range_s[0] <= low
    lots_enter = [bar for bar in answer.bars if bar.operation == "cut" and bar.setup is None]
    assert all(bar.start_range_s[0] >= bar.start_s for bar in lots_enter)


def test_what_was_planned_stands_beside_what_is_to_be_expected(answer):
    assert [row.planned for row in answer.replay.goals] == [goal.value for goal in answer.goals]
    own = answer.replay.rivals[0]
    assert own.name == "this schedule"
    for level, row in zip(own.expected, answer.replay.goals, strict=True):
        assert level.mean == pytest.approx(row.expected.mean)
        assert level.half_width == pytest.approx(row.expected.half_width, abs=1e-9)
    assert own.again
    assert [rival.name for rival in answer.replay.rivals if rival.is_best] == [answer.replay.best]
    assert len(answer.replay.rivals) == 4


class Stages:
    """Keeps what is begun, and how much of it was done."""

    def __init__(self):
        self.done = {}

    def begin(self, what, total):
        assert what not in self.done, "no two stages are called the same"
        self.what, self.done[what] = what, [0.0, total]

    def advance(self, work):
        self.done[self.what][0] += work

    def end(self):
        assert self.done[self.what][0] == pytest.approx(self.done[self.what][1])


def test_every_stage_has_a_name_of_its_own_and_goes_to_its_end(plant):
    late = plant.scheduling.orders | {"B": plant.scheduling.orders["B"].model_copy(update={"pieces": 90})}
    hurried = plant.replace(scheduling=plant.scheduling.model_copy(update={"orders": late}))
    stages = Stages()
    pw.schedule(hurried, effort="quick", rescues=1, replay=2, progress=stages)
    assert list(stages.done)[:2] == ["the schedule", "what would save B"]
    assert "replaying with 10 % slack" in stages.done


def test_a_breakdown_takes_its_chances(plant, answer):
    down = "booth from 2027-03-01 06:00 to 2027-03-02 14:00"
    told = pw.schedule(plant, effort="quick", rescues=0, replay=RUNS, down=[down])
    painted = [bar for bar in told.bars if bar.station == "booth"]
    assert painted
    for bar in painted:  # 32 hours after the schedule begins, run after run
        assert bar.start_range_s[0] >= 32 * 3600
    stools = [next(order for order in each.orders if order.order == "S") for each in (told, answer)]
    assert [order.on_time.estimate for order in stools] == [0.0, 1.0]


def test_without_replays_nothing_is_said_of_them(plant):
    answer = pw.schedule(plant, effort="quick", rescues=0)
    assert answer.replay is None
    assert {order.on_time for order in answer.orders} == {None}
    assert {bar.end_range_s for bar in answer.bars} == {(None, None, None)}
    assert not any("Replayed" in (getattr(line, "title", None) or "") for line in schedule_lines(answer))


def test_the_command_replays_and_the_same_seed_tells_the_same(root, answer):
    found = CliRunner().invoke(
        app, ["schedule", str(root / JOINERY), "--effort", "quick", "--rescues", "0", "--replay", str(RUNS), "--json"]
    )
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["replay"]["runs"] == RUNS
    chances = {order["order"]: order["on_time"] for order in told["orders"]}
    assert {name: chance and chance["estimate"] for name, chance in chances.items()} == {
        order.order: order.on_time and order.on_time.estimate for order in answer.orders
    }
