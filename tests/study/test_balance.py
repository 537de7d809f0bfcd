"""A balance written back into the plant, on a line of two benches whose every figure can be seen."""

import pytest

import plantwright as pw
from plantwright.errors import RunError
from plantwright.io.patch import apply
from plantwright.study.balance.split import Place, Split, mix_of
from plantwright.study.balance.written import as_document, station_names, written

LINE = """
    plantwright: 1
    name: Lamps
    skills: {fit: {training: 1 week}, wire: {training: 4 week}}
    crews: {hands: {skills: [fit, wire], people: 8}}
    stations: {bench-1: {machines: 2}, bench-2: {machines: 2, room: 3}, lamp-test: {}}
    suppliers: {mill: {}}
    offers:
      base: &offer {item: base, supplier: mill, lead-time: 1 d}
      shade: {<<: *offer, item: shade}
      cable: {<<: *offer, item: cable}
    items:
      base: {buy: {from: base, policy: {s: 500, Q: 900}}}
      shade: {buy: {from: shade, policy: {s: 500, Q: 900}}}
      cable: {buy: {from: cable, policy: {s: 500, Q: 900}}}
    routes:
      desk:
        - {op: first, station: bench-1, time: "normal(50 s, 10 s)", uses: {base: 1, cable: 1}, people: {fit: 1}}
        - op: second
          station: bench-2
          time: normal(40 s, 4 s)
          uses: {shade: 1}
          people: {wire: 1}
          good: 90 %
          defects: hidden
        - {op: test, station: lamp-test, time: 20 s}
      floor:
        - {op: first, station: bench-1, time: "normal(60 s, 12 s)", uses: {base: 1, cable: 2}, people: {fit: 1}}
        - {op: second, station: bench-2, time: "normal(60 s, 6 s)", uses: {shade: 1}, people: {wire: 1}}
        - {op: test, station: lamp-test, time: 20 s}
    products: {desk: {made-by: desk}, floor: {made-by: floor}}
    demand: {desk: {year: 3 000}, floor: {year: 1 000}}
    balancing:
      line:
        stations: [bench-1, bench-2]
        lines: 2
        scenarios: {now: {takt: 30 s}, even: {takt: 30 s, mix: {desk: 1, floor: 1}}}
        tasks:
          base: {time: {desk: 20 s, floor: 20 s}, station: bench-1, skill: fit}
          cable: {time: {desk: 30 s, floor: 40 s}, after: [base], station: bench-1, skill: fit, takes: [cable]}
          shade: {time: {desk: 25 s, floor: 45 s}, after: [base], station: bench-2, skill: fit}
          bulb: {time: {desk: 15 s, floor: 15 s}, after: [cable, shade], station: bench-2, skill: wire}
"""


@pytest.fixture(scope="module")
def lamps(write):
    return write(LINE)


def split(*work):
    return Split(tuple(Place(tasks, (0.0,) * len(tasks), number) for number, tasks in enumerate(work)), 60.0, 2.0, True)


def ops(plant, product):
    return {step.op: step for step in plant.routes[product]}


def test_the_present_balance_changes_no_time_and_no_part(lamps):
    same = apply(lamps, written(lamps, "line", "now", split(("base", "cable"), ("shade", "bulb"))))
    for product in ("desk", "floor"):
        for before, after in zip(lamps.routes[product], same.routes[product], strict=True):
            assert (after.station, str(after.law), dict(after.uses)) == (
                before.station,
                str(before.law),
                dict(before.uses),
            )
            assert (after.good, after.defects) == (before.good, before.defects)
    assert not same.balancing


def test_a_task_takes_its_time_its_parts_and_its_share_of_the_spread_along(lamps):
    """The cable goes to the second bench: desk lamps 20 s there, 30 + 25 + 15 = 70 s here, of which most is still of
    the second operation, normal with a tenth of its mean. Cables move, bases stay, the yield stays with the bulb."""
    moved = apply(lamps, written(lamps, "line", "now", split(("base",), ("cable", "shade", "bulb"))))
    first, second, _ = moved.routes["desk"]
    assert (str(first.law), str(second.law)) == ("normal(20 s, 4 s)", "normal(70 s, 7 s)")
    assert (dict(first.uses), dict(second.uses)) == ({"base": 1}, {"cable": 1, "shade": 1})
    assert (first.good, str(second.good), second.defects) == (None, "90 %", "hidden")
    assert (dict(first.people), dict(second.people)) == ({"fit": 1.0}, {"wire": 1.0})
    assert ops(moved, "floor")["bench-2"].law.mean == 100.0


def test_more_stations_are_like_the_last_and_fewer_leave_none_behind(lamps):
    more = apply(lamps, written(lamps, "line", "now", split(("base",), ("cable",), ("shade", "bulb"))))
    assert station_names(lamps, lamps.balancing["line"], 3) == ["bench-1", "bench-2", "bench-3"]
    assert (more.stations["bench-3"].room, more.stations["bench-3"].machines) == (3, 2)
    assert [step.station for step in more.routes["desk"]] == ["bench-1", "bench-2", "bench-3", "lamp-test"]
    fewer = apply(lamps, written(lamps, "line", "now", split(("base", "cable", "shade", "bulb"))))
    assert "bench-2" not in fewer.stations
    assert ops(fewer, "desk")["bench-1"].law.mean == 90.0


def test_the_patch_reads_back_as_it_was_written(lamps, tmp_path):
    patch = written(lamps, "line", "now", split(("base",), ("cable", "shade", "bulb")))
    file = tmp_path / "line.yaml"
    file.write_text(as_document(patch), encoding="utf-8")
    from plantwright.io.patch import load_patch

    assert apply(lamps, load_patch(file)) == apply(lamps, patch)


def test_a_line_without_stations_of_the_plant_cannot_be_written_back(lamps):
    line = lamps.balancing["line"]
    tasks = {key: task.model_copy(update={"station": None}) for key, task in line.tasks.items()}
    bare = lamps.replace(balancing={"line": line.model_copy(update={"stations": (), "tasks": tasks})})
    with pytest.raises(RunError, match=r"E591.*no present stations"):
        written(bare, "line", "now", split(("base", "cable", "shade", "bulb")))


def test_the_mix_is_that_of_the_demand_unless_it_is_written(lamps):
    line = lamps.balancing["line"]
    assert mix_of(lamps, line, line.scenarios["now"]) == {"desk": 0.75, "floor": 0.25}
    assert mix_of(lamps, line, line.scenarios["even"]) == {"desk": 0.5, "floor": 0.5}


def test_the_reference_line_adds_up_to_its_routes(root):
    """Task times of each position of final assembly are those of the operation there, to a tenth of a second."""
    plant = pw.load(root / "examples" / "uas-plant")
    line = plant.balancing["final-assembly"]
    for product in line.products:
        for step in plant.routes[product]:
            if step.station in line.stations:
                times = [
                    task.time[product].base
                    for task in line.tasks.values()
                    if task.station == step.station and product in task.time
                ]
                assert sum(times) == pytest.approx(step.law.mean, abs=1e-6)
