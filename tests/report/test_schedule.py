"""The page on a schedule: the chart with every bar, why orders are late, what would save them."""

import json

import pytest

import plantwright as pw
from plantwright.report import schedule as part
from plantwright.report.names import Names
from plantwright.report.page import page


@pytest.fixture(scope="module")
def plant(root):
    plant = pw.load(root / "tests" / "plants" / "schedule" / "joinery.yaml")
    tree = plant.scheduling.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    tree["orders"]["B"]["due"] = "2027-03-01 08:00"  # too early for its legs
    return plant.replace(scheduling=tree)


@pytest.fixture(scope="module")
def answer(plant):
    return pw.schedule(plant, rescues=1)


@pytest.fixture(scope="module")
def sections(answer, plant):
    return {section.key: section for section in part.sections(answer, plant, Names(plant))}


def test_the_chart_has_every_bar_with_its_reason(answer, sections):
    (figure,) = sections["schedule"].figures
    told = json.loads(figure.data)
    assert len(told["bars"]) == len(answer.bars)
    assert set(told["reasons"]) == {bar.why for bar in answer.bars}
    assert [order["late"] for order in told["orders"]] == [order.late for order in answer.orders]


def test_late_orders_have_their_rescues_and_their_chain(answer, sections):
    assert answer.chains
    rescues, chain = sections["late"].tables
    assert len(rescues.rows) == len(answer.rescues)
    assert chain.rows[0][0] == "B"
    assert chain.rows[0][4] == answer.chains[0].why


def test_rules_stand_beside_the_schedule(answer, sections):
    stations, rules = sections["stations"].tables
    assert len(stations.rows) == len(answer.stations)
    assert [row[0] for row in rules.rows] == ["this schedule", *(rule.rule for rule in answer.rules)]


def test_daylight_saving_moves_the_clock_of_the_chart(plant):
    spring = plant.scheduling.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    spring |= {"start": "2027-03-26 06:00", "orders": {"L": {"item": "leg", "pieces": 300}}, "state": {}}
    spring["closures"] = [{"station": "saw", "machine": 2, "from": "2027-03-26", "until": "2027-04-30"}]
    told = pw.schedule(plant.replace(scheduling=spring))
    (chart,) = [part.plan_of(told, Names(plant))]
    assert chart.offsets == ((0.0, 0.0), (44 * 3600.0, 3600.0))  # on Sunday, 28 March, at 2:00


def test_the_page_is_one_file_with_the_chart(answer, plant):
    told = page(answer, plant)
    assert "What runs where and when?" in told
    assert "Why are orders late" in told


def test_what_is_built_into_what_is_told(answer, sections):
    (pegs,) = [table for table in sections["schedule"].tables if table.caption == "What is built into what"]
    assert len(pegs.rows) == len(answer.pegs)


def test_a_replayed_schedule_has_whiskers_chances_and_rivals(plant):
    answer = pw.schedule(plant, effort="quick", rescues=0, replay=4)
    made = {section.key: section for section in part.sections(answer, plant, Names(plant))}
    told = json.loads(made["schedule"].figures[0].data)
    ranges = [(bar[8], bar[9]) for bar in told["bars"]]
    assert ranges == [(round(bar.end_range_s[0]), round(bar.end_range_s[2])) for bar in answer.bars]
    chances, goals, rivals = made["replayed"].tables
    assert len(chances.rows) == sum(order.on_time is not None for order in answer.orders)
    assert len(goals.rows) == len(answer.goals)
    assert len(rivals.rows) == len(answer.replay.rivals)
