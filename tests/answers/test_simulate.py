import json

import polars as pl
import pytest

import plantwright as pw
from plantwright.errors import RunError

LINE = """
    plantwright: 1
    name: Two in line
    stations: {a: {}, b: {room: 4}}
    routes:
      part:
        - {op: a, station: a, time: exponential(1 s)}
        - {op: b, station: b, time: exponential(1 s)}
    products: {part: {made-by: part, release: {saturated: true}}}
"""


@pytest.fixture
def line(write):
    return write(LINE)


@pytest.fixture
def answer(line):
    return pw.simulate(line, until="40000s", warmup="1000s", replications=4, seed=1)


def test_the_throughput_of_two_exponential_machines_is_the_exact_one(answer):
    """Room 4 and two places on machines: (k + 1) / (k + 2) with k = 6 places between start and end."""
    found = answer.items["part"].throughput_per_h
    assert found.mean == pytest.approx(3600 * 6 / 7, rel=0.02)
    assert found.n == 4


def test_the_states_of_a_station_add_up_to_one(answer):
    for station in answer.stations.values():
        assert sum(share.mean for share in station.states.values()) == pytest.approx(1.0)


def test_littles_law_holds_between_what_was_measured(answer):
    item = answer.items["part"]
    assert item.wip_mean.mean == pytest.approx(item.throughput_per_h.mean / 3600 * item.flow_time_mean_s.mean, rel=0.01)


def test_json_has_the_fields_that_others_rely_on(answer):
    data = json.loads(answer.to_json())
    item, station = data["items"]["part"], data["stations"]["b"]
    for field in ("throughput_per_h", "wip_mean", "flow_time_mean_s", "flow_time_p90_s", "fill_rate"):
        assert set(item[field]) == {"mean", "half_width", "n"}
    for field in ("queue_mean", "wait_mean_s", "utilisation", "availability"):
        assert set(station[field]) == {"mean", "half_width", "n"}
    assert set(station["wait_mean_s_by_item"]) == {"part"}
    assert set(data["provenance"]) >= {"plantwright", "seed", "plant_hash", "numpy", "numba"}
    assert "execution" not in data


def test_a_starved_station_says_what_it_waited_for(write):
    # Motors come every 60 s, assembly takes 45 s: it waits 15 s of each minute, a quarter of the 8,760 hours of a year.
    answer = pw.simulate(
        write(
            """
            plantwright: 1
            name: Starved
            stations: {build: {name: Final assembly}, wind: {}}
            items: {motor: {name: motors, made-by: motor, release: {every: 60 s}}}
            routes:
              motor: [{op: wind, station: wind, time: 1 s}]
              set: [{op: join, station: build, time: 45 s, uses: {motor: 1}}]
            products: {set: {made-by: set, release: {saturated: true}}}
            """
        ),
        until="6000 s",
        warmup="600 s",
        replications=2,
    )
    (shortage,) = answer.stations["build"].short_of
    assert (shortage.share.mean, shortage.share.half_width) == (pytest.approx(0.25), 0.0)
    assert shortage.hours_per_year.mean == pytest.approx(2190)
    assert "Final assembly waited 2,190 h a year for motors." in answer.notes
    assert answer.short_of[0].share.mean == pytest.approx(0.125), "of the machine time of both stations"
    told = json.loads(answer.to_json())
    assert told["stations"]["build"]["short_of"][0]["key"] == told["short_of"][0]["key"] == "motor"
    rows = [line.split() for line in str(answer).splitlines()]
    assert ["Final", "assembly", "(build)", "motors", "25", "%", "2,190"] in rows
    assert list(answer.frame("short_of")["hours_per_year"]) == [pytest.approx(2190)]


def test_one_and_two_workers_give_the_same_bytes(line):
    one, two = (pw.simulate(line, until="5000s", replications=5, workers=workers).to_json() for workers in (1, 2))
    assert one == two


def test_it_says_whether_a_start_was_left_out(line):
    assert pw.simulate(line, until="100s", warmup=0, replications=1).kind == "terminating"
    assert pw.simulate(line, until="100s", warmup="10s", replications=1).kind == "cyclic"


def test_the_confidence_widens_the_interval(line):
    narrow, wide = (pw.simulate(line, until="2000s", replications=5, confidence=level) for level in (0.8, 0.99))
    assert wide.items["part"].throughput_per_h.half_width > narrow.items["part"].throughput_per_h.half_width


def test_replications_go_on_until_every_item_is_known_as_well_as_asked(line):
    """The throughput of a run of 500 s has a standard deviation of some 4 %: 1 % takes about (2 * 4)^2 of them."""
    found = pw.simulate(line, until="500s", warmup=0, within=0.01)
    item = found.items["part"]
    assert 40 < item.throughput_per_h.n < 300
    for estimate in (item.throughput_per_h, item.flow_time_mean_s):
        assert estimate.half_width <= 0.01 * estimate.mean
    assert any("known to 1 % or better" in note for note in found.notes)


def test_nobody_looks_at_the_intervals_before_the_twentieth_replication(line):
    assert pw.simulate(line, until="500s", warmup=0, within=0.9).items["part"].throughput_per_h.n == 20


