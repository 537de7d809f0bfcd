"""What most operations are: one part, one machine, one time, and the part is good.

Stations and operations that need nothing else are told apart once, when a run begins, so that what the others need is
not asked for at every start. It changes no answer.
"""

from __future__ import annotations

from plantwright.codes import DONE, FIFO, NO_START, NONE, SCRAP
from plantwright.jit import kernel


@kernel
def is_plain_station(st):
    """Whether a station takes one part after the other in the order in which they came, whatever they are."""
    in_order = st.rule == FIFO and st.lanes == 1 and st.restricted == 0 and st.batch_max == 0
    at_once = st.first_setup == NONE and st.setup_needs == 0
    return in_order and at_once and st.before_service == 0 and st.end_of_shift != NO_START


@kernel
def is_bare(w, op):
    """Whether an operation needs nothing but a kit and the machine, which holds it for one stretch of time."""
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.station[w.choice[c].station].plain == 0:
            return False
    alone = op.needs + op.attends + op.tools + op.curves + op.hand_curves == 0
    return alone and op.load_law == NONE and op.unload_law == NONE


@kernel
def is_sure(op):
    """Whether every piece goes on as it is, by itself, and nothing else comes of it."""
    good = op.goods == 0 and op.inspects == 0 and op.mends <= 0.0 and op.false_reject <= 0.0
    return good and op.gives == 0 and op.sample_every == 0 and op.transfer <= 1


@kernel
def is_judged(op):
    """Whether one draw says of each piece if it is good, all see it, and nothing else comes of the operation."""
    seen = op.goods > 0 and op.hidden == 0 and op.inspects == 0 and op.miss <= 0.0 and op.false_reject <= 0.0
    return seen and op.mends <= 0.0 and op.gives == 0 and op.sample_every == 0 and op.transfer <= 1


@kernel
def is_alone(st):
    """Whether nobody looks at a plain station from elsewhere but those who wait to enter it."""
    return st.plain != 0 and st.siblings + st.feeders == 0 and st.sources <= 1 and st.room > 0


@kernel
def is_near(w, s, goal):
    """Whether parts go from a station straight to one other queue, or out of the plant."""
    if goal == DONE:
        return True
    if goal < 0 or w.operation[goal].choices != 1:
        return False
    t = w.choice[w.operation[goal].first_choice].station
    return s != t and (len(w.travel) == 0 or w.route[s, t] == NONE)


@kernel
def is_onward(w, op):
    """Whether the parts of a bare operation, good or rejected by it, go to places that are near, or to scrap."""
    if op.bare == 0 or op.choices != 1:
        return False
    s = w.choice[op.first_choice].station
    if op.sure == 0:
        if not is_judged(op) or not (op.otherwise == SCRAP or is_near(w, s, op.otherwise)):
            return False
        if op.tries > 0 and not (op.past_tries == SCRAP or is_near(w, s, op.past_tries)):
            return False
    return is_near(w, s, op.next)


@kernel
def tell_apart(w):
    """Note which stations are plain and alone, and which operations bare, plain, sure and onward."""
    for s in range(len(w.station)):
        st = w.station[s]
        st.plain = 1 if is_plain_station(st) and w.clock[0].by_the_book != 1 else 0
        st.alone = 1 if is_alone(st) else 0
    for o in range(len(w.operation)):
        op = w.operation[o]
        op.bare = 1 if is_bare(w, op) else 0
        op.plain = op.bare if op.kits == 0 else 0
        op.sure = 1 if is_sure(op) and w.clock[0].by_the_book != 1 else 0
    for o in range(len(w.operation)):
        op = w.operation[o]
        op.onward = 1 if is_onward(w, op) else 0
        op.only = w.choice[op.first_choice].station if op.choices == 1 else NONE
