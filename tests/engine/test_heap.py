"""The event list gives back what was entered, earliest first, in the order of one instant."""

import heapq

from hypothesis import given, strategies as st

from plantwright.codes import EARLIEST
from plantwright.engine import heap
from plantwright.jit import entry

TIMES = st.integers(0, 6)
KINDS = st.integers(0, 12)


@entry
def push(w, time, kind, who, epoch):
    heap.push(w, time, kind, who, epoch)


@entry
def fill_top(w):
    heap.fill_top(w)


def take(world):
    """The earliest event, whose place is vacant then: (time, kind, sequence, who, epoch)."""
    fill_top(world)
    first = world.event[int(world.clock.order[0]) & EARLIEST]
    kind, sequence = int(first.key) >> heap.KIND_SHIFT, int(first.key) & ((1 << heap.KIND_SHIFT) - 1)
    found = int(first.time), kind, sequence, int(first.who), int(first.epoch)
    world.clock.vacant[0] = 1
    return found


@given(events=st.lists(st.tuples(TIMES, KINDS), max_size=60))
def test_events_come_out_by_time_then_kind_then_sequence(blank, events):
    world = blank(event=64)
    for number, (time, kind) in enumerate(events):
        push(world, time, kind, 100 + number, 7 * number)
    expected = sorted((time, kind, number, 100 + number, 7 * number) for number, (time, kind) in enumerate(events))
    assert [take(world) for _ in events] == expected
    fill_top(world)
    assert world.clock.events[0] == 0


@given(steps=st.lists(st.one_of(st.none(), st.tuples(TIMES, KINDS)), max_size=80))
def test_entering_and_taking_in_any_order_agrees_with_a_plain_heap(blank, steps):
    world = blank(event=80)
    plain = []
    for number, step in enumerate(steps):
        if step is not None:
            sequence = int(world.clock.sequence[0])
            push(world, *step, number, 0)
            heapq.heappush(plain, (*step, sequence, number, 0))
        elif plain:
            assert take(world) == heapq.heappop(plain)
    fill_top(world)
    assert world.clock.events[0] == len(plain)
