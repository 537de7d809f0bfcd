import json

import pytest

import plantwright as pw

VARIANT = "examples/uas-plant/patches/new-variant.yaml"


@pytest.fixture(scope="module")
def uas(root):
    return pw.load(root / "examples" / "uas-plant")


@pytest.fixture(scope="module")
def answer(root, uas):
    return pw.platform(uas, variant=pw.load_patch(root / VARIANT))


def test_the_three_variants_have_four_configurations_and_thirty_four_items_in_common(answer):
    assert [(each.product, each.options["packs"]) for each in answer.configurations] == [
        ("agri", "2"), ("agri", "3"), ("insp", "2"), ("cargo", "2"),
    ]  # fmt: skip
    assert len({each.bill_sha256 for each in answer.configurations}) == 4
    assert sum(len(row) > 1 for row in answer.commonality.pieces.values()) == 34
    assert answer.commonality.uses / answer.commonality.parts == pytest.approx(answer.commonality.dci)


def test_the_headline_is_the_sum_of_its_parts(answer):
    assert answer.savings_per_year == pytest.approx(sum(row.per_year for row in answer.savings))
    assert answer.savings_per_year == pytest.approx(sum(row.total_per_year for row in answer.modules))
    wide = answer.savings_per_year_inputs
    assert wide.low < answer.savings_per_year < wide.high
    assert answer.currency == "USD"


def test_the_page_tells_the_numbers_of_today(answer, root):
    text = " ".join((root / "docs" / "answers" / "platform.md").read_text(encoding="utf-8").split())
    wide, by = answer.savings_per_year_inputs, {row.key: row.per_year / 1e6 for row in answer.savings}
    assert f"saves {answer.savings_per_year / 1e6:.1f} MUSD a year" in text
    assert f"within the ranges {wide.low / 1e6:.1f} to {wide.high / 1e6:.1f}:" in text
    assert f"qualification {by['qualification']:.2f}, price breaks and order sizes {by['prices']:.2f} " in text
    assert f"pooled stock {by['stock']:.2f}, tooling {by['tooling']:.2f}, changeovers {by['changeovers']:.3f}." in text
    lost = {row.key: (row.loss_shared / 1e6, row.loss_apart / 1e6) for row in answer.exposure}
    assert lost["corvane"] == lost["oldmere"] == (0.0, pytest.approx(3.7, abs=0.05))
    assert lost["ashgrove"] == lost["jadewell"] == pytest.approx((5.6, 4.5), abs=0.05)
    assert lost["flight-board"] == pytest.approx((5.6, 2.6), abs=0.05)


def test_the_150_percent_bill_says_what_decides(answer):
    lines = {(line.parent, line.item): line for line in answer.family_bill}
    assert lines["agri", "pack-large"].pieces == {"2": 2, "3": 3}
    assert lines["agri", "pack-large"].option == "packs"
    assert lines["agri", "motor-large"].pieces == {"always": 8}  # four at each of two stations
    assert lines["flight-board", "bare-flight"].products == ("agri", "insp", "cargo")


def test_an_impossible_choice_is_the_verdict(uas):
    found = pw.platform(uas, choose={"payload": "camera", "packs": 3})
    assert found.configurations == ()
    assert len(found.conflict.statements) == 2
    assert "impossible" in found.verdict
    assert "camera-frame" in str(found)


def test_one_configuration_has_its_bill(uas):
    found = pw.platform(uas, choose={"product": "agri", "packs": 3}, on="2027-06-01")
    pieces = {(line.parent, line.item): line.pieces_per_unit for line in found.bill}
    assert pieces["pack-large", "cell-large"] == 42
    assert found.bill[0].level == 1
    assert found.on == "2027-06-01"


def test_what_the_new_variant_needs(answer, uas):
    needs = answer.variant
    assert needs.products == ("survey",)
    assert needs.new_parts == ("scanner",)
    assert "flight-board" in needs.shared_parts
    assert len(needs.new_operations) == 7
    assert [row.skill for row in needs.skills if row.is_new] == ["alignment"]
    # module, product and offer of the patch
    assert needs.qualification == pytest.approx({"scanner": 150_000, "survey": 280_000, "scanner-pelagia": 60_000})
    assert needs.qualification_cost == pytest.approx(490_000)
    assert needs.rough_cut_after_per_year != needs.rough_cut_before_per_year
    assert needs.dci_after > needs.dci_before  # it is built of what is there
    rows = {row.station: row for row in needs.stations}
    assert rows["calibration"].laboratory
    # 3,000 units of 18 min, 3 % of which are aligned for nothing; what fails later is not made again here
    assert rows["calibration"].hours_of_new == pytest.approx(3_000 / 0.97 * 0.3)
    assert all(row.load_after > row.load_before for row in needs.stations)


def test_a_variant_that_nobody_prices_is_unknown_not_free(uas):
    patch = {"items.gimbal-2": {"buy": {}}, "routes.insp.fa-09.uses": {"gimbal-2": 1}}
    needs = pw.platform(uas, variant=patch).variant
    assert needs.qualification == {"gimbal-2": None}
    assert needs.qualification_cost == 0


def test_same_question_same_bytes(uas, answer, root):
    again = pw.platform(uas, variant=pw.load_patch(root / VARIANT))
    assert again.to_json() == answer.to_json()
    assert json.loads(answer.to_json())["commonality"]["dci"] == pytest.approx(answer.commonality.dci)


def test_it_prints_and_has_frames(answer):
    shown = str(answer)
    assert "What sharing saves, USD" in shown
    assert "alignment" in shown
    assert answer.frame("modules").height == len(answer.modules)


def test_a_plant_without_families_has_one_of_all_its_products(bench):
    found = pw.platform(bench)
    assert tuple(found.products) == ("part",)
    assert found.savings_per_year == 0
    assert any("nothing to save" in note for note in found.notes)


def test_what_there_is_not_is_told(uas):
    with pytest.raises(pw.RunError, match='Did you mean "payload"'):
        pw.platform(uas, choose={"paylod": "camera"})
    with pytest.raises(pw.RunError, match='no family "lift"'):
        pw.platform(uas, family="lift")
    with pytest.raises(pw.RunError, match='"June" is no day'):
        pw.platform(uas, on="June")


def test_both_plants_may_be_simulated(write, moment):
    plant = write("""
        plantwright: 1
        name: Two machines
        calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
        stations: {saw: {calendar: day}, drill: {calendar: day, room: 5}}
        routes:
          part: [{op: saw, station: saw, time: 2 min}, {op: drill, station: drill, time: 4 min}]
          flat: [{op: saw, station: saw, time: 3 min}]
        products: {part: {made-by: part, platform: parts}}
        items: {flat: {made-by: flat}}
        demand: {part: {year: 24 000}, flat: {year: 10}}
    """)
    patch = {"products.flat-2": {"made-by": "flat", "platform": "parts"}, "demand.flat-2": {"year": 8000}}
    found = pw.platform(plant, variant=patch, simulate=True, effort=moment)
    assert any(row.name.startswith("good units") for row in found.variant.simulated)
    assert any(row.name.startswith("good units") for row in found.simulated)
    assert "a copy each (A)" in str(found)
