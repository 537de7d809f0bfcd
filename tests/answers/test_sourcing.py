"""What `sourcing` answers about a plant small enough to plan by hand."""

import json

import pytest
from ruamel.yaml import YAML

import plantwright as pw
from plantwright.answers.sourcing import briefly
from plantwright.io.patch import apply
from plantwright.study.asked import AskedOfSupply

TEXT = """
name: Kite works
from: 2027-01-04
money: {base: EUR, rates: {USD: 0.9}}
sites: {home: {country: AT}, abroad: {country: RS}}
shops: {hall: {site: home}}
stations: {bench: {shop: hall}}
routes:
  kite: [{op: tie, station: bench, time: 1 min, uses: {frame: 1, cloth: 2}}]
  frame: [{op: glue, station: bench, time: 1 min, uses: {rod: 3}}]
items:
  frame: {made-by: frame, policy: {kanban: 50}}
  cloth: {buy: {}, mass: 0.5 kg}
  rod: {buy: {}}
products: {kite: {made-by: kite, price: 50 EUR}}
demand: {kite: {year: 12 000}}
suppliers:
  weaver: {country: AT, recovery: 10 week}
  mill: {country: CN, recovery: 30 week}
  forest: {country: AT, recovery: 5 week}
offers:
  cloth-weaver: {item: cloth, supplier: weaver, lead-time: 7 d, prices: {1: 6 EUR}, origin: AT}
  cloth-mill: {item: cloth, supplier: mill, lead-time: 70 d, prices: {1: 5 USD, 2000: 4 USD}, origin: CN, tariff: 10 %}
  rod-forest: {item: rod, supplier: forest, lead-time: 7 d, prices: {1: 1 EUR}, content: {AT: 60 %, unknown: 40 %}}
lanes:
  from-china: {from: CN, to: home, modes: {rail: {time: 20 d, cost: 0.4 EUR/kg}, air: {time: 5 d, cost: 3 EUR/kg}}}
  to-serbia: {from: AT, to: abroad}
  back: {from: abroad, to: home, modes: {road: {time: 2 d, cost-per-piece: 0.3 EUR}}}
making:
  kite-home: {item: kite, site: home, cost: 8 EUR}
  frame-home: {item: frame, site: home, cost: 5 EUR}
  frame-abroad: {item: frame, site: abroad, cost: 3 EUR, transfer-price: 8 EUR, capacity: 120/week}
sourcing:
  holding: 0 %
"""


@pytest.fixture(scope="module")
def works(write):
    return write(TEXT)


@pytest.fixture(scope="module")
def plain(works):
    """The answer of the plant as it is."""
    return pw.sourcing(works)


@pytest.fixture(scope="module")
def floored(works):
    """The answer with a floor of 90 %."""
    return pw.sourcing(changed(works, **{"sourcing__local-content__floor": "90 %"}))


def changed(plant, **values):
    """The plant with other values, by path with dots written as two underscores."""
    return apply(plant, {key.replace("__", "."): value for key, value in values.items()})


def pieces(answer, kind, source):
    return sum(flow.pieces for flow in answer.flows if (flow.kind, flow.source) == (kind, source))


def test_the_cheapest_sources_are_used_as_far_as_they_go(plain):
    answer = plain
    abroad = 120 * 365 / 7
    assert pieces(answer, "make", "frame-abroad") == pytest.approx(abroad)  # 3 + 0.30 against 5
    assert pieces(answer, "make", "frame-home") == pytest.approx(12_000 - abroad)
    assert pieces(answer, "buy", "cloth-mill") == pytest.approx(24_000)
    assert {flow.mode for flow in answer.flows if flow.source == "cloth-mill"} == {"from-china by rail"}


def test_the_cost_is_the_sum_by_hand(plain):
    abroad = 120 * 365 / 7
    cloth = 24_000 * (3.6 * 1.1 + 0.2)  # 4 USD: 2,000 an order, twelve orders; duty; half a kilogram by rail
    frames = abroad * (3 + 0.3) + (12_000 - abroad) * 5
    answer = plain
    assert answer.total_cost == pytest.approx(cloth + frames + 12_000 * 8 + 36_000 * 1)
    by_kind = {row.kind: row.cost for row in answer.cost}
    assert by_kind["total"] == pytest.approx(answer.total_cost)
    assert by_kind["duty"] == pytest.approx(24_000 * 0.36)
    assert by_kind["freight"] == pytest.approx(24_000 * 0.2 + abroad * 0.3)


