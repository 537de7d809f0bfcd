import datetime as dt
import json

import pytest

import plantwright as pw
from plantwright.errors import RunError
from plantwright.model.state import State
from plantwright.results.terminal import plain

FRAMES = """
plantwright: 1
name: Frames
from: 2027-01-04
stations:
  press: {machines: 2}
  bench: {}
suppliers: {mill: {name: The mill}}
offers:
  bars: {item: bar, supplier: mill, lead-time: 10 d, minimum: 100, prices: {1: 3 EUR, 1000: 2 EUR}, tariff: 10 %}
items:
  bar: {buy: {from: bars, policy: {s: 50, Q: 100}}, start: 400}
  arm: {made-by: arm, policy: {kanban: 60}}
routes:
  arm: [{op: bend, station: bench, time: 1 min, uses: {bar: 1}, good: 90 %}]
  frame: [{op: join, station: press, time: 20 min, uses: {arm: 2}}]
products: {frame: {made-by: frame, start: 100}}
demand:
  frame:
    orders:
      - {date: 2027-01-05, pieces: 30}
      - {date: 2027-01-12, pieces: 40}
      - {date: 2027-01-19, pieces: 50}
      - {date: 2027-01-26, pieces: 200}
      - {date: 2027-02-02, pieces: 50}
planning:
  horizon: 6 week
  items: {arm: {multiple: 50, called-by: plan}}
  receipts:
    - {name: PO-1, item: bar, pieces: 100, due: 2027-02-08}
    - {name: PO-2, item: bar, pieces: 900, due: 2027-02-09}
"""


@pytest.fixture(scope="module")
def frames(write):
    return write(FRAMES)


@pytest.fixture(scope="module")
def answer(frames):
    return pw.materials(frames, item="frame", effort="quick")


def test_the_master_schedule_by_hand(answer):
    # 100 frames on hand, orders 30 40 50 200 50: 20 are missing in the third week, then 200 and 50.
    row = answer.master["frame"]
    assert row.orders == (30, 40, 50, 200, 50, 0)
    assert row.planned == (0, 0, 20, 200, 50, 0)
    assert row.projected == (70, 30, 0, 0, 0, 0)
    # of the stock 100 - 30 - 40 = 30 are left, 30 of the third week's 50 come out of it
    assert row.promise == (0, 0, 0, 0, 0, 0)


def test_components_are_netted_a_lead_time_earlier(answer):
    # frames take a week: 20, 200 and 50 are begun in weeks 1, 2 and 3, with two arms each, in lots of 50
    arm = answer.items["arm"]
    assert arm.gross == (0, 40, 400, 100, 0, 0)
    # 60 on hand: 20 left after week 1, 380 missing in week 2, in lots 400; 20 left, so 80 are missing: 100
    assert arm.net == (0, 0, 380, 100, 0, 0)
    assert arm.receipts == (0, 0, 400, 100, 0, 0)
    assert arm.releases == (0, 400, 100, 0, 0, 0)


def test_scrap_takes_more_of_what_is_bought(answer):
    # 400 arms / 0.9 = 444.4 bars, then 500 / 0.9 = 555.6 in all: 445 and 111
    bar = answer.items["bar"]
    assert bar.gross == (0, 445, 111, 0, 0, 0)
    assert bar.lead_time_d == 14
    # 400 on hand: 45 are missing in week 1, nothing can come before week 2; then 45 + 111 = 156 at least 100
    assert bar.receipts == (0, 0, 156, 0, 0, 0)
    assert bar.projected == (400, -45, 0, 0, 0, 1000)


def test_a_purchase_has_its_offer_and_its_cost(answer):
    order = next(order for order in answer.orders if order.item == "bar")
    assert (order.release, order.due, order.pieces) == ("2027-01-04", "2027-01-18", 156)
    assert (order.kind, order.offer, order.supplier) == ("buy", "bars", "The mill")
    assert order.cost == pytest.approx(156 * 3 * 1.1)
    assert answer.bought_cost[0] == order.cost


def told(answer, kind):
    return [message.text for message in answer.messages if message.kind == kind]


def test_what_is_missing_is_said_with_the_day_on_which_it_can_come(answer):
    assert told(answer, "short") == [
        "bar: 45 missing from 2027-01-11 until 2027-01-18; what is ordered today takes until 2027-01-18"
    ]


