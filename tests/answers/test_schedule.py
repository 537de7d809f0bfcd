"""What runs where and when in a joinery: every bar explained, late orders followed back, events that move little."""

import csv
import datetime as dt
import json

import pytest
from typer.testing import CliRunner

import plantwright as pw
from plantwright.cli import app
from plantwright.errors import DocumentError, RunError
from plantwright.report import exports

JOINERY = "tests/plants/schedule/joinery.yaml"


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / JOINERY)


@pytest.fixture(scope="module")
def answer(plant):
    return pw.schedule(plant)


def changed(plant, **scheduling):
    """The plant with other orders, goals and the like, as a document would have them."""
    tree = plant.scheduling.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return plant.replace(scheduling={**tree, **scheduling})


def bar(answer, order, operation, lot=1):
    return next(each for each in answer.bars if (each.order, each.operation, each.lot) == (order, operation, lot))


@pytest.fixture(scope="module")
def saw(write):
    """One saw that takes an hour for each part, six hours a day without a break."""
    return write(
        """
        name: Saw
        from: 2027-03-01
        calendars: {day: {shifts: [Mon-Fri 06:00-12:00]}}
        crews: {sawyers: {skills: [saw], people: 1, calendar: day, wage: 20 EUR/h}}
        stations: {saw: {calendar: day, price: 9 kEUR}}
        items: {part: {made-by: part}}
        routes: {part: [{op: cut, station: saw, time: 1 h, people: {saw: 1}}]}
        scheduling:
          start: 2027-03-01 06:00
          goals: [tardiness]
          orders:
            A: {item: part, pieces: 3, due: 2027-03-01 09:00, weight: 2}
            B: {item: part, pieces: 2, due: 2027-03-01 10:00}
        """
    )


# ------------------------------------------------------------------------------------------------- the schedule


def test_everything_that_is_ordered_is_scheduled(answer):
    assert len(answer.bars) == 19  # three lots of five operations, and tops (2), stools, legs
    assert {row.order for row in answer.orders} == {"A", "B", "T", "S", "L"}
    assert answer.checked
    assert answer.complete
    assert answer.verdict.startswith("19 operations: 5 orders, all 4 due dates kept")


def test_it_is_no_worse_than_any_dispatching_rule(answer):
    own = tuple(goal.value for goal in answer.goals)
    assert len(answer.rules) >= 10
    assert all(own <= rule.values for rule in answer.rules)


def test_a_bar_tells_where_when_by_whom_and_from_when_it_is_set_up(answer):
    paint = bar(answer, "S", "paint")
    assert (paint.machine, paint.family) == ("booth/1", "stool")
    assert (paint.setup, paint.start) == ("2027-03-01 06:00:00", "2027-03-01 06:02:00")  # 2 min from nothing
    assert paint.work_s == 6 * 60
    assert bar(answer, "T", "cut").crew == "sawyers"  # who can also join is spared for joining
    assert bar(answer, "T", "glue").crew == "joiners"
    assert bar(answer, "T", "glue").tools == "jig"


def test_orders_are_told_with_what_is_left_until_they_are_due(answer):
    row = next(row for row in answer.orders if row.order == "B")
    assert row.due == "2027-03-01 14:00:00"
    assert row.slack_h == pytest.approx((row.due_s - row.end_s) / 3600)
    assert (row.customer, row.late, row.tardiness_h) == ("School", False, 0)


def test_pegs_lead_from_a_lot_to_what_it_is_built_into(answer):
    pegs = {(peg.item, peg.to_order, peg.to_lot): peg for peg in answer.pegs}
    assert pegs["leg", "B", 1].pieces == 10
    assert pegs["leg", "B", 1].from_order == "L"
    assert answer.bars[pegs["leg", "B", 1].bar].operation == "join"


def test_the_same_question_has_the_same_answer_whoever_works_on_it(plant, answer):
    assert pw.schedule(plant, workers=1).to_json() == answer.to_json()


def test_the_answer_for_programs_has_units_in_its_names(answer):
    told = json.loads(answer.to_json())
    assert {"start_s", "end_s", "setup_s", "work_s"} <= told["bars"][0].keys()
    assert {"tardiness_h", "slack_h", "flow_h", "work_h"} <= told["orders"][0].keys()
    assert told["time_zone"] == "Europe/Vienna"
    assert {"orders", "bars", "chains", "rescues", "stations", "rules", "pegs", "moved"} <= set(answer.tables())
    assert answer.frame("bars").height == 19


