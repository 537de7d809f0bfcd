"""What cannot be asked of a schedule, or of a balance: one error for each, with its code and its remedy."""

import pytest

import plantwright as pw
from plantwright.errors import DocumentError, RunError

JOINERY = "tests/plants/schedule/joinery.yaml"


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / JOINERY)


def refused(kind, plant, **asked):
    with pytest.raises(kind) as caught:
        pw.schedule(plant, **asked)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ({"seconds": 0}, "E415", "0 s is no time to search"),
        ({"steady": -1}, "E415", "steady is -1, less than nothing"),
        ({"replay": -5}, "E415", "replay is -5"),
        ({"rescues": -2}, "E415", "rescues is -2"),
        ({"now": "2027-03-01 07:00"}, "E573", "no schedule before it"),
        ({"down": ["saw from 2027-03-02 10:00 to 2027-03-01"]}, "E573", "ends when it begins, or before"),
        ({"down": ["saw/7 from 2027-03-01 to 2027-03-02"]}, "E574", 'no machine "saw/7"'),
        ({"rush": ["Z"]}, "E574", 'no order "Z"'),
    ],
)
def test_what_cannot_be_meant_is_refused(plant, asked, code, words):
    finding = refused(RunError, plant, **asked)
    assert finding.code == code
    assert words in finding.message


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("id,item,pieces\n", "E106", "there is no order in it"),
        ("id,item,pices\nA,table,3\n", "E110", 'no field "pices"'),
        ("id,item,pieces\nA,tabel,3\n", "E201", 'no item or product "tabel"'),
        ("id,item,pieces\nA,table,-3\n", "E113", '"-3" is negative'),
        ("id,item,pieces\nA,table,3\nA,stool,3\n", "E104", '"A" has two rows'),
        ("id,item,pieces,release,deadline\nA,table,3,2027-03-04,2027-03-02\n", "E561", "before it is released"),
    ],
)
def test_a_table_of_orders_that_is_wrong_has_one_error_at_its_line(plant, tmp_path, text, code, words):
    path = tmp_path / "orders.csv"
    path.write_text(text, "utf-8")
    finding = refused(DocumentError, plant, orders=path)
    assert finding.code == code
    assert words in finding.message
    assert finding.remedy
    assert finding.place is not None
    assert finding.place.file == str(path)


def test_what_no_order_is_for_is_there(plant, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("id,item,pieces,due\nA,table,3,2027-03-02\n", "utf-8")
    told = pw.schedule(plant, orders=path, effort="quick", replay=2)
    assert [order.order for order in told.orders] == ["A"]  # its legs and tops are on the shelf
    assert {bar.order for bar in told.bars} == {"A"}
    assert told.orders[0].on_time.estimate == 1


def test_what_is_missing_and_not_waited_for_is_told(plant):
    told = pw.schedule(plant, missing=["stool until 2027-03-02"], effort="quick", rescues=0)
    assert any("waits for stool" in note for note in told.notes)


def test_a_goal_that_is_no_measure_is_told_once(root, tmp_path):
    text = (root / JOINERY).read_text("utf-8")
    path = tmp_path / "joinery.yaml"
    path.write_text(text.replace("scheduling:\n", "scheduling:\n  goals: [lateness]\n"), "utf-8")
    with pytest.raises(DocumentError) as caught:
        pw.load(path)
    assert [finding.code for finding in caught.value.findings] == ["E115"]


def test_a_balance_is_not_sought_for_less_than_no_time(plant):
    with pytest.raises(RunError, match="-1 s is no time to search"):
        pw.balance(plant, seconds=-1)


@pytest.mark.parametrize(
    ("order", "ends"),
    [
        ({"item": "stool", "pieces": 100_000}, "2028-01-05 07:42"),  # 100 002 min are 222 days of 450 min, and 102 min
        ({"item": "stool", "pieces": 60, "release": "2029-03-05"}, "2029-03-05 07:02"),
    ],
)
def test_what_ends_later_than_anybody_plans_is_scheduled(plant, order, ends):
    told = pw.schedule(ordered(plant, order), effort="quick", rescues=0)
    assert told.complete
    assert told.end.startswith(ends)


def test_what_takes_many_years_is_refused(plant):
    finding = refused(RunError, ordered(plant, {"item": "stool", "pieces": 9_000_000}))
    assert finding.code == "E578"


def ordered(plant, order):
    """The plant with a single order."""
    tree = plant.scheduling.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return plant.replace(scheduling={**tree, "orders": {"A": order}})


def test_a_lot_that_fills_an_oven_many_times_rests_over_night(plant):
    """20 rounds of half an hour and more do not fit in a shift of seven hours and a half."""
    told = pw.schedule(ordered(plant, {"item": "table", "pieces": 160}), effort="quick", rescues=0)
    dry = next(bar for bar in told.bars if bar.operation == "dry")
    assert dry.work_s > 7.5 * 3600
    assert dry.end_s - dry.start_s > dry.work_s


def test_without_orders_the_plan_of_material_is_scheduled(root):
    """What the bakery's plan releases on the day of the schedule, released and due as the plan says."""
    bakery = pw.load(root / "examples" / "bakery")
    unwritten = bakery.replace(scheduling=bakery.scheduling.model_copy(update={"orders": {}}))
    told = pw.schedule(unwritten, effort="quick", rescues=0)
    planned = {row.order: row for row in pw.materials(bakery).orders if row.kind != "buy"}
    assert any("the plan of material releases" in note for note in told.notes)
    assert told.orders
    for row in told.orders:
        assert (row.item, row.pieces) == (planned[row.order].item, planned[row.order].pieces)
        assert row.due[:10] >= planned[row.order].due  # a day is over at its midnight
