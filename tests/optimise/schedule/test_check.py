"""Every constraint has a schedule that keeps it to the tick, and one beside it that does not."""

from dataclasses import replace

import numpy as np
import pytest

from plantwright.optimise.schedule.check import Fault, faults, worth
from plantwright.problems.schedule import NONE
from tests.optimise.schedule.draft import Draft, schedule, way


def families(problem, told):
    """The constraints that a schedule breaks, its values filled in."""
    if told.values == (0,):
        told = replace(told, values=worth(problem, told))
    return [fault.family for fault in faults(problem, told)]


def two(**machine):
    """Two jobs of one operation on one machine: 3 and 4 ticks, families 0 and 1."""
    draft = Draft()
    draft.machine(**machine)
    for index, time in enumerate((3, 4)):
        draft.operation(draft.job(), way(0, time, index))
    return draft


def chain(least=0, most=NONE, from_start=False, **first):
    """Operations of 3 and 4 ticks on two machines, the second after the first."""
    draft = Draft()
    draft.machine(), draft.machine()
    job = draft.job()
    draft.arc(draft.operation(job, way(0, 3), **first), draft.operation(job, way(1, 4)), least, most, from_start)
    return draft


def test_one_thing_at_a_time():
    problem = two().problem()
    assert families(problem, schedule([0, 3], [3, 7], [0, 1])) == []
    assert families(problem, schedule([0, 2], [3, 6], [0, 1])) == ["machine"]
    assert families(problem, schedule([1, 0], [4, 4], [0, 1])) == ["machine"]


def test_a_fault_names_operations_and_ticks():
    found = faults(two().problem(), schedule([0, 2], [3, 6], [0, 1], values=(6,)))
    assert found == (Fault("machine", (0, 1), "machine 0: operations [0] end at 3, operations [1] begin at 2", 1),)
    assert not found[0].leaves_incomplete


def test_nothing_begins_before_the_machine_is_free():
    assert families(two(free=2).problem(), schedule([2, 5], [5, 9], [0, 1])) == []
    assert families(two(free=2).problem(), schedule([1, 5], [4, 9], [0, 1])) == ["machine"]


def test_an_operation_takes_its_time():
    problem = two().problem()
    assert families(problem, schedule([0, 3], [3, 6], [0, 1])) == ["time"]
    assert families(problem, schedule([0, 3], [4, 7], [0, 1])) == ["time", "machine"]
    assert families(problem, schedule([-1, 3], [2, 7], [0, 1])) == ["time", "release", "machine"]


def shift(interruptible, **told):
    """One operation of 3 ticks, open from 2 to 6 and from 8 to 12."""
    draft = Draft()
    draft.machine()
    day = draft.calendar((2, 6), (8, 12))
    draft.operation(draft.job(), way(0, 3, calendar=day), interruptible=interruptible, **told)
    return draft.problem()


def test_without_a_stop_it_fits_between_two_closures():
    assert families(shift(False), schedule([3], [6], [0])) == []
    assert families(shift(False), schedule([4], [7], [0])) == ["time"]
    assert families(shift(False), schedule([4], [9], [0])) == ["time"]
    assert families(shift(False), schedule([1], [4], [0])) == ["time"]


def test_closures_interrupt_what_may_be_interrupted():
    assert families(shift(True), schedule([3], [6], [0])) == []
    assert families(shift(True), schedule([4], [9], [0])) == []  # 2 ticks until 6, 1 from 8
    assert families(shift(True), schedule([4], [7], [0])) == ["time"]
    assert families(shift(True), schedule([6], [11], [0])) == ["time"]  # it would begin while closed
    assert families(shift(True), schedule([10], [13], [0])) == ["time"]  # and never end


def test_what_has_begun_may_stand_still_at_first():
    assert families(shift(True, fixed_start=0), schedule([0], [5], [0])) == []  # 3 ticks from 2


def test_fixed_is_where_and_when():
    draft = Draft()
    draft.machine(), draft.machine()
    draft.operation(draft.job(), way(0, 3), way(1, 3), fixed_mode=1, fixed_start=2)
    assert families(draft.problem(), schedule([2], [5], [1])) == []
    assert families(draft.problem(), schedule([2], [5], [0])) == ["fixed"]
    assert families(draft.problem(), schedule([3], [6], [1])) == ["fixed"]


def test_a_mode_is_one_of_the_operation():
    problem = two().problem()
    assert families(problem, schedule([0, 3], [3, 6], [0, 0], values=(6,))) == ["mode"]
    assert families(problem, schedule([0, 3], [3, 6], [0, 99], values=(6,))) == ["mode"]
    assert families(problem, schedule([0], [3], [0], values=(6,))) == ["shape"]


def routes():
    """Operation 0 in any route, 1 in the first, 2 and 3 in the second; no machines."""
    draft = Draft()
    job = draft.job(routes=2)
    for route in (NONE, 0, 1, 1):
        draft.operation(job, way(time=2), route=route)
    return draft.problem()


