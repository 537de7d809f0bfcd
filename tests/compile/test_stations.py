import datetime as dt

from plantwright.codes import BY_BUSY, BY_CLOCK, BY_COUNT, FINISH_PART, FOREVER, NONE, REPEAT, RESUME, UNLIMITED

MINUTE = 60_000_000
DAY = 86_400_000_000


def setup_times(world, station=0):
    """Minutes from no family (first row) and each family to each family; None where there is no setup."""
    row = world.station[station]
    size = row.families
    block = world.link[row.first_setup : row.first_setup + (size + 1) * size].reshape(size + 1, size)
    return [[None if law == NONE else world.law.a[law] / MINUTE for law in line] for line in block]


def test_one_number_is_a_setup_between_any_two_families(routed):
    world = routed(
        {"op": "a", "family": "x"}, {"op": "b", "family": "y"}, stations={"m": {"setup": "12 min between families"}}
    ).world
    assert setup_times(world) == [[12, 12], [None, 12], [12, None]]


def test_a_matrix_goes_before_the_number_and_the_first_setup_may_be_its_own(routed):
    setup = {"between-families": "10 min", "matrix": {"x": {"y": "40 min"}}, "first": "5 min", "people": {"setter": 1}}
    world = routed({"op": "a", "family": "x"}, {"op": "b", "family": "y"}, stations={"m": {"setup": setup}}).world
    assert setup_times(world) == [[5, 5], [None, 40], [10, None]]
    assert world.need.amount[world.station.first_setup_need[0]] == 1000


def test_without_a_number_the_first_setup_is_the_longest_to_that_family(routed):
    setup = {"matrix": {"x": {"y": "40 min"}, "z": {"y": "20 min"}}}
    rows = [{"op": name, "family": name} for name in ("x", "y", "z")]
    world = routed(*rows, stations={"m": {"setup": setup}}).world
    assert setup_times(world) == [[None, 40, None], [None, 40, None], [None, None, None], [None, 20, None]]


def test_stations_without_setups_have_none(lowered):
    assert lowered().world.station.first_setup[0] == NONE


def test_a_batch_starts_full_when_it_may_wait_and_with_one_otherwise(lowered):
    batches = {
        "a": {"max": 24},
        "b": {"max": 24, "wait": "1 h"},
        "c": {"max": 24, "min": 6, "wait": "2 h"},
    }
    station = lowered(stations={"m": {}, **{name: {"batch": batch} for name, batch in batches.items()}}).world.station
    assert list(station.batch_max) == [0, 24, 24, 24]
    assert list(station.batch_min) == [0, 1, 24, 6]
    assert list(station.batch_wait) == [FOREVER, FOREVER, 60 * MINUTE, 120 * MINUTE]


def test_declarations_of_a_station(lowered):
    problem = lowered(
        shops={"hall": {"site": "s"}, "yard": {"site": "s"}},
        sites={"s": {}},
        stations={
            "m": {"shop": "yard", "room": 0, "end-of-shift": "finish", "locked": True, "blocking": "before"},
            "n": {"machines": 3},
        },
    )
    m, n = problem.world.station[0], problem.world.station[1]
    assert (m.shop, m.room, m.end_of_shift, m.locked, m.before_service) == (1, 0, FINISH_PART, 1, 1)
    assert (n.shop, n.room, n.first_machine, n.machines) == (NONE, UNLIMITED, 1, 3)
    assert problem.names.machines == ("m/1", "n/1", "n/2", "n/3")


def test_machines_have_dates(lowered):
    machines = [{"name": "old", "until": dt.date(2027, 1, 11)}, {"from": dt.date(2027, 1, 6)}]
    problem = lowered(stations={"m": {"machines": machines}}, **{"from": dt.date(2027, 1, 4)})
    assert problem.names.machines == ("m/old", "m/2")
    assert list(problem.world.machine.from_time) == [0, 2 * DAY]
    assert list(problem.world.machine.until_time) == [7 * DAY, FOREVER]


def test_every_machine_has_its_failures_and_a_shared_one_strikes_all(lowered):
    failures = [
        {"name": "jam", "uptime": "exponential(30 min) busy", "repair": "4 min", "then": "repeat"},
        {"name": "wind", "uptime": "exponential(60 h)", "repair": "4 h", "shared": True, "off-shift": "run"},
        {"uptime": "geometric(0.01) operations", "repair": "1 min", "counted-from": "start", "people": {"s": 1}},
    ]
    problem = lowered(stations={"n": {}, "m": {"machines": 2, "failures": failures}})
    mode, world = problem.world.mode, problem.world
    assert problem.names.modes == (
        *(("m", "jam"),) * 2,
        ("m", "wind"),
        *(("m", "failure 3"),) * 2,
    )
    assert list(mode.by) == [BY_BUSY, BY_BUSY, BY_CLOCK, BY_COUNT, BY_COUNT]
    assert list(mode.ordinal) == [0, 0, 1, 2, 2]
    assert [list(world.link[row.first_member : row.first_member + row.members]) for row in mode] == (
        [[1], [2], [1, 2], [1], [2]]
    )
    modes = [list(world.link[row.first_mode : row.first_mode + row.modes]) for row in world.machine]
    assert modes == [[], [0, 2, 3], [1, 2, 4]]
    assert (mode.then[0], mode.then[2], mode.runs_off_shift[2], mode.from_start[3]) == (REPEAT, RESUME, 1, 1)
    assert (mode.needs[3], world.need.amount[mode.first_need[3]], world.law.b[mode.law[3]]) == (1, 1000, 1.0)
    assert world.held.shape[0] == 3 + 5
    assert (world.held == NONE).all()


def test_crews_with_few_skills_come_first(lowered):
    crews = {
        "all": {"skills": ["fit", "weld", "test"], "people": "6 per shift", "absence": "8 %"},
        "fitters": {"skills": ["fit"], "people": 2},
        "pairs": {"skills": ["fit", "weld"], "people": 1},
    }
    problem = lowered(crews=crews, skills={"paint": {}})
    world = problem.world
    assert problem.names.skills == ("paint", "fit", "weld", "test")
    able = [list(world.link[row.first_crew : row.first_crew + row.crews]) for row in world.skill]
    assert able == [[], [1, 2, 0], [2, 0], [0]]
    assert (world.crew.people[0], world.crew.absence[0]) == (6, 0.08)
    assert list(world.link[world.crew.first_skill[2] : world.crew.first_skill[2] + 2]) == [1, 2]


def test_tools_know_who_uses_them(routed):
    tools = {"mould": {"number": 3, "life": 500, "repair": "2 d", "return": "5 min"}, "jig": {}}
    world = routed(
        {"op": "a", "station": ["n", "m"], "tools": {"mould": 2}}, stations={"m": {}, "n": {}}, tools=tools
    ).world
    mould, jig = world.tool[0], world.tool[1]
    assert (mould.number, mould.free, mould.life) == (3, 3, 500)
    assert world.law.a[mould.repair_law] == 2 * DAY
    assert list(world.link[mould.first_user : mould.first_user + mould.users]) == [0, 1]
    assert (jig.users, jig.life, jig.repair_law) == (0, 0, NONE)
    assert (world.tool_need.tool[0], world.tool_need.number[0]) == (0, 2)
