import xml.etree.ElementTree as ET

import pytest

import plantwright as pw
from plantwright.report.figures import pegtree, planload, projection
from plantwright.report.materials import sections
from plantwright.report.names import Names
from plantwright.report.page import page
from plantwright.results import Node

PLANT = """
plantwright: 1
name: Trays
stations: {press: {}}
offers: {sheets: {item: sheet, lead-time: 3 week}}
items:
  sheet: {buy: {from: sheets, policy: {s: 10, Q: 90}}, name: Sheet}
routes: {tray: [{op: form, station: press, time: 2 h, uses: {sheet: 1}}]}
products: {tray: {made-by: tray, start: 60, name: Tray}}
demand: {tray: {year: 2600}}
planning: {horizon: 8 week}
"""


@pytest.fixture(scope="module")
def plant(write):
    return write(PLANT)


@pytest.fixture(scope="module")
def answer(plant):
    return pw.materials(plant, item="sheet", effort="quick")


def texts(svg):
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]


def test_the_page_tells_the_plan_its_messages_and_where_it_comes_from(answer, plant):
    told = page(answer, plant)
    assert "What has to be made and bought?" in told
    assert "Sheet: order" in told
    assert "What has to be decided?" in told
    assert "followed by the simulator" in told


def test_there_is_a_figure_for_stock_load_and_pegs(answer, plant):
    first, *_ = sections(answer, plant, Names(plant))
    assert [figure.name for figure in first.figures] == ["projection", "plan-load", "goes-into"]


def test_the_item_that_runs_out_comes_first(answer):
    # fifty trays a week, a hundred sheets and three weeks of lead time: sheets run out, trays with them
    assert projection.critical(answer)[0] == "sheet"
    assert "Sheet" in texts(projection.projections(answer).wide)


def test_load_is_a_strip_per_station(answer, plant):
    drawn = planload.load(answer, Names(plant))
    assert "press" in texts(drawn.wide)
    assert len(drawn.table.rows) == 1


def test_a_tree_is_drawn_as_deep_as_there_is_room():
    leaf = Node("ore", "Ore", "stock", "2027-01-04", 5.0)
    branch = Node("part", "Part", "part/2027-01-11", "2027-01-11", 5.0, late=True, branches=(leaf,))
    small = pegtree.made_of(Node("set", "Set", "customers", "2027-01-18", 5.0, branches=(branch,)))
    assert [row[0] for row in small.table.rows] == ["Set", "· Part", "· · Ore"]
    assert "late" in small.table.rows[1][2]
    wide = Node("set", "Set", "customers", "2027-01-18", 5.0, branches=(branch,) * 30)
    assert len(pegtree.made_of(wide).table.rows) == 31
