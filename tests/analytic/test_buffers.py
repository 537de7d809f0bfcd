"""Zones of demand-driven buffers, and what they do with steady demand."""

import pytest

from plantwright.analytic.buffers import buffer_zones, net_flow, to_order


@pytest.mark.parametrize(("minimum", "cycle", "green"), [(0, 0, 60), (80, 0, 80), (80, 9, 90)])
def test_green_is_the_largest_of_three(minimum, cycle, green):
    zones = buffer_zones(10, 12, lead_time_factor=0.5, variability_factor=0.2, minimum=minimum, cycle=cycle)
    assert zones == pytest.approx((72.0, 120.0, green))


def test_net_flow_counts_what_comes_and_what_is_due():
    assert net_flow(100.0, 40.0, 25.0, spikes=30.0) == 85.0


def test_steady_demand_stays_out_of_red_and_holds_the_mean_stock():
    """Ten a day, twelve days to come: an order every seven days; stock runs from the top of red to red and green."""
    zones = buffer_zones(10, 12, lead_time_factor=0.5, variability_factor=0.5, minimum=70)
    on_hand, under_way, seen = 180.0, {}, []
    for day in range(400):
        on_hand += under_way.pop(day, 0.0) - 10.0
        seen.append(on_hand)
        pieces = to_order(zones, net_flow(on_hand, sum(under_way.values()), 0.0))
        if pieces:
            under_way[day + 12] = pieces
    steady = seen[100:]
    assert (min(steady), max(steady)) == (zones.red + 10.0, zones.red + zones.green)  # a day before red: it came
    assert sum(steady) / len(steady) == pytest.approx(zones.mean_stock, abs=10.0)
