"""Learning (mechanism 11): times fall with how often something has been done."""

from __future__ import annotations

import math

from plantwright.codes import IN_WORK
from tests.oracle.draw import whole


def practise(operation):
    """An operation begins: what it practises has been done once more."""
    for curve in operation.curves + operation.hand_curves:
        curve.count += 1


def pace(curve, ahead):
    """Time as a share of what is written, of the execution under way, or of one so many ahead."""
    count = float(min(curve.count + ahead, curve.plateau))
    return (curve.fixed + (1.0 - curve.fixed) * math.pow(count, -curve.exponent)) * curve.scale


def learned(operation, phase, ticks, ahead):
    """A phase's time as practice has made it; who learns slowest counts.

    Those who are held to load and unload only do not make the work itself any faster.
    """
    curves = operation.curves if phase == IN_WORK else operation.curves + operation.hand_curves
    if not curves:
        return ticks
    return whole(float(ticks) * max(pace(curve, ahead) for curve in curves))