@pytest.mark.parametrize(
    ("done", "found"),
    [([0, 1], []), ([0, 2, 3], []), ([0, 2], ["route"]), ([0, 1, 2, 3], ["route"]), ([0], ["route"]), ([1], ["route"])],
)
def test_one_route_is_taken(done, found):
    runs = [index in done for index in range(4)]
    told = schedule(
        [0 if r else NONE for r in runs],
        [2 if r else NONE for r in runs],
        [i if r else NONE for i, r in enumerate(runs)],
    )
    assert families(routes(), told) == found


def test_what_is_not_done_has_no_times():
    told = schedule([0, 0, 0, NONE], [2, 2, 2, NONE], [0, 1, NONE, NONE], values=(2,))
    assert families(routes(), told) == ["mode"]


def test_released_and_by_the_deadline():
    draft = Draft()
    draft.operation(draft.job(release=2, deadline=6), way(time=3))
    problem = draft.problem()
    assert families(problem, schedule([3], [6], [0])) == []
    assert families(problem, schedule([1], [4], [0])) == ["release"]
    assert families(problem, schedule([4], [7], [0], complete=False)) == ["deadline"]
    assert families(problem, schedule([4], [7], [0])) == ["deadline", "claim"]  # it says that it is complete


@pytest.mark.parametrize(
    ("lag", "start", "found"),
    [
        ({"least": 0}, 3, []),
        ({"least": 0}, 2, ["least"]),
        ({"least": 2}, 5, []),
        ({"least": 2}, 4, ["least"]),
        ({"least": -1}, 2, []),
        ({"least": -1}, 1, ["least"]),
        ({"least": 1, "from_start": True}, 1, []),
        ({"least": 1, "from_start": True}, 0, ["least"]),
        ({"most": 0}, 3, []),
        ({"most": 0}, 4, ["most"]),
        ({"most": 3, "from_start": True}, 3, []),
        ({"most": 3, "from_start": True}, 4, ["most"]),
    ],
)
def test_what_waits_begins_neither_too_early_nor_too_late(lag, start, found):
    problem = chain(**{"from_start": False, **lag}).problem()
    assert families(problem, schedule([0, start], [3, start + 4], [0, 1], complete=found != ["most"])) == found
    assert all(
        fault.leaves_incomplete == (fault.family == "most")
        for fault in faults(problem, schedule([0, start], [3, start + 4], [0, 1], values=(start + 4,), complete=False))
    )


def test_an_arc_to_a_route_not_taken_does_not_count():
    draft = Draft()
    job = draft.job(routes=2)
    first, second = (draft.operation(job, way(time=2), route=route) for route in (0, 1))
    draft.arc(first, second, least=5)
    assert families(draft.problem(), schedule([NONE, 0], [NONE, 2], [NONE, 1])) == []


def test_it_blocks_its_machine_until_the_next_begins():
    draft = chain(blocks=True)
    draft.operation(draft.job(), way(0, 2))
    assert families(draft.problem(), schedule([0, 5, 5], [3, 9, 7], [0, 1, 2])) == []
    assert families(draft.problem(), schedule([0, 5, 4], [3, 9, 6], [0, 1, 2])) == ["blocking"]


def setup(state=NONE, ahead=True, calendar=None, **told):
    """Two jobs on one machine: from 0 to 1 takes 5, back 1, from nothing 2 to either; the second is released at 6."""
    draft = two(state=state, setup=0, ahead=ahead, **told)
    draft.matrix([[0, 5], [1, 0], [2, 2]])
    draft.jobs[1]["release"] = 6
    if calendar:
        draft.machines[0]["calendar"] = draft.calendar(*calendar)
    return draft


def test_setups_come_between_and_are_of_the_right_length():
    problem = setup().problem("setups")
    assert worth(problem, schedule([2, 10], [5, 14], [0, 1], [0, 5])) == (7,)  # 2 from nothing, 5 from 0 to 1
    assert families(problem, schedule([2, 10], [5, 14], [0, 1], [0, 5])) == []
    assert families(problem, schedule([2, 9], [5, 13], [0, 1], [0, 5])) == ["setup"]  # 5 from 5 on end at 10
    assert families(problem, schedule([2, 10], [5, 14], [0, 1], [0, 4])) == ["setup"]  # before the first has ended
    assert families(problem, schedule([2, 10], [5, 14], [0, 1], [0, NONE])) == ["setup"]
    assert families(problem, schedule([0, 10], [3, 14], [0, 1], [NONE, 5])) == ["setup"]  # from nothing takes 2


def test_the_family_it_is_set_up_for_needs_no_setup():
    problem = setup(state=0).problem("setups")
    assert families(problem, schedule([0, 8], [3, 12], [0, 1], [NONE, 3])) == []
    assert families(problem, schedule([2, 10], [5, 14], [0, 1], [0, 5])) == ["setup"]  # one that nobody needs


def test_a_setup_waits_for_the_work_unless_it_is_done_ahead():
    assert families(setup().problem(), schedule([2, 10], [5, 14], [0, 1], [0, 5])) == []
    assert families(setup(ahead=False).problem(), schedule([2, 10], [5, 14], [0, 1], [0, 5])) == ["setup"]
    assert families(setup(ahead=False).problem(), schedule([2, 11], [5, 15], [0, 1], [0, 6])) == []