def test_open_orders_are_expedited_and_cancelled(answer):
    assert told(answer, "expedite") == [
        "Expedite 100 of bar (PO-1) due 2027-02-08 to 2027-01-11",
        "Expedite 900 of bar (PO-2) due 2027-02-09 to 2027-01-18",
    ]


def test_an_open_order_that_nothing_needs_is_cancelled_and_one_too_early_postponed(write):
    late = FRAMES.replace(
        "PO-1, item: bar, pieces: 100, due: 2027-02-08", "PO-1, item: bar, pieces: 100, due: 2027-01-05"
    )
    late = late.replace("start: 400", "start: 500")
    answer = pw.materials(write(late), effort="quick", follows=False)
    assert told(answer, "postpone") == [
        "Postpone 100 of bar (PO-1) due 2027-01-05 to 2027-01-18: they are not needed before"
    ]
    assert told(answer, "cancel") == ["Cancel 900 of bar (PO-2) due 2027-02-09: nothing in the plan needs them"]


def test_orders_to_release_now(answer):
    assert told(answer, "release") == ["bar: order 156 by bars now, for 2027-01-18"]


def test_pegs_add_up_both_ways(answer):
    for key, item in answer.items.items():
        served = sum(peg.pieces for peg in answer.pegs if peg.item == key)
        supplied = item.stock + sum(item.open) + sum(item.receipts)
        assert served == min(supplied, sum(item.gross))
    orders = {order.order: order.pieces for order in answer.orders}
    for number, pieces in orders.items():
        assert sum(peg.pieces for peg in answer.pegs if peg.supply == number) <= pieces


def test_the_trees_lead_from_customers_to_stock_and_back(answer):
    down = answer.supplied_by
    assert (down.supply, down.date, down.pieces) == ("customers", "2027-01-18", 50)
    assert [(node.supply, node.pieces) for node in down.branches] == [("stock", 30), ("frame/2027-01-18", 20)]
    (arms,) = down.branches[1].branches
    assert (arms.item, arms.supply, arms.pieces) == ("arm", "stock", 40)
    up = answer.serves[1]
    assert up.supply == "frame/2027-01-18"
    assert [(node.supply, node.date) for node in up.branches] == [("customers", "2027-01-18")]


def test_every_peg_of_a_component_leads_to_an_order_that_there_is(answer):
    orders = {order.order for order in answer.orders}
    assert {peg.serves for peg in answer.pegs} <= {"customers", *orders}
    assert {peg.supply for peg in answer.pegs} <= {"stock", "open", *orders}


def test_followed_by_the_engine_what_comes_late_is_late(write):
    # 400 bars make 360 arms and these, with the 60 there, 210 frames; with the 100 in stock the first four orders but
    # ten of them: all other bars come after 40 days, when the plan is nearly over
    late = FRAMES[: FRAMES.index("  receipts:")].replace("lead-time: 10 d", "lead-time: 40 d")
    answer = pw.materials(write(late), effort="quick")
    assert answer.replay.service_level.mean == pytest.approx(310 / 370, abs=0.03)
    assert answer.replay.backlog_end["frame"].mean == 0


def test_a_plan_that_fits_is_delivered_on_its_day(write):
    plenty = FRAMES.replace("start: 400", "start: 4000")
    answer = pw.materials(write(plenty), effort="quick")
    assert not told(answer, "short")
    assert answer.replay.service_level.mean == 1
    assert answer.replay.backlog_end["frame"].mean == 0


def test_nothing_is_added_within_the_frozen_time_and_the_slushy_time_asks(write):
    fenced = write(
        FRAMES.replace("horizon: 6 week", "{horizon: 6 week, frozen: 3 week, slushy: 4 week"[1:].replace(", ", "\n  "))
    )
    answer = pw.materials(fenced, effort="quick", follows=False)
    row = answer.master["frame"]
    assert row.planned == (0, 0, 0, 220, 50, 0)
    assert row.projected == (70, 30, -20, 0, 0, 0)
    assert told(answer, "frozen") == [
        "frame: 20 missing from 2027-01-18 until 2027-01-25; the plan is frozen until 2027-01-25"
    ]
    assert told(answer, "slushy") == ["frame: 220 are added for 2027-01-25, in the slushy time: who agrees?"]


