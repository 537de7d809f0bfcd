"""Learning: operations take less time the oftener they are done."""

from __future__ import annotations

import math

from plantwright.codes import IN_WORK
from plantwright.jit import kernel


@kernel
def practise(w, op):
    """An operation begins: whatever it practises is done once more."""
    for row in range(op.first_curve, op.first_curve + op.curves + op.hand_curves):
        w.learning[w.link[row]].count += 1


@kernel
def pace(w, row, ahead):
    """Time as a share of what is written, of the present execution or (``ahead`` 1) of the next one [-].

    What a state has in work is at least the first one, whatever it says of practice.
    """
    le = w.learning[row]
    count = float(max(min(le.start + le.count + ahead, le.plateau), 1))
    return (le.fixed + (1.0 - le.fixed) * math.pow(count, -le.exponent)) * le.scale


@kernel
def slowest(w, first, count, ahead):
    """The largest pace of some curves: who learns slowest holds the others up [-]."""
    found = pace(w, w.link[first], ahead)
    for row in range(first + 1, first + count):
        found = max(found, pace(w, w.link[row], ahead))
    return found


@kernel
def learned(w, op, phase, ticks, ahead):
    """A time drawn for a phase of an operation, as practice has made it [ticks].

    Those held to load and unload only, whose curves are the last ones, do not make the work itself any faster.
    """
    return paced(ticks, pace_of(w, op, phase, ahead))


@kernel
def pace_of(w, op, phase, ahead):
    """Time of a phase as a share of what is written [-]."""
    count = op.curves if phase == IN_WORK else op.curves + op.hand_curves
    return 1.0 if count == 0 else slowest(w, op.first_curve, count, ahead)


@kernel
def paced(ticks, pace):
    """A time as a pace makes it [ticks]."""
    return int(float(ticks) * pace + 0.5)