# ----------------------------------------------------------------------------------------------------- reasons


def test_every_bar_tells_what_it_waited_for(answer):
    assert bar(answer, "T", "cut").reason == "start"
    glue = bar(answer, "T", "glue")
    assert (glue.reason, answer.bars[glue.waits_for].operation) == ("predecessor", "cut")
    paint = bar(answer, "S", "paint")
    assert (paint.reason, paint.why) == ("setup", "its setup of 2 min on Paint booth")
    assert all(each.why for each in answer.bars)


def test_what_is_waited_for_ends_when_the_bar_begins(saw):
    told = pw.schedule(saw)
    first, second = told.bars
    assert (first.order, first.reason, first.start[11:]) == ("A", "start", "06:00:00")
    assert (second.reason, second.waits_for, second.start[11:]) == ("machine", 0, "09:00:00")
    assert second.why == "saw, which does cut of A until Mon 09:00"


def test_who_is_missing_is_named(saw):
    station = {"calendar": "day", "machines": [{"only": ["part"]}, {"only": ["piece"]}]}
    routes = {**saw.routes, "piece": saw.routes["part"]}
    two = saw.replace(stations={"saw": station}, routes=routes, items={**saw.items, "piece": {"made-by": "piece"}})
    orders = {"A": {"item": "part", "pieces": 3, "weight": 9, "due": "2027-03-01 09:00"}}
    orders["B"] = {"item": "piece", "pieces": 2, "due": "2027-03-01 10:00"}
    told = pw.schedule(changed(two, orders=orders))
    second = told.bars[1]
    assert (second.machine, second.reason) == ("saw/2", "crew")  # a saw for each, and one who can saw
    assert second.why == "saw: all taken until cut of A let go Mon 09:00"


def test_nights_are_waited_for(saw):
    late = changed(saw, orders={"A": {"item": "part", "pieces": 5}, "B": {"item": "part", "pieces": 2, "lot": 1}})
    told = pw.schedule(late)
    overnight = max(told.bars, key=lambda each: each.start_s)
    assert overnight.start == "2027-03-02 06:00:00"
    assert overnight.reason == "calendar"


def test_what_is_released_later_waits_for_its_material(saw):
    orders = {"A": {"item": "part", "pieces": 1, "release": "2027-03-01 08:30"}}
    (only,) = pw.schedule(changed(saw, orders=orders)).bars
    assert (only.reason, only.start[11:]) == ("release", "08:30:00")


# -------------------------------------------------------------------------------------------- late orders


@pytest.fixture(scope="module")
def late(saw):
    """B is an hour late: it waits for A."""
    return pw.schedule(saw)


def test_a_late_order_is_followed_back_to_its_first_cause(late):
    assert late.verdict.startswith("2 operations: 1 of 2 orders is late, B by 60 min")
    assert [(link.of_order, link.reason) for link in late.chains] == [("B", "machine"), ("A", "start")]
    assert [each.critical for each in late.bars] == [True, True]


def test_what_would_save_it_is_scheduled_anew(late):
    found = {rescue.kind: rescue for rescue in late.rescues}
    # before A it ends at 8:00, and A two hours late; on a saw of its own there is nobody to work at it
    assert (found["weight"].tardiness_h, found["weight"].others_h) == (0, 2)
    assert found["weight"].in_time
    assert (found["machine"].cost, found["machine"].gained_h) == (9000, 0)
    assert not found["machine"].in_time
    assert late.rescues[0].kind == "weight"  # what saves it comes first


def test_overtime_is_told_with_its_wages(saw):
    orders = {"A": {"item": "part", "pieces": 8, "due": "2027-03-01 14:00"}}
    found = {rescue.kind: rescue for rescue in pw.schedule(changed(saw, orders=orders)).rescues}
    # eight hours in a shift of six: two hours more on Monday, and as many on Tuesday on which it ends now
    assert found["overtime"].in_time
    assert found["overtime"].cost == 2 * 2 * 20


