"""Mechanism 8: bought items, lead times, capacities, outages."""

from tests.trial import simulate

BUY = """
from: 2027-03-01
stations: {{m: {{}}}}
items:
  ore: {{buy: {{policy: {{s: 2, Q: 4}}}}, start: {start}}}
  p: {{made-by: p, release: {{every: 10 s}}}}
routes: {{p: [{{op: x, station: m, time: 1 s, uses: {{ore: 1}}}}]}}
offers: {offers}
"""
MINE = "{mine: {item: ore, lead-time: 25 s}}"


def test_an_order_goes_out_when_stock_falls_to_the_reorder_point():
    # 4, 3 (10), 2 (20: order, there at 45), 1 (30), 0 (40), 4 at 45, 3 (50), 2 (60: there at 85) ...
    trial = simulate(BUY.format(start=4, offers=MINE), 90)
    assert trial.levels("ore")[9::10] == [3, 2, 1, 0, 3, 2, 1, 0, 3]
    assert trial.levels("ore")[43:45] == [0, 4]
    assert trial.items["p"].finished == 8


def test_a_stock_out_starves():
    # Two pieces at first, ordered at 0, there at 25: parts 3 ... of 10, 20, 30 are never short; with 60 s they are.
    trial = simulate(BUY.format(start=2, offers=MINE.replace("25 s", "60 s")), 63)
    assert trial.times("p") == [11, 21, 61, 62, 63]
    assert trial.states("m")["starved for kit"] == 30


def test_stock_on_order_counts():
    # With nothing there one order is enough: four on order are above s = 2 until it comes at 25 and two have been
    # taken.
    trial = simulate(BUY.format(start=0, offers=MINE), 25)
    assert trial.outcome.world.offer[0].orders == 1
    assert trial.levels("ore")[23:] == [0, 3]  # one of the four is taken at once
    assert simulate(BUY.format(start=0, offers=MINE), 26).outcome.world.offer[0].orders == 2


def test_the_capacity_of_an_offer_spaces_its_deliveries():
    # 360 an hour are four pieces in 40 s. Ordered at 0 (start 0) and whenever stock and orders are down to two.
    offers = "{mine: {item: ore, lead-time: 5 s, capacity: 360/h}}"
    document = BUY.format(start=0, offers=offers).replace("every: 10 s", "every: 10 s, group: 3")
    trial = simulate(document, 130)
    assert trial.record("item", "ore").received == 12  # at 40, 80 and 120
    assert trial.items["p"].finished == 12


def test_an_offer_may_have_a_least_quantity():
    # Four would be ordered; six are the least that the mine sells: 2 + 6 pieces, of which eight are taken until 90 s.
    trial = simulate(BUY.format(start=2, offers="{mine: {item: ore, lead-time: 25 s, minimum: 6}}"), 64)
    assert trial.levels("ore")[23:25] == [0, 6]
    assert trial.outcome.world.offer[0].orders == 2  # at 0 and at 60, when two are left
    assert trial.record("item", "ore").on_order == 6
    # An offer without one delivers what the policy says.
    offers = """
      mine: {item: ore, lead-time: 25 s, minimum: 6, outages: [{from: 2027-03-01, until: 2027-03-02}]}
      dump: {item: ore, lead-time: 25 s}"""
    assert simulate(BUY.format(start=2, offers=offers), 26).levels("ore")[23:25] == [0, 4]


def test_the_first_offer_that_delivers_is_taken():
    offers = """
      mine: {item: ore, lead-time: 25 s, outages: [{from: 2027-03-01, until: 2027-03-02}]}
      dump: {item: ore, lead-time: 35 s}"""
    trial = simulate(BUY.format(start=2, offers=offers), 39)
    assert list(trial.outcome.world.offer.orders) == [0, 1]
    assert trial.levels("ore")[33:35] == [0, 3]


def test_an_outage_lets_through_the_share_that_is_left_and_the_rest_comes_when_it_ends():
    offers = "{mine: {item: ore, lead-time: 25 s, outages: [{from: 2027-03-01, until: 2027-03-02, left: 50 %}]}}"
    document = BUY.format(start=2, offers=offers)
    # Ordered at 0: two at 25. Taken at 10, 20, 30, 40, when two in stock and on order are left: ordered again, two at
    # 65.
    # Then four are on order until midnight, so that nothing more is ordered.
    before = simulate(document, 86_399, bin_s=3600)
    assert before.items["p"].finished == 6
    assert (before.record("item", "ore").received, before.record("item", "ore").on_order) == (4, 4)
    assert simulate(document, 86_400, bin_s=3600).record("item", "ore").received == 8


def test_a_bought_item_without_a_policy_is_never_short():
    trial = simulate(
        """
        stations: {m: {}}
        items: {ore: {buy: {}}, p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 1 s, uses: {ore: 7}}]}
        """,
        10,
    )
    assert trial.items["p"].finished == 10
    assert trial.items["ore"].consumed == 77  # the eleventh has just begun