def test_local_content_is_the_formula_by_hand(plain):
    answer = plain
    abroad, sales = 120 * 365 / 7, 600_000
    foreign = 24_000 * 3.6 + 0.4 * 36_000 + abroad * 3
    shares = {(row.method, row.of, row.at): row.local_share for row in answer.content}
    assert shares["build-down", "transaction-value", "cost"] == pytest.approx(1 - foreign / sales)
    net = 24_000 * 3.6 + 36_000 + abroad * 3 + (12_000 - abroad) * 5 + 96_000
    assert shares["build-down", "net-cost", "cost"] == pytest.approx(1 - foreign / net)
    materials = 0.6 * 36_000 + (12_000 - abroad) * 5
    assert shares["build-up", "transaction-value", "cost"] == pytest.approx(materials / sales)
    landed = foreign + 24_000 * (0.36 + 0.2) + abroad * 0.3
    assert shares["sats-1286", "transaction-value", "cost"] == pytest.approx(1 - landed / sales)
    bought = 24_000 * 3.6 + 36_000 + abroad * 3
    assert shares["value-added", "transaction-value", "cost"] == pytest.approx(1 - bought / sales)
    margin = abroad * (8 - 3 - 3)  # three rods at 1, conversion 3, invoice 8
    invoiced = 1 - (foreign + margin) / sales
    assert shares["build-down", "transaction-value", "invoice"] == pytest.approx(invoiced)
    assert all(row.unknown_share == pytest.approx(0.4 * 36_000 / net) for row in answer.content)


def test_a_floor_turns_the_cheapest_choice_and_says_what_a_point_costs(works, plain, floored):
    answer = floored
    assert min(row.local_share for row in answer.content if row.is_asked) == pytest.approx(0.9)
    assert answer.total_cost > plain.total_cost
    for point in answer.points:
        again = pw.sourcing(changed(works, **{"sourcing__local-content__floor": f"{90 + point.points} %"}))
        assert point.total_cost == pytest.approx(again.total_cost)
        assert point.difference == pytest.approx(again.total_cost - answer.total_cost)
    weaver = next(row for row in answer.choices if row.offer == "cloth-weaver")
    assert weaver.is_chosen
    assert "cloth-mill costs" in weaver.why and "floor is worth" in weaver.why


def test_the_slope_is_a_finite_difference_while_nothing_flips(works, floored):
    answer = floored
    near = pw.sourcing(changed(works, **{"sourcing__local-content__floor": "90.001 %"}))
    assert answer.local_cost_per_point == pytest.approx((near.total_cost - answer.total_cost) * 1000, rel=1e-3)


def test_an_offer_is_taken_at_its_switching_price(plain):
    answer = plain
    weaver = next(row for row in answer.choices if row.offer == "cloth-weaver")
    assert weaver.price_to_switch == pytest.approx(3.6 * 1.1 + 0.2)
    assert weaver.then == ("cloth: cloth-weaver 0 % to 100 %", "cloth: cloth-mill 100 % to 0 %")
    assert "costs 1.84 more a piece delivered than cloth-mill" in weaver.why


def test_a_floor_that_no_plan_reaches_says_how_far_it_has_to_come_down(works):
    answer = pw.sourcing(changed(works, **{"sourcing__local-content__floor": "99 %"}))
    assert not answer.is_feasible and answer.total_cost is None
    best = 1 - 0.4 * 36_000 / 600_000  # only the rods of unknown origin are left
    (row,) = answer.limits
    assert row.needed == pytest.approx(best)
    assert "the floor all products 2027 from 99 % to 97.6 %" in answer.verdict


def test_unknown_origin_may_count_as_local(works, plain):
    lenient = changed(works, **{"sourcing__local-content__unknown": "local"})
    gained = pw.sourcing(lenient).content[0].local_share - plain.content[0].local_share
    assert gained == pytest.approx(0.4 * 36_000 / 600_000)


def test_a_country_may_have_no_more_than_its_share(works):
    answer = pw.sourcing(changed(works, sourcing__shares={"CN": "20 %"}))
    (row,) = [row for row in answer.limits if row.limit == "share of CN"]
    assert row.reached == pytest.approx(0.2) and row.margin == pytest.approx(0, abs=1e-9)


def test_a_budget_below_the_cheapest_plan_is_said_to_be_too_small(works, plain):
    cheapest = plain.total_cost
    answer = pw.sourcing(changed(works, sourcing__budget="100 000 EUR"))
    assert not answer.is_feasible
    assert answer.limits[0].needed == pytest.approx(cheapest)


def test_too_little_of_an_item_is_named(works):
    answer = pw.sourcing(changed(works, **{"offers__rod-forest__capacity": "300/week"}))
    assert not answer.is_feasible
    assert answer.short_of == {"rod": pytest.approx(300 * 365 / 7 / 36_000)}
    assert "too little of rod" in answer.verdict