def test_deadlines_that_cannot_hold_are_the_fewest_and_eased_for_the_least(saw):
    orders = {
        "A": {"item": "part", "pieces": 3, "deadline": "2027-03-01 09:00", "weight": 5},
        "B": {"item": "part", "pieces": 2, "deadline": "2027-03-01 09:30"},
        "C": {"item": "part", "pieces": 1, "deadline": "2027-03-05 09:30"},
    }
    told = pw.schedule(changed(saw, orders=orders))
    assert not told.complete
    # 3 h and 2 h cannot both end by 9:30; the lighter one gives way: 11:00 instead of 9:30. C has no part in it.
    assert [(each.what, each.text) for each in told.conflicts] == [
        ("deadline", "A is finished by Mon 09:00"),
        ("deadline", "B is finished by Mon 09:30"),
    ]
    assert told.conflicts[1].remedy == "Let it be 90 min later: then all deadlines can be kept."
    assert "without any one of them the others can" in told.verdict


def test_a_deadline_that_its_order_alone_cannot_keep_is_told(saw):
    orders = {"A": {"item": "part", "pieces": 3, "deadline": "2027-03-01 08:00"}}
    told = pw.schedule(changed(saw, orders=orders))
    assert "it cannot be kept whatever else is given up: A is finished by Mon 08:00" in told.verdict
    assert told.conflicts[0].remedy == "Let it be 60 min later: then all deadlines can be kept."


# ------------------------------------------------------------------------------------------------- events


def test_when_nothing_has_happened_nothing_moves(plant, answer):
    assert pw.schedule(plant, after=answer).moved == ()


def test_a_breakdown_moves_what_it_touches(saw):
    before = pw.schedule(saw)
    told = pw.schedule(saw, after=before, down=["saw from 2027-03-01 09:30 to 2027-03-01 10:30"])
    assert told.moved == ()  # B has not begun elsewhere: it stands still for an hour and goes on
    assert [each.end[11:] for each in told.bars] == ["09:00:00", "12:00:00"]


def test_what_has_begun_stays_and_an_urgent_order_comes_next(saw):
    orders = {name: {"item": "part", "pieces": 1, "due": "2027-03-01 10:00"} for name in "ABCD"}
    steady = changed(saw, orders=orders)
    before = pw.schedule(steady)
    assert [each.order for each in before.bars] == ["A", "B", "C", "D"]
    tight = {**orders, "D": {"item": "part", "pieces": 1, "due": "2027-03-01 08:00"}}
    told = pw.schedule(changed(saw, orders=tight), after=before, rush=["D"], now="2027-03-01 06:30")
    begins = {each.order: each.start[11:16] for each in told.bars}
    assert begins["A"] == "06:00"
    assert begins["D"] == "07:00"
    assert {"B", "D"} <= {move.order for move in told.moved} <= {"B", "C", "D"}


def test_the_more_it_is_worth_to_stay_the_less_moves(saw):
    orders = {name: {"item": "part", "pieces": 1, "due": "2027-03-01 10:00"} for name in "ABCD"}
    before = pw.schedule(changed(saw, orders=orders))
    tight = changed(saw, orders={**orders, "D": {"item": "part", "pieces": 1, "due": "2027-03-01 09:00"}})
    assert pw.schedule(tight, after=before, steady=0.1).moved != ()
    assert pw.schedule(tight, after=before, steady=10).moved == ()


def test_hours_and_bars_that_move_are_told_apart(saw):
    orders = {name: {"item": "part", "pieces": 1, "due": "2027-03-01 10:00"} for name in "ABCD"}
    before = pw.schedule(changed(saw, orders=orders))
    late = {**orders, "D": {"item": "part", "pieces": 1, "due": "2027-03-01 08:00"}}
    told = pw.schedule(changed(saw, orders=late), after=before, steady=0.25)
    facts = {what: (value, remark) for what, value, remark in told.facts}
    # D changes places with B: nothing is late, two bars have moved
    assert len(told.moved) == 2
    assert facts["Tardiness + bars moved"][0] == "0.5 weighted h"
    assert facts["  of which tardiness"][0] == "0 weighted h"
    assert facts["  of which bars moved"] == ("0.5 weighted h", "for 2 bars")


def test_what_is_missing_is_waited_for(plant, answer):
    told = pw.schedule(plant, after=answer, missing=["top until 2027-03-01 11:00"])
    joined = bar(told, "B", "join")
    assert joined.start >= "2027-03-01 11:00:00"
    waiting = [each for each in told.bars if each.reason == "missing"]
    assert waiting
    assert all(each.why == "top, which comes Mon 11:00" for each in waiting)
    assert bar(told, "S", "paint").start == bar(answer, "S", "paint").start


