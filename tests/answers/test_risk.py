"""What a loss does, by hand on a small plant, and what holds for every plant."""

import json

import pytest

import plantwright as pw
from plantwright.errors import DocumentError, RunError

LAMPS = """
    plantwright: 1
    name: Lamps
    money: {base: EUR}
    sites: {works: {country: AT, recovery: 4 week}}
    shops: {hall: {site: works}}
    stations: {bench: {shop: hall}}
    items:
      bulb: {buy: {from: [near-bulb, far-bulb], policy: {s: 250, Q: 100}}, price: 2 EUR}
      stand: {buy: {from: [own-stand, far-stand], policy: {s: 200, Q: 100}}, price: 1 EUR}
    routes:
      lamp: [{op: fit, station: bench, time: 1 min, uses: {bulb: 1, stand: 1}}]
    products: {lamp: {made-by: lamp, price: 10 EUR, margin: 6 EUR, ahead: 0 d, start: 70}}
    suppliers:
      near: {name: Near Glow, country: AT, recovery: "uniform(6 week, 10 week)"}
      far: {name: Far Glow, country: VN, recovery: 10 week}
      stander: {name: Stander, country: AT, recovery: 6 week}
      standfar: {name: Standfar, country: VN, recovery: 6 week}
    offers:
      near-bulb: {item: bulb, supplier: near, lead-time: 1 week, capacity: 140/week}
      far-bulb:
        {item: bulb, supplier: far, lead-time: 2 week, capacity: 140/week,
         qualified: false, qualification: 8 week, qualification-cost: 1 000 EUR}
      own-stand: {item: stand, supplier: stander, lead-time: 1 week, capacity: 140/week}
      far-stand: {item: stand, supplier: standfar, lead-time: 1 week, capacity: 140/week}
    demand: {lamp: {year: 3650}}
    risk: {horizon: 26 week}
"""
"""Ten lamps a day. 230 bulbs and 180 stands lie there, and 70 lamps."""


@pytest.fixture(scope="module")
def lamps(write):
    return write(LAMPS)


@pytest.fixture(scope="module")
def answer(lamps):
    return pw.risk(lamps, survive="12 weeks", replays=0)


def row(answer, id_):
    return next(each for each in answer.exposures if each.id == id_)


def test_the_day_of_the_stop_can_be_counted_by_hand(answer):
    near = row(answer, "near")
    # The 70 lamps last a week, in which none is planned to be made, and 230 bulbs 23 days more.
    assert [near.stops_day_p10, near.stops_day_p50, near.stops_day_p90] == pytest.approx([30.0] * 3, abs=0.2)
    assert near.short_day_p50 == pytest.approx(30.0, abs=0.2)
    assert (near.first_product, near.short_of) == ("lamp", "bulb")
    assert near.recovery_p10_d == pytest.approx(7 * 6.4)


def test_a_longer_recovery_costs_more(answer):
    near = row(answer, "near")
    # Back after eight weeks: weeks five to eight are lost, less what the first days of the fifth still had.
    assert near.loss_p10 < near.loss_p50 < near.loss_p90
    assert near.loss_p50 == pytest.approx((56 - 30) * 10 * 6, abs=10)
    assert near.best_loss_p50 == pytest.approx(near.loss_p50, rel=0.02)


def test_an_offer_that_is_not_used_can_be_lost(answer):
    assert row(answer, "standfar").loss_p90 == 0.0
    assert row(answer, "standfar").stops_day_p90 is None


def test_two_makers_of_one_thing_must_not_fail_together(answer):
    both = next(pair for pair in answer.pairs if {pair.first, pair.second} == {"supplier stander", "supplier standfar"})
    # 180 stands last 18 days after the week of lamps; from day 25 to 42 ten lamps a day are lost, at 6 EUR.
    assert both.is_safe_alone and both.loss_one_by_one == 0.0
    assert both.short_day == pytest.approx(25.0, abs=0.2)
    assert both.loss == pytest.approx((42 - 25) * 10 * 6, abs=10)