def test_what_was_promised_twice_is_said(write):
    short = FRAMES.replace("start: 100", "start: 10")
    answer = pw.materials(write(short), effort="quick", follows=False)
    # 30 are ordered for the first week, 10 are there, nothing comes before the second
    assert answer.master["frame"].promise[0] == -20
    assert told(answer, "promised twice")[0].startswith("frame: 20 have been promised that cannot be there in time")


def test_overloaded_stations_are_named(write):
    slow = FRAMES.replace("time: 20 min", "time: 10 h")
    answer = pw.materials(write(slow), effort="quick", follows=False)
    # 200 frames of 10 h in the week (lead time 1) in which they are worked on; two presses round the clock have 336 h
    (text,) = told(answer, "overload")
    assert text.startswith("press: overloaded in 2 of 6 periods, most from 2027-01-18 on (2,000 h of work in 336 h)")


def test_missing_products_are_counted_once_however_often_they_are_missing(write):
    often = FRAMES.replace("start: 100", "start: 0").replace("20 min", "20 min, good: 50 %")
    answer = pw.materials(write(often), effort="quick", follows=False)
    (missing,) = (value for term, value, _ in answer.facts if term == "Missing in time")
    assert missing == str(len({message.item for message in answer.messages if message.kind == "short"}))
    assert len({message.name for message in answer.messages if message.kind == "short"}) == int(missing)


def test_a_rule_that_has_nothing_to_weigh_orders_for_each_period_and_says_so(write):
    """Bars have a price and no order cost; arms have an order cost and cost 6 EUR of bars each."""
    asked = FRAMES.replace("arm: {multiple: 50,", "bar: {rule: wagner-whitin}, arm: {rule: poq, order-cost: 9 EUR,")
    answer = pw.materials(write(asked), effort="quick", follows=False)
    assert (answer.items["bar"].rule, answer.items["arm"].rule) == ("lot-for-lot", "poq")
    assert any(note.startswith("Of bar nobody has written what an order costs") for note in answer.notes)
    assert answer.lots is None


def test_lots_that_are_sized_together_tell_their_cost_and_how_good_they_are(write):
    together = FRAMES.replace("horizon: 6 week", "horizon: 6 week\n  levelled: lots\n  order-cost: 5 EUR")
    answer = pw.materials(write(together), effort="quick", follows=False)
    assert answer.items["arm"].rule == "lots"
    assert answer.lots.overtime_h == 0.0
    assert 0 <= answer.lots.gap == pytest.approx(1 - answer.lots.lower_bound / answer.lots.cost, abs=1e-9)


def test_a_levelled_master_schedule_is_built_ahead(write):
    slow = FRAMES.replace("time: 20 min", "time: 3 h").replace("horizon: 6 week", "horizon: 6 week\n  levelled: true")
    answer = pw.materials(write(slow), effort="quick", follows=False)
    assert not told(answer, "overload")
    # 0.95 * 336 h / 3 h = 106.4 frames a week; 20 + 200 + 50 by the fifth week: 93.6 and the week before 106.4 ahead
    assert answer.master["frame"].planned == (0, 14, 106, 107, 43, 0) or sum(answer.master["frame"].planned) == 270
    assert min(answer.master["frame"].projected) >= 0


def test_a_plan_begins_with_the_state_of_today(frames):
    state = State.model_validate(
        {
            "at": "2027-01-11 08:00",
            "stocks": {"frame": 25, "arm": 10, "bar": 0},
            "parts": [
                {"item": "frame", "op": "join", "count": 5},
                {"item": "frame", "op": "join", "machine": "press/1"},
            ],
            "deliveries": [{"item": "bar", "pieces": 300, "due": "2027-01-20 08:00"}],
        }
    )
    answer = pw.materials(frames, state=state, effort="quick", follows=False)
    assert answer.first == "2027-01-11"
    row = answer.master["frame"]
    assert row.orders[0] == 40
    # six come out of process, a lead time after they entered; five of them have yet to take their two arms
    assert row.open == (0, 6, 0, 0, 0, 0)
    assert answer.items["arm"].stock == 0
    assert answer.items["bar"].open == (0, 300, 0, 0, 0, 0)
    assert any("Every run begins from the state" in note for note in answer.notes)