def test_events_that_cannot_be_understood_are_told_all_at_once(plant):
    with pytest.raises(RunError) as caught:
        pw.schedule(plant, down=["bensh from 2027-03-01 08:00 to 2027-03-01 09:00", "saw broke"], rush=["X"])
    assert [finding.code for finding in caught.value.findings] == ["E574", "E573", "E574"]
    assert caught.value.findings[0].nearest == "bench"


# ------------------------------------------------------------------------------------------------- orders


def test_without_orders_the_demand_of_the_horizon_is_scheduled(bench):
    told = pw.schedule(bench)
    assert told.notes[0].startswith("No orders are written: scheduled is what customers want within the horizon")
    assert all(row.due is not None for row in told.orders)


def test_without_orders_and_demand_there_is_nothing_to_schedule(saw):
    with pytest.raises(RunError) as caught:
        pw.schedule(changed(saw, orders={}))
    assert caught.value.findings[0].code == "E572"


def test_orders_of_a_file_take_the_place_of_those_of_the_document(saw, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("order,item,pieces,due\nX,part,2,2027-03-01 10:00\n", "utf-8")
    told = pw.schedule(saw, orders=path)
    assert [row.order for row in told.orders] == ["X"]
    path.write_text("order,item,pieces\nX,prat,2\n", "utf-8")
    with pytest.raises(DocumentError) as caught:
        pw.schedule(saw, orders=path)
    assert "E201" in {finding.code for finding in caught.value.findings}


# ------------------------------------------------------------------------------------------ doors and files


def ask(*words):
    return CliRunner().invoke(app, ["schedule", *map(str, words)])


def test_the_command_writes_the_schedule_for_other_programs(root, answer, tmp_path):
    from openpyxl import load_workbook

    files = {kind: tmp_path / f"bars.{kind}" for kind in ("csv", "xlsx", "ics")}
    found = ask(root / JOINERY, *(word for kind, path in files.items() for word in (f"--{kind}", path)))
    assert found.exit_code == 0, found.output
    with files["csv"].open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["order"], row["start"]) for row in rows] == [(each.order, each.start) for each in answer.bars]
    book = load_workbook(files["xlsx"])
    assert book.sheetnames == list(exports.TABLES)
    assert book["bars"].max_row == 20
    start = [cell.value for cell in book["bars"][1]].index("start") + 1
    assert book["bars"].cell(2, start).value == dt.datetime.fromisoformat("2027-03-01 06:00")
    assert read_ics(files["ics"])[0] == {
        "DTSTART": "20270301T050000Z",  # 6:00 in Vienna
        "DTEND": "20270301T055000Z",
        "SUMMARY": "cut T/1: 10 top",
        "LOCATION": "saw/1",
    }
    assert len(read_ics(files["ics"])) == 19


def read_ics(path):
    """Events of a calendar file, read by its own rules: lines end with CRLF, a space at the begin goes on a line."""
    text = path.read_bytes().decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    events, event = [], {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            events.append({key: event[key] for key in ("DTSTART", "DTEND", "SUMMARY", "LOCATION")})
        else:
            event[name] = value.replace("\\,", ",").replace("\\;", ";")
    return events


def test_an_answer_in_json_is_the_schedule_before(root, tmp_path):
    path = tmp_path / "previous.json"
    path.write_text(ask(root / JOINERY, "--json").stdout, "utf-8")
    told = ask(root / JOINERY, "--after", path, "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["moved"] == []
    path.write_text("{}", "utf-8")
    assert "E575" in ask(root / JOINERY, "--after", path).output


def test_the_summary_shows_late_orders_and_what_would_save_them(late):
    told = str(late)
    assert "Why B is late" in told
    assert "What would save them" in told
    assert "Beside the dispatching rules" in told


def test_run_answers_it_in_brief(plant):
    from plantwright.answers.schedule import briefly, has_data
    from plantwright.study.asked import AskedOfAYear

    assert has_data(plant)
    told = briefly(plant, AskedOfAYear())
    assert (told.provenance.effort, told.rescues) == ("quick", ())


def test_a_due_day_ends_at_24_and_an_order_of_one_lot_has_no_number(saw):
    orders = {"A": {"item": "part", "pieces": 1, "due": "2027-03-01"}}
    told = str(pw.schedule(changed(saw, orders=orders)))
    assert "03-01 24:00" in told
    orders = {"A": {"item": "part", "pieces": 1, "due": "2027-03-01 06:30"}}
    told = str(pw.schedule(changed(saw, orders=orders)))
    assert " of A " in told and "A/1" not in told
