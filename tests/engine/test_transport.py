"""Mechanism 12: ways between stations, and carriers."""

from tests.trial import simulate

WAY = """
carriers: {{cart: {{{cart}}}}}
shops: {{hall: {{site: here}}, yard: {{site: here}}}}
sites: {{here: {{}}}}
stations: {{a: {{shop: hall}}, b: {{shop: yard, {b}}}}}
travel: [{{{way}}}]
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: a, time: 2 s}}, {{op: y, station: b, time: {time} s}}]}}
"""


def way(trip, *, cart="", b="", release="every: 10 s", time=1):
    return WAY.format(way=trip, cart=cart, b=b, release=release, time=time)


def test_parts_travel_by_themselves():
    # Done on a at 12, 22, 32; five seconds later at b. Nobody waits for them.
    trial = simulate(way("from: a, to: b, time: 5 s"), 38)
    assert trial.times("p") == [18, 28, 38]
    assert trial.states("a") == {"busy": 6, "idle": 32}
    assert trial.items["p"].flow_time_mean_s == 8


def test_a_way_may_be_between_shops_and_the_most_specific_one_counts():
    assert simulate(way("from: hall, to: yard, time: 7 s"), 20).times("p") == [20]
    both = way("from: hall, to: yard, time: 7 s}, {from: a, to: b, time: 3 s")
    assert simulate(both, 20).times("p") == [16]


def test_the_place_of_a_part_under_way_is_kept():
    # b has room for one and takes 30 s. Part 1 sets out at 2; part 2, done at 4, waits for the place until part 1 has
    # come
    # (7) and been taken, comes at 12, and is taken at 37; part 3, done at 9, sets out then: there at 42.
    trial = simulate(way("from: a, to: b, time: 5 s", b="room: 1", release="saturated: true", time=30), 68)
    assert trial.times("p") == [37, 67]
    assert trial.states("a") == {"busy": 2 + 2 + 2 + 2 + 1, "blocked": 3 + 28 + 28}


def test_where_nothing_can_wait_a_part_sets_out_to_an_idle_machine():
    trial = simulate(way("from: a, to: b, time: 5 s", b="room: 0, machines: 2", release="saturated: true", time=30), 72)
    # Parts 1 and 2 set out at 2 and 4 to two idle machines, done at 37 and 39; parts 3 and 4 set out then: 72 and 74.
    assert trial.times("p") == [37, 39, 72]


def test_parts_wait_for_a_carrier_on_their_machine():
    # The cart is away for 4 s there and 4 s back. Part 1 leaves at 2, part 2 (done at 4) waits until 10, part 3 (12) to
    # 18.
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", release="saturated: true"), 23)
    assert trial.times("p") == [7, 15, 23]
    assert trial.states("a")["blocked"] == 6 + 6 + 3
    assert trial.stations["a"].waiting_for_carrier_s == 15


def test_a_carrier_may_come_back_faster_than_it_went():
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", cart="return: 1 s", release="saturated: true"), 17)
    assert trial.times("p") == [7, 12, 17]


def test_a_carrier_takes_as_many_as_it_can_in_their_order():
    # Two machines finish at 2; the first part leaves alone at once, the cart is back at 10 and takes the three that
    # wait.
    document = way("from: a, to: b, time: 4 s, carrier: cart", cart="load: 3", release="every: 100 s, group: 4")
    trial = simulate(document.replace("a: {shop: hall}", "a: {shop: hall, machines: 4}"), 120)
    assert trial.times("p") == [107, 115, 116, 117]
    assert trial.record("carrier", "cart").trips == 2


def test_several_carriers_share_the_work():
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", cart="number: 2", release="saturated: true"), 15)
    # Carts at 2 and 4, back at 10 and 12: part 3, done at 6, leaves at 10; part 4, done at 12, leaves at 12.
    assert trial.times("p") == [7, 9, 15]