def test_orders_that_use_up_forecast_leave_the_total(write):
    both = FRAMES.replace("  frame:\n    orders:", "  frame:\n    year: 5200\n    orders:")
    answer = pw.materials(write(both), effort="quick", follows=False)
    row = answer.master["frame"]
    # some 100 a week are expected, and the 370 that are ordered are part of them
    assert min(row.forecast) < 100
    assert sum(row.forecast) + sum(row.orders) == pytest.approx(600, abs=80)


def test_what_a_kanban_calls_for_is_planned_but_not_released(write):
    pulled = FRAMES.replace(", called-by: plan", "")
    answer = pw.materials(write(pulled), effort="quick")
    arm = answer.items["arm"]
    assert (arm.kind, arm.lead_time_d, arm.safety) == ("pull", 0, 60)
    assert arm.gross == (0, 40, 400, 100, 0, 0)
    assert arm.releases == (0, 50, 400, 100, 0, 0)
    assert {order.kind for order in answer.orders if order.item == "arm"} == {"pull"}


def test_the_same_question_has_the_same_answer(frames):
    one, two = (pw.materials(frames, effort="quick", workers=workers) for workers in (1, 2))
    assert one.to_json() == two.to_json()


def test_json_and_tables(answer):
    data = json.loads(answer.to_json())
    assert set(data) >= {"master", "items", "orders", "pegs", "messages", "load", "replay", "periods", "currency"}
    assert {"master", "items", "orders", "pegs", "messages", "load"} <= set(answer.tables())
    orders = answer.frame("orders")
    assert orders["pieces"].sum() == sum(order.pieces for order in answer.orders)
    assert dt.date.fromisoformat(orders["due"][0])


def test_the_terminal_tells_what_to_do(answer):
    text = plain(answer)
    assert "bar: order 156 by bars now" in text
    assert "frame: master schedule" in text
    assert "Supplied by: 50 frame" in text


def test_something_that_is_not_there_is_asked_for(frames):
    with pytest.raises(RunError, match=r'there is no product or item "frme"\. Did you mean "frame"') as caught:
        pw.materials(frames, item="frme", effort="quick", follows=False)
    assert caught.value.findings[0].code == "E460"


def test_where_nobody_wants_anything_there_is_no_plan(write):
    nobody = FRAMES[: FRAMES.index("demand:")] + "demand: {frame: {orders: [{date: 2027-12-01, pieces: 5}]}}\n"
    with pytest.raises(RunError, match="nobody wants anything within the horizon of 26 week"):
        pw.materials(write(nobody), effort="quick")


def test_a_plant_that_says_nothing_of_planning_is_planned_by_the_week(bench):
    answer = pw.materials(bench, effort="quick", follows=False)
    assert (answer.bucket_d, len(answer.periods)) == (7, 26)
    assert any("says nothing of planning" in note for note in answer.notes)


COLUMNS = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset"
LIST = f"{COLUMNS},first_seen,last_seen,last_change\nX-1,Company,The mill,,,zz,,,Invented,,,invented,2026-01-01,,\n"


@pytest.fixture
def listed(tmp_path):
    """A list, invented, that the mill is on."""
    path = tmp_path / "targets.simple.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_nothing_is_bought_from_who_is_listed(write, listed):
    yard = "offers:\n  yard-bars: {item: bar, supplier: yard, lead-time: 20 d}\n"
    two = FRAMES.replace("offers:\n", yard).replace("{mill: {name: The mill}}", "{mill: {name: The mill}, yard: {}}")
    for document, offers in ((FRAMES, set()), (two, {"yard-bars"})):
        answer = pw.materials(write(document), lists=[listed], effort="quick")
        assert {order.offer for order in answer.orders if order.kind == "buy"} == offers
        assert answer.screened.refusals[0].name == "The mill"
        assert bool(told(answer, "refused")) == (not offers)


def test_what_nobody_may_supply_runs_out(write, listed):
    answer = pw.materials(write(FRAMES[: FRAMES.index("  receipts:")]), lists=[listed], effort="quick")
    assert told(answer, "refused") == ["bar: who offers it is refused or held; find another supplier for 556"]
    assert answer.items["bar"].projected[-1] == 400 - 556
    assert answer.replay.backlog_end["frame"].mean == pytest.approx(60, abs=10)
