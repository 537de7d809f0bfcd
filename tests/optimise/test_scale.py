"""The scale in which programmes count."""

import numpy as np

from plantwright.optimise.scale import sizes, throughput

# Ten tables a period, of a top and four legs each; a leg takes two screws; nobody takes glue. Ways make them in turn.
DEMAND = np.array([10.0, 0.0, 0.0, 0.0, 0.0])
GIVES = np.array([0, 1, 2, 3, 4])
USES = np.array([[2, 3], [0, 1], [0, 2]])
PIECES = np.array([2.0, 1.0, 4.0])


def test_what_flows_is_what_the_bill_takes_in_whatever_order_it_stands():
    assert throughput(DEMAND, GIVES, USES, PIECES).tolist() == [10.0, 10.0, 40.0, 80.0, 0.0]


def test_what_nobody_needs_is_counted_in_pieces():
    assert sizes(DEMAND, GIVES, USES, PIECES).tolist() == [10.0, 10.0, 40.0, 80.0, 1.0]
    assert DEMAND.tolist() == [10.0, 0.0, 0.0, 0.0, 0.0]