def test_steady_rates_agree_with_themselves_and_the_index_is_a_share(answer):
    assert answer.is_consistent
    assert max(each.index for each in answer.exposures) == 1.0
    assert all(0.0 <= each.index <= 1.0 for each in answer.exposures)


def test_the_protection_is_enough_and_not_more_than_stock_alone(answer):
    found = answer.protection
    assert [each.is_reached for each in found.checked] == [True] * len(found.checked)
    near = next(each for each in found.checked if each.cause == "supplier near")
    assert near.before_d == pytest.approx(30.0, abs=0.2)
    # The other maker, if he is qualified when the loss comes, delivers from the eleventh week on. Until then 700 lamps
    # are wanted and 300 can be made: 400 bulbs at 2 EUR and 20 % a year cost less than the 200 of his qualification.
    assert [(measure.kind, measure.what) for measure in found.measures] == [("stock", "bulb")]
    assert found.cost_per_year == pytest.approx(160.0, abs=1.0)
    assert found.least_per_year <= found.cost_per_year + 1e-6


def test_what_is_offered_ready_made_and_lost_can_still_be_made_from_stock(write):
    """Who makes bulbs sells bases too, which can be built of arms, bent of his clips: clips in stock are enough."""
    bases = LAMPS.replace(
        "stand: 1}}]",
        """stand: 1, base: 1}}]
      base: [{op: join, station: bench, time: 1 min, uses: {arm: 1}}]
      arm: [{op: bend, station: bench, time: 1 min, uses: {clip: 1}}]""",
    )
    bases = bases.replace(
        "    routes:",
        """      base: {made-by: base, policy: {kanban: 50}}
      arm: {made-by: arm, policy: {kanban: 50}}
      clip: {buy: {from: near-clip, policy: {s: 200, Q: 100}}, price: 1 EUR}
    routes:""",
    )
    bases = bases.replace(
        "    demand:",
        """      near-clip: {item: clip, supplier: near, lead-time: 1 week, capacity: 140/week}
      near-base: {item: base, supplier: near, lead-time: 1 week, capacity: 140/week}
    demand:""",
    )
    found = pw.risk(write(bases), survive="12 weeks", replays=0).protection
    assert {measure.what for measure in found.measures} == {"bulb", "clip"}
    assert all(each.is_reached for each in found.checked)


def test_a_second_maker_without_a_limit_can_be_qualified_too(write):
    endless = LAMPS.replace("1 000 EUR", "500 EUR").replace("2 week, capacity: 140/week,", "2 week,")
    found = pw.risk(write(endless), survive="12 weeks", replays=0).protection
    assert [measure.what for measure in found.measures] == ["far-bulb"]
    assert all(each.is_reached for each in found.checked)


def test_a_second_maker_is_qualified_where_that_is_cheaper(write):
    found = pw.risk(write(LAMPS.replace("1 000 EUR", "500 EUR")), survive="12 weeks", replays=0).protection
    assert [(measure.kind, measure.what, measure.once) for measure in found.measures] == [
        ("qualification", "far-bulb", 500.0)
    ]
    assert found.cost_per_year == 100.0
    assert all(each.is_reached for each in found.checked)


def test_stock_is_bought_where_it_is_cheaper(lamps):
    short = pw.risk(lamps, survive="6 weeks", replays=0).protection
    # 42 days take 420: 300 are there. 120 bulbs more at 2 EUR, 20 % a year.
    assert [(each.kind, each.what, each.pieces) for each in short.measures] == [
        ("stock", "bulb", pytest.approx(120, abs=1))
    ]
    assert short.cost_per_year == pytest.approx(48.0, abs=0.5)


def test_a_loss_that_is_named_is_followed_day_by_day(lamps):
    found = pw.risk(lamps, lose="far", replays=0)
    assert found.course_of == "supplier far"
    assert [day.day for day in found.course[:3]] == [1, 2, 3]
    assert {day.made["lamp"] for day in found.course[7:20]} == {10.0}