def test_what_a_thousand_runs_do_not_show_is_said(line, monkeypatch):
    monkeypatch.setattr("plantwright.study.precision.MOST", 24)
    found = pw.simulate(line, until="500s", warmup=0, within=0.001)
    assert found.items["part"].throughput_per_h.n == 24
    assert any("24 runs were not enough: the mean flow time of part is known to" in note for note in found.notes)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"until": "10s", "warmup": "20s"}, "before the warm-up"),
        ({"until": "10 kg"}, "not a time"),
        ({"replications": 0}, "0 replications"),
        ({"confidence": 1.0}, "confidence"),
        ({"within": 0.0}, "known to within 0"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(line, asked, said):
    with pytest.raises(RunError, match=said):
        pw.simulate(line, **asked)


def test_strict_refuses_what_nothing_uses(write):
    plant = write(LINE + "    staff: {drivers: {people: 3}}\n")
    assert pw.simulate(plant, until="100s", replications=1).not_used == ("staff",)
    with pytest.raises(RunError, match="nothing uses"):
        pw.simulate(plant, until="100s", replications=1, strict=True)


def test_a_run_without_an_end_takes_some_two_million_part_moves(line):
    moves = pw.simulate(line, replications=1).part_moves
    assert 1_000_000 < moves < 3_000_000


def test_the_first_run_is_told_from_its_first_moment_and_the_answer_stays_the_same(line, tmp_path):
    options = {"until": "2000s", "warmup": "1000s", "replications": 2, "seed": 7}
    path = tmp_path / "line.parquet"
    assert pw.simulate(line, trace=path, **options).to_json() == pw.simulate(line, **options).to_json()
    alone = pw.simulate(line, **{**options, "replications": 1})
    trace = pw.read_trace(path)
    assert trace["time_s"][0] == 0
    # What is finished after the warm-up is what the answer counts.
    shelved = trace.filter(event="shelved").filter(pl.col("time_s") > 1000)
    assert len(shelved) == pytest.approx(alone.items["part"].throughput_per_h.mean / 3600 * 1000)


def test_a_run_that_goes_on_from_a_checkpoint_is_told_as_a_whole(line, tmp_path):
    options = {"until": "500s", "replications": 2, "checkpoints": tmp_path / "kept"}
    first = pw.simulate(line, trace=tmp_path / "first.json", **options)
    again = pw.simulate(line, trace=tmp_path / "again.json", **options)
    assert first.to_json() == again.to_json()
    assert pw.read_trace(tmp_path / "first.json").equals(pw.read_trace(tmp_path / "again.json"))


def test_a_run_that_never_leaves_an_instant_is_refused_with_the_stations(monkeypatch):
    from plantwright.engine import replication

    monkeypatch.setattr(replication, "MOST_AT_ONCE", 100_000)
    plant = pw.Plant.model_validate(
        {
            "name": "trial",
            "tools": {"jig": {}},
            "stations": {"a": {}, "b": {}},
            "items": {"p": {"made-by": "p", "release": {"conwip": 3}}},
            "routes": {
                "p": [
                    {"op": "x", "station": "a", "time": "0 s", "tools": {"jig": 1}},
                    {"op": "y", "station": "b", "time": "0 s"},
                ]
            },
        }
    )
    with pytest.raises(pw.RunError, match="time stands still after 0 s: a and b"):
        pw.simulate(plant, until="100 s", replications=1)


def test_one_run_is_cut_into_batches_where_it_has_a_warm_up(line):
    cut = pw.simulate(line, until="40000s", warmup="1000s", replications=1, seed=1)
    assert cut.batches == cut.stations["b"].queue_mean.n == 20
    assert cut.stations["b"].queue_mean.half_width > 0
    assert any("20 batches" in note for note in cut.notes)
    whole = pw.simulate(line, until="40000s", warmup=0, replications=1, seed=1)
    assert (whole.batches, whole.stations["b"].queue_mean.half_width) == (0, None)


TAKT = """
    plantwright: 1
    name: Takt
    from: 2027-01-30
    stations: {a: {}}
    routes: {part: [{op: a, station: a, time: 1 s}]}
    products: {part: {made-by: part, release: {every: 10 min}}}
"""


@pytest.mark.parametrize(
    ("every", "starts", "finished"),
    [
        ("hour", ["2027-01-30T01:00:00+00:00", "2027-01-30T02:00:00+00:00"], [6, 6]),
        ("day", ["2027-01-30T01:00:00+00:00", "2027-01-31T01:00:00+00:00"], [144, 144]),
        ("month", ["2027-01", "2027-02"], [2 * 144, 144]),
    ],
)
def test_what_happened_hour_by_hour_or_month_by_month(write, every, starts, finished):
    answer = pw.simulate(write(TAKT), until="73 h", warmup="1 h", replications=2, every=every)
    assert [period.start for period in answer.series][:2] == starts
    assert [period.finished["part"] for period in answer.series][:2] == finished
    assert sum(period.finished["part"] for period in answer.series) == 72 * 6
    assert answer.series[-1].stock_end["part"] == 73 * 6 - 1
    assert answer.series[-1].queue_end == {"a": 0}
    assert answer.frame("series").height == len(answer.series)


def test_a_period_that_there_is_not_is_refused_with_the_nearest(line):
    with pytest.raises(RunError, match="dey") as told:
        pw.simulate(line, every="dey")
    assert told.value.findings[0].nearest == "day"
