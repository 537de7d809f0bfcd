"""Where the exact answers come from, for the cases that `tests/analytic/test_exact_cases.py` does not derive.

Each formula is computed here and has to give the number that the table prints.
"""

import math

import pytest
from scipy.optimize import brentq
from scipy.stats import poisson

from benchmarks.cases import cases
from plantwright.analytic.closed import closed_network
from plantwright.analytic.finite import birth_death, mm1k_loss
from plantwright.analytic.lines import two_machine_throughput
from plantwright.analytic.queues import mg1_wait, mmc_wait

EXACT = {case.id: case.exact for case in cases()}


def renewal_sojourn(transform, service_time):
    """Time in a GI/M/1 queue: s / (1 - sigma), where sigma = A*((1 - sigma) / s) is the root below 1.

    Gross, Shortle, Thompson, Harris: Fundamentals of Queueing Theory, 4th ed., 2008, section 5.3.1.
    """
    sigma = brentq(lambda x: transform((1.0 - x) / service_time) - x, 0.0, 1.0 - 1e-6)
    return service_time / (1.0 - sigma)


def takt():
    """A part every 1.25 s, exponential times of 1 s: A*(s) = exp(-1.25 s)."""
    return renewal_sojourn(lambda s: math.exp(-1.25 * s), 1.0)


def oven():
    """Loads of four at 1 part a second and an oven of 3 s: loads come after Erlang times of four phases; a part waits
    on average for 1.5 others to fill its load.
    """
    return 1.5 + renewal_sojourn(lambda s: (1.0 / (1.0 + s)) ** 4, 3.0)


def setups():
    """Half of the parts follow one of the other family and wait 0.5 s for the change: an M/G/1 queue with times
    exponential(0.5 s), plus 0.5 s in one case of two.
    """
    mean = 0.5 + 0.25
    variance = 0.25 + 0.5**2 / 4
    return mg1_wait(1.0, mean, scv=variance / mean**2) + mean


def busy_failures():
    """M/G/1 whose times are completion times: exponential(1 s) of work, stopped every 20 s of it for exponential(4 s).

    Gaver (1962), A waiting line with interrupted service, doi:10.1111/j.2517-6161.1962.tb00438.x.
    """
    mean = 1.0 + 4.0 / 20.0
    second = (1.0 + 4.0 / 20.0) ** 2 * 2.0 + 1.0 / 20.0 * 2.0 * 4.0**2
    return mg1_wait(0.6, mean, scv=second / mean**2 - 1.0) + mean


def repeated_work():
    """Constant times of 1 s begun anew after each stop (up exponential(5 s), repair exponential(1 s)): the time for one
    part is (up + repair) (exp(1/5) - 1). Gaver (1962), preemptive repeat.
    """
    return 1.0 / ((5.0 + 1.0) * math.expm1(1.0 / 5.0))


def scrapped_work():
    """The same, but a stop scraps the part: good with probability exp(-1/5); a part holds the machine for
    5 (1 - exp(-1/5)) of work, and for the repair when it is lost.
    """
    good = math.exp(-1.0 / 5.0)
    return good / ((5.0 + 1.0) * (1.0 - good))


def start_to_start():
    """A stop is due every 100 s from the last one's start, those due during a repair of exponential(60 s) are dropped:
    a cycle lasts 100 s times the mean of ceil(repair / 100 s) = 1 / (1 - exp(-0.6^-1)).
    """
    return 1.0 - 60.0 / (100.0 / -math.expm1(-100.0 / 60.0))


def tending():
    """Six machines run alone for exponential(10 s) and wait for one person who loads for exponential(2 s): machine
    interference, n machines stopped with births (6 - n)/10 and deaths 1/2.
    """
    stopped = birth_death([(6 - n) / 10.0 for n in range(6)], [0.5] * 6)
    return (1.0 - stopped[0]) / 2.0


def reorder_point():
    """(s, Q) = (3, 5), lead time 4 s, an order a second: the stock position is even on 4 .. 8 and the demand of a lead
    time is Poisson(4), so the shelf holds a piece with the mean of P(D < position).

    Hadley, Whitin: Analysis of Inventory Systems, 1963, section 4-7; Axsaeter: Inventory Control, 3rd ed., section 5.3.
    """
    return sum(float(poisson.cdf(position - 1, 4.0)) for position in range(4, 9)) / 5


def cart_that_stops():
    """M/G/1 until the cart leaves with a part: 1 s there and 1 s back, both exponential, and in one case of ten a
    repair of exponential(4 s). Then 1 s of way.
    """
    mean = 1.0 + 1.0 + 0.1 * 4.0
    variance = 1.0 + 1.0 + 0.1 * 2.0 * 4.0**2 - (0.1 * 4.0) ** 2
    return mg1_wait(0.25, mean, scv=variance / mean**2) + 1.0


def tries(fail, most):
    """Visits of a part that may fail so often and goes on trying: 1 + q + ... + q**most."""
    return sum(fail**n for n in range(most + 1))


def retried_wip():
    """All visits together make a Poisson queue in product form with 0.5 (1 + q + q^2) visits a second of 1 s."""
    load = 0.5 * tries(0.3, 2)
    return load / (1.0 - load)


DERIVED = {
    "takt-dm1": takt,
    "oven-4": oven,
    "setup-2": setups,
    "busy-stops": busy_failures,
    "stop-repeat": repeated_work,
    "stop-scrap": scrapped_work,
    "stop-interval": start_to_start,
    "tending-6": tending,
    # never more than two of five machines at work: M/M/2
    "tools-2": lambda: 1.0 + mmc_wait(1.6, 1.0, machines=2),
    "people-2": lambda: 1.0 + mmc_wait(1.6, 1.0, machines=2),
    # the part waits on its machine until the cart comes: a line without room
    "cart": lambda: two_machine_throughput(1.0, 0.7, room=0),
    # who finds the begin of the conveyor taken waits: M/D/1 with a spacing of 1 s, then 5 s of way and 0.5 s of work
    "belt-md1": lambda: mg1_wait(0.8, 1.0, scv=0.0) + 5.0 + 0.5,
    "cart-stops": cart_that_stops,
    "power-80": lambda: 0.8 * 10.0 + 0.2 * 2.0,
    # as a change of family: a mould is mounted before every second part
    "mould-2": setups,
    "travel-6": lambda: closed_network([1.0, 0.6], 6, delay=3.0).throughput,
    "reorder-3-5": reorder_point,
    # production stops at three on the shelf; an order that finds none is lost: M/M/1 with three places
    "shelf-lost": lambda: 1.0 - mm1k_loss(0.8, 1.0, places=3),
    # parts at or promised to the second machine: 0 .. 3, all equally likely
    "room-first": lambda: 3.0 / 4.0,
    "retry-2": lambda: 0.5 * (1.0 - 0.3**3),
    "retry-2-wip": retried_wip,
    # 10 % defective; 5 % of these pass, and 2 % of the good do not
    "inspect": lambda: 0.8 * (0.9 * 0.98 + 0.1 * 0.05),
    # one part in 100 s, on 7.5 h of the day
    "shift": lambda: 7.5 / 24.0 / 100.0,
    # 0.4 x 2 + 0.6 x 1 pieces a unit from a machine of one a second
    "options": lambda: 1.0 / 1.4,
}


@pytest.mark.parametrize("name", DERIVED)
def test_the_formula_gives_the_number_of_the_table(name):
    assert math.isclose(EXACT[name], DERIVED[name](), rel_tol=1e-6)
