import pytest

from plantwright.study.effort import EFFORTS
from plantwright.study.inputs import drawn_plant, input_range, ranges, significant
from plantwright.study.year import prepare

RANGED = """
    plantwright: 1
    name: Ranged
    stations:
      slow: {machines: 2}
      quick: {machines: 9}
    routes:
      part:
        - {op: slow, station: slow, time: 10 min}
        - {op: quick, station: quick, time: "uniform(1 min, 3 min)", good: 95 %}
    products: {part: {made-by: part}}
    demand: {part: {year: 1000}}
    staff: {drivers: {people: 3}}
    sources:
      - {path: routes.*.slow.time, mark: E, low: 8 min, high: 12 min}
      - {path: routes.part.quick.time, mark: S, low: 1 min, high: 3 min}
      - {path: routes.part.quick.good, mark: S, low: 90 %, high: 100 %}
      - {path: staff.drivers.people, mark: E, low: 2, high: 4}
      - {path: stations.slow.machines, mark: E, source: no range}
      - {path: stations.slow, mark: E, low: 1 min, high: 2 min}
"""


@pytest.fixture
def ranged(write):
    return write(RANGED)


def test_numbers_with_a_range_that_something_uses_are_varied(ranged):
    found, skipped = ranges(ranged)
    assert [each.source.path for each in found] == [
        "routes.*.slow.time",
        "routes.part.quick.time",
        "routes.part.quick.good",
    ]
    assert (found[0].low, found[0].high) == (480, 720)
    assert skipped == ["stations.slow"]


def test_what_no_run_reads_is_varied_by_other_answers_alone(write):
    priced = RANGED.replace("slow: {machines: 2}", "slow: {machines: 2, price: 3 kEUR}")
    row = "path: stations.slow.price, mark: E, low: 2 kEUR, high: 4 kEUR"
    priced = priced.replace("path: staff.drivers.people, mark: E, low: 2, high: 4", row)
    found, _ = ranges(write(priced))
    assert [each.source.path for each in found if not each.is_read_by_runs] == ["stations.slow.price"]


def test_a_draw_lies_between_the_ends_and_its_own_value_is_the_likeliest(ranged):
    found, _ = ranges(ranged)
    low = drawn_plant(ranged, found, [0.0, 0.0, 0.0]).routes["part"]
    high = drawn_plant(ranged, found, [1.0, 1.0, 1.0]).routes["part"]
    assert (str(low[0].time), str(high[0].time)) == ("8 min", "12 min")
    assert (str(low[1].time), str(high[1].time)) == ("uniform(0.5 min, 1.5 min)", "uniform(1.5 min, 4.5 min)")
    assert (low[1].good.base, high[1].good.base) == (0.9, 1.0)
    middle = drawn_plant(ranged, found, [0.5, 0.5, 0.5]).routes["part"]
    assert middle[0].time.mean == pytest.approx(600)


def test_what_a_narrow_row_says_counts_before_a_wide_one(write):
    narrow = "{path: routes.part.slow.time, mark: S, low: 10 min, high: 11 min}"
    plant = write(RANGED.replace("      - {path: routes.*.slow", f"      - {narrow}\n      - {{path: routes.*.slow"))
    found, _ = ranges(plant)
    drawn = drawn_plant(plant, found, [1.0] * len(found))
    assert str(drawn.routes["part"][0].time) == "11 min"


@pytest.fixture
def drawn(ranged, crowd):
    effort = EFFORTS["quick"]
    year = prepare(ranged, effort, seed=1, crowd=crowd)
    from plantwright.study.replicate import Job

    span = year.span(1e7)
    runs = crowd.run([Job(lambda: year.lowered(span), span, 1, number) for number in range(2)], "year")
    return input_range(year, effort, runs, seed=1, crowd=crowd)


def test_the_range_of_the_output_follows_the_station_that_binds(drawn):
    # 6 starts an hour on two machines, each good at 95 % in the end: 105,120 x 0.95; between 8 and 12 min a part
    written = 2 * 6 * 8760 * 0.95
    assert written * 10 / 12 * 0.9 / 0.95 < drawn.total.low < written < drawn.total.high < written * 10 / 8
    assert drawn.total.n == EFFORTS["quick"].draws


def test_the_driver_is_the_time_of_the_station_that_binds(drawn):
    assert drawn.total.drivers[0].path == "routes.*.slow.time"
    assert drawn.total.drivers[0].correlation < -0.8


def test_a_correlation_that_chance_would_give_too_is_no_driver(drawn):
    told = significant(drawn.total.drivers, drawn.total.n)
    assert all(abs(driver.correlation) > 2 / drawn.total.n**0.5 for driver in told)
    assert told[0].path == "routes.*.slow.time"


def test_without_ranges_there_is_no_second_interval(bench, crowd, moment):
    year = prepare(bench, moment, seed=1, crowd=crowd)
    assert input_range(year, moment, [], seed=1, crowd=crowd).total is None
