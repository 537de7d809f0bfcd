import numpy as np
from hypothesis import given, strategies as st

from plantwright.analytic.rescheduling import needed_in


def test_by_hand_with_a_safety_stock():
    # 20 on hand of which 5 are safety: 15 usable. Wanted in all 0 10 20 40 40.
    # The first order (5) when 20 > 15: period 2. The second when more than 20 are wanted: period 3. The third at > 50.
    assert needed_in(np.array([0, 10, 10, 20, 0]), np.array([5, 30, 10]), stock=20, safety=5) == [2, 3, -1]


pieces = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@given(pieces, pieces, st.integers(0, 60), st.integers(0, 20))
def test_orders_that_come_when_they_are_needed_keep_the_safety_stock(gross, orders, stock, safety):
    needed = needed_in(np.array(gross), np.array(orders), stock=stock, safety=safety)
    assert [each for each in needed if each >= 0] == sorted(each for each in needed if each >= 0)
    left = stock
    for period, wanted in enumerate(gross):
        left += sum(order for order, when in zip(orders, needed) if when == period) - wanted
        unused = [order for order, when in zip(orders, needed) if when < 0 or when > period]
        assert left >= safety or sum(unused) == 0