def test_closures_interrupt_a_setup():
    problem = setup(calendar=[(0, 7), (9, 20)]).problem()
    assert families(problem, schedule([2, 12], [5, 16], [0, 1], [0, 5])) == []  # 2 until 7, 3 from 9
    assert families(problem, schedule([2, 10], [5, 14], [0, 1], [0, 5])) == ["setup"]
    assert families(problem, schedule([2, 14], [5, 18], [0, 1], [0, 8])) == ["setup"]  # begins while closed


def oven(room=3, **second):
    """Pieces 2 and 1 of one family for 3 and 4 ticks."""
    draft = two(room=room)
    draft.modes[1]["family"] = 0
    draft.operations[0]["pieces"] = 2
    draft.operations[1] |= second
    return draft


def test_a_batch_takes_its_longest_time_and_has_room():
    assert families(oven().problem(), schedule([0, 0], [4, 4], [0, 1])) == []
    assert families(oven().problem(), schedule([0, 0], [3, 3], [0, 1])) == ["time", "time"]
    assert families(oven().problem(), schedule([0, 1], [4, 5], [0, 1])) == ["time", "machine"]
    assert families(oven(pieces=2).problem(), schedule([0, 0], [4, 4], [0, 1])) == ["batch"]
    assert families(oven(room=1).problem(), schedule([0, 0], [4, 4], [0, 1])) == ["time", "machine"]


def test_a_batch_is_of_one_family():
    draft = oven()
    draft.modes[1]["family"] = 1
    assert families(draft.problem(), schedule([0, 0], [4, 4], [0, 1])) == ["time", "machine"]


def test_a_batch_shares_its_setup():
    draft = oven()
    draft.machines[0] |= {"setup": 0}
    draft.matrix([[0], [2]])
    assert families(draft.problem("setups"), schedule([2, 2], [6, 6], [0, 1], [0, 0])) == []
    assert families(draft.problem("setups"), schedule([2, 2], [6, 6], [0, 1], [0, NONE])) == ["setup"]


def people():
    """Two operations that need one and two of a pool of two, of which one is there from 5 on."""
    draft = Draft()
    draft.pool((0, 2), (5, 1))
    draft.operation(draft.job(), way(time=3, needs=[(0, 1)]))
    draft.operation(draft.job(), way(time=2, needs=[(0, 2)]))
    return draft


def test_a_pool_is_enough_at_every_instant():
    problem = people().problem()
    assert families(problem, schedule([2, 0], [5, 2], [0, 1])) == []
    assert families(problem, schedule([1, 0], [4, 2], [0, 1])) == ["pool"]
    assert families(problem, schedule([0, 3], [3, 5], [0, 1])) == []
    assert families(problem, schedule([0, 4], [3, 6], [0, 1])) == ["pool"]  # only one is there from 5 on


def test_a_setup_holds_its_setter():
    draft = setup(needs=[(0, 1)])
    draft.pool(1)
    draft.operation(draft.job(), way(time=2, needs=[(0, 1)]))
    problem = draft.problem()
    assert families(problem, schedule([2, 10, 2], [5, 14, 4], [0, 1, 2], [0, 5, NONE])) == []
    assert families(problem, schedule([2, 10, 1], [5, 14, 3], [0, 1, 2], [0, 5, NONE])) == ["pool"]


def test_values_are_counted_anew():
    draft = Draft()
    draft.machine(), draft.machine()
    late = draft.job(release=1, due=4, weight=2)
    early = draft.job(due=9, weight=3)
    draft.operation(late, way(0, 5), way(1, 5), reference_mode=1, reference_start=1)
    draft.operation(early, way(0, 1), reference_mode=2, reference_start=0)
    told = schedule([1, 0], [6, 1], [0, 2])
    counted = {
        "makespan": 6,
        "tardiness": 2 * 2,
        "late": 2,
        "flow": 2 * 5 + 3 * 1,
        "setups": 0,
        "earliness": 3 * 8,
        "moved": 1,  # the first is on machine 0, not 1
    }
    assert {name: worth(draft.problem(name), told)[0] for name in counted} == counted
    assert worth(draft.problem([("late", 10), ("makespan", 1)], "flow"), told) == (26, 13)


def test_claims_are_held_against_the_times():
    problem, right = two().problem(), schedule([0, 3], [3, 7], [0, 1], values=(7,), bounds=(7,), proven=True)
    assert faults(problem, right) == ()
    for wrong in ({"values": (6,)}, {"bounds": (8,)}, {"bounds": (6,)}, {"bounds": ()}):
        assert [fault.family for fault in faults(problem, replace(right, **wrong))] == ["claim"]


def test_any_one_time_moved_by_a_tick_is_caught():
    problem = setup(ahead=False).problem()
    right = schedule([2, 11], [5, 15], [0, 1], [0, 6], values=(15,))
    assert faults(problem, right) == ()
    for name in ("start", "end", "setup"):
        for index in range(2):
            for by in (-1, 1):
                wrong = replace(right, **{name: getattr(right, name) + by * (np.arange(2) == index)})
                assert faults(problem, wrong), (name, index, by)