def test_the_simulation_runs_out_of_the_same_thing(lamps):
    found = pw.risk(lamps, survive="12 weeks", replays=1)
    lost, protected = found.replays
    assert lost.cause == "supplier near"
    assert lost.runs_out_day["bulb"] == pytest.approx(23, abs=7)
    # 18 to 33 days of ten lamps wait for bulbs when they come again on day 56.
    assert lost.owed_most["lamp"] == pytest.approx(260, abs=80)
    assert lost.owed_most_day == pytest.approx(56, abs=3)
    assert protected.is_protected and protected.owed_most["lamp"] < 20


def test_the_same_question_has_the_same_answer(lamps, answer):
    assert pw.risk(lamps, survive="12 weeks", replays=0).to_json() == answer.to_json()
    assert json.loads(answer.to_json())["currency"] == "EUR"
    assert answer.frame("exposures").height == len(answer.exposures)
    assert "Near Glow" in str(answer)


def test_a_refused_party_supplies_nothing(write):
    found = pw.risk(write(LAMPS + "    screening: {countries: [VN]}\n"), survive="12 weeks", replays=0)
    assert set(found.screened.offers) == {"far-bulb", "far-stand"}
    assert not {"far", "standfar"} & {each.id for each in found.exposures}
    assert not {"far-bulb", "far-stand"} & {each.offer for each in found.purchases}
    assert not {"far-bulb"} & {each.what for each in found.protection.measures}


def test_the_rule_of_the_planner_changes_what_is_lost(write):
    two = LAMPS.replace("demand: {", "demand: {spot: {year: 3650}, ")
    two = two.replace("products: {", "products: {spot: {made-by: spot, margin: 20 EUR, ahead: 0 d, start: 70}, ")
    two = two.replace("routes:", "routes:\n      spot: [{op: fit, station: bench, time: 1 min, uses: {bulb: 1}}]")
    losses = {}
    for rule in ("fair-share", "margin", "listed"):
        plant = write(two.replace("risk: {", f"risk: {{rule: {rule}, "))
        losses[rule] = row(pw.risk(plant, replays=0), "near").loss_p50
    assert losses["margin"] <= losses["fair-share"]


@pytest.mark.parametrize(
    ("text", "instead", "code"),
    [
        ("margin: 6 EUR, ", "", None),
        ("price: 10 EUR, margin: 6 EUR, ", "", "E485"),
    ],
)
def test_a_margin_is_written_or_follows_from_the_price(write, text, instead, code):
    plant = write(LAMPS.replace(text, instead))
    if code is None:
        # 10 EUR less a bulb at 2 and a stand at 1.
        assert row(pw.risk(plant, replays=0), "works").loss_p50 / (28 - 7) / 10 == pytest.approx(7.0, rel=0.01)
    else:
        with pytest.raises(RunError, match=code):
            pw.risk(plant, replays=0)


def test_bad_questions_explain_themselves(lamps, bench):
    with pytest.raises(RunError, match="E483"):
        pw.risk(lamps, survive="soon")
    with pytest.raises(RunError, match=r'E484.*"near"'):
        pw.risk(lamps, lose="nearr")
    with pytest.raises(RunError, match=r"E48[25]"):
        pw.risk(bench)


def test_an_event_that_names_nothing_is_refused(write):
    with pytest.raises(DocumentError, match="names countries, ports, suppliers, sites or lanes"):
        write(LAMPS.replace("risk: {", "risk: {events: {storm: {recovery: 1 week}}, "))


def test_unknown_names_in_events_are_found(write):
    with pytest.raises(DocumentError, match=r'"nearr".*"near"'):
        write(LAMPS.replace("risk: {", "risk: {events: {storm: {suppliers: [nearr]}}, "))


def test_the_command_answers_programs_and_writes_a_page(root, tmp_path, capsys):
    from plantwright.cli import app

    page = tmp_path / "risk.html"
    plant = str(root / "examples" / "bakery")
    app(["risk", plant, "--replays", "0", "--lose", "wrapwell", "--report", str(page), "--json"], standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert told["course_of"] == "supplier wrapwell"
    assert "Wrapwell" in page.read_text("utf-8")