def test_exchange_rates_and_transfer_prices_swing(plain):
    answer = plain
    rows = {(row.what, round(row.change, 2)): row for row in answer.swings}
    assert set(rows) == {("transfer prices", -0.1), ("transfer prices", 0.1), ("USD", -0.1), ("USD", 0.1)}
    dearer = rows["USD", 0.1]
    assert dearer.cost_of_plan - answer.total_cost == pytest.approx(24_000 * 3.6 * 0.1 * 1.1)
    assert dearer.cost_solved_again <= dearer.cost_of_plan * (1 + 1e-9)
    assert rows["transfer prices", 0.1].cost_of_plan == pytest.approx(answer.total_cost)
    assert rows["transfer prices", 0.1].local_share_of_plan_at_invoice < answer.content[1].local_share


def test_nothing_on_the_front_is_beaten(plain):
    front = plain.front
    assert front[0].total_cost == pytest.approx(plain.total_cost)
    assert len(front) > 2
    for one in front:
        beaten = [
            other
            for other in front
            if other is not one
            and other.total_cost <= one.total_cost
            and other.local_share >= one.local_share
            and other.exposure <= one.exposure
        ]
        assert beaten == []


def test_as_part_of_run_it_leaves_the_front_and_the_swings_to_the_question_itself(works, floored):
    brief = briefly(changed(works, **{"sourcing__local-content__floor": "90 %"}), AskedOfSupply())
    assert (brief.front, brief.swings) == ((), ())
    assert brief.verdict == floored.verdict
    assert brief.points == floored.points
    assert any("plans that nothing beats" in note for note in brief.notes)


def test_an_item_without_a_price_is_named(works):
    with pytest.raises(pw.RunError, match="no offer for rod has a price") as error:
        pw.sourcing(changed(works, **{"offers__rod-forest__prices": {}}))
    assert [finding.code for finding in error.value.findings] == ["E470"]


def test_freight_by_mass_needs_a_mass(works):
    tree = YAML(typ="safe").load(TEXT)
    del tree["items"]["cloth"]["mass"]
    plant = pw.Plant.model_validate({**tree, "name": "Kite works"})
    with pytest.raises(pw.RunError, match="how heavy cloth is"):
        pw.sourcing(plant)


def test_an_offer_without_a_currency_is_refused_by_the_reader(write):
    with pytest.raises(pw.DocumentError, match="has no unit"):
        write(TEXT.replace("prices: {1: 6 EUR}", "prices: {1: 6}"))


def test_a_bill_with_a_cycle_is_named(write):
    with pytest.raises(pw.DocumentError, match="it is built of itself: "):
        write(TEXT.replace("uses: {rod: 3}", "uses: {rod: 3, kite: 1}"))


def test_a_listed_supplier_is_in_no_plan_and_the_plan_says_so(works, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text(
        '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones",'
        '"emails","program_ids","dataset","first_seen","last_seen","last_change"\n'
        '"x-1","Company","Mill Cloth Trading","Mill","","cn","","","","","","","invented","2026-01-01","2026-01-01",'
        '"2026-01-01"\n',
        encoding="utf-8",
    )
    named = changed(works, suppliers__mill__name="Mill Cloth Trading")
    answer = pw.sourcing(named, lists=[listed])
    assert "cloth-mill" in answer.screened.offers
    assert {flow.source for flow in answer.flows if flow.item == "cloth" and flow.kind == "buy"} == {"cloth-weaver"}
    assert answer.verdict.startswith("Refused: Mill Cloth Trading")
    refusal = answer.screened.refusals[0]
    assert (refusal.list, bool(refusal.list_date), refusal.score > 0.9) == ("list.csv", True, True)


def test_the_same_plant_gives_the_same_bytes(works):
    assert pw.sourcing(works).to_json() == pw.sourcing(works).to_json()


def test_every_table_becomes_a_frame_and_json_has_it(floored):
    answer = floored
    assert {"choices", "flows", "content", "front", "limits", "points", "swings", "cost"} <= set(answer.tables())
    for table in answer.tables():
        assert answer.frame(table).height == len(getattr(answer, table))
    data = json.loads(answer.to_json())
    assert data["is_feasible"] is True and data["currency"] == "EUR"


def test_it_prints_what_matters(floored):
    text = str(floored)
    for words in ("Who is chosen, and why", "Another floor, solved again", "Plans that nothing beats", "90.0 %"):
        assert words in text


def test_a_plant_without_demand_or_offers_is_told_what_is_missing(root):
    for name, missing in (("line", "demand: {"), ("bench", "offers: {")):
        with pytest.raises(pw.PlantwrightError, match=missing) as caught:
            pw.sourcing(pw.load(root / "examples" / f"{name}.yaml"))
        assert "E475" in str(caught.value)
