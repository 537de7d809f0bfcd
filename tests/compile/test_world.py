import numpy as np
import pytest

from plantwright.arrays import RECORDS
from plantwright.codes import BINS, COUNTERS, FOREVER, NONE
from plantwright.compile.rows import Rows
from plantwright.compile.stations import MOST_WAITS


def test_a_column_that_the_contract_does_not_have_is_refused():
    with pytest.raises(KeyError, match="colour"):
        Rows("station").add(colour=1)


def test_what_is_not_said_is_nobody_or_nothing():
    rows = Rows("machine")
    rows.add(station=3)
    machine = rows.records()[0]
    assert (machine.station, machine.part, machine.family, machine.next_idle, machine.cycles) == (
        3,
        NONE,
        NONE,
        NONE,
        0,
    )


def test_a_world_begins_with_nothing_in_process(lowered):
    world = lowered(stations={"m": {"machines": 3, "room": 10_000}, "n": {}}).world
    assert all(getattr(world, kind).dtype == np.dtype(form) for kind, form in RECORDS.items())
    assert (world.station.waiting.sum(), world.item.wip.sum(), world.clock.now[0]) == (0, 0, 0)
    assert (world.machine.busy_due == FOREVER).all()
    assert (world.part["item_"] == NONE).all()
    assert len(world.part) == 10_004, "room for a full queue and every machine"
    assert world.state_time.shape == (2, COUNTERS)


def test_made_items_and_stations_have_a_histogram_each(lowered):
    world = lowered(items={"screw": {"buy": {}}, "part": {"made-by": "part"}}, stations={"m": {}, "n": {}}).world
    assert list(world.item.flow_histogram) == [NONE, 0]
    assert list(world.item.wait_histogram) == [NONE, 1]
    assert list(world.station.wait_histogram) == [2, 3]
    assert world.histogram.shape == (4, BINS)


def test_very_many_stations_keep_no_histogram_and_the_reader_is_told(lowered):
    stations = {"m": {}, **{f"s{number}": {} for number in range(MOST_WAITS)}}
    problem = lowered(stations=stations)
    assert problem.world.station.wait_histogram[MOST_WAITS] == NONE
    assert [f"first {MOST_WAITS} stations" in note for note in problem.notes] == [True]


def test_two_lowerings_of_a_plant_are_equal(lowered):
    first, second = lowered().world, lowered().world
    assert all(getattr(first, kind).tobytes() == getattr(second, kind).tobytes() for kind in first._fields)
