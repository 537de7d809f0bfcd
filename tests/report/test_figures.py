"""Every figure at both widths: inside its frame, with the numbers it stands for, and with its table."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from plantwright.report.figure import NARROW, WIDE
from plantwright.report.figures import (
    drivers,
    flow,
    gains,
    heat,
    interval,
    load,
    months,
    process,
    spending,
    states,
    waterfall,
    weekload,
)
from plantwright.report.names import Names
from plantwright.report.svg import text_width
from plantwright.results import Estimate, SharedCutRow

from . import sample

NAMES = Names(sample.plant())
CAPACITY = sample.capacity()
BOTTLENECK = sample.bottleneck()
SERVICE = CAPACITY.service

FIGURES = {
    "total": interval.total(CAPACITY),
    "by product": interval.by_product(CAPACITY, NAMES),
    "methods": interval.methods(CAPACITY),
    "deliveries": months.deliveries(CAPACITY.deliveries_by_month, NAMES),
    "weeks": months.weeks(SERVICE.output_by_week, NAMES),
    "flow": flow.flow(sample.plant(), NAMES, {"rest": 0.98}, "test"),
    "states": states.states(CAPACITY.stations, NAMES),
    "load": load.by_year(CAPACITY.rough_cut, NAMES, 100_000),
    "load by week": weekload.week_by_week(CAPACITY.rough_cut, CAPACITY.load_by_week, NAMES),
    "buffers": load.rooms(CAPACITY.buffers, NAMES),
    "waterfall": waterfall.waterfall("waterfall", "losses", CAPACITY.losses, 100_000),
    "wip": process.wip(SERVICE.wip_by_shop, NAMES),
    "flow time": process.flow_time(SERVICE, NAMES),
    "unit cost": spending.by_kind(CAPACITY.spending, "USD"),
    "spent by whom": spending.by_whom(CAPACITY.spending, "USD", NAMES),
    "energy": spending.energy(CAPACITY.spending, NAMES),
    "gains": gains.gains("marginal", "gains", BOTTLENECK.marginal, NAMES),
    "pairs": gains.gains("pairs", "pairs", BOTTLENECK.pairs, NAMES),
    "staircase": gains.staircase(BOTTLENECK.units_per_year, BOTTLENECK.staircase, NAMES, 100_000),
    "heat": heat.heat(BOTTLENECK.longest_active_share, BOTTLENECK.longest_active_by_week, NAMES),
    "drivers": drivers.drivers(CAPACITY.units_per_year_inputs.drivers, CAPACITY.estimates_that_matter),
}


def elements(figure):
    for svg, width in ((figure.wide, WIDE), (figure.narrow, NARROW)):
        root = ElementTree.fromstring(svg)
        height = float(root.get("viewBox").split()[3])
        for element in root.iter():
            yield element, width, height


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_nothing_is_drawn_outside_the_frame(figure):
    for element, width, height in elements(figure):
        if element.tag == "rect":
            x, y = float(element.get("x")), float(element.get("y"))
            assert x >= -0.1
            assert x + float(element.get("width")) <= width + 0.1
            assert y + float(element.get("height")) <= height + 0.1
        elif element.tag == "text":
            long = 0.9 * text_width(element.text or "", 11.5)
            before = {"end": long, "middle": long / 2}.get(element.get("text-anchor"), 0.0)
            left = float(element.get("x")) - before
            assert left >= -1, element.text
            assert left + long <= width + 1, element.text
            assert float(element.get("y")) <= height, element.text


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_every_figure_says_in_words_what_it_shows(figure):
    assert f'aria-label="{figure.caption}"'.replace("'", "&#x27;") in figure.wide
    if figure.name != "capacity-total":  # its numbers stand beside it
        assert figure.table is not None
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
        assert figure.table.rows


def test_the_waterfall_ends_at_the_level_that_its_steps_add_up_to():
    rows = FIGURES["waterfall"].table.rows
    assert rows[0][1] == "127,900"
    assert rows[-1][1] == "98,700"
    assert all(row[1].startswith("−") for row in rows[1:-1])


def test_a_gain_that_nobody_can_tell_from_nothing_is_said_to_be_so():
    table = FIGURES["gains"].table
    assert table.rows[0] == ("Rest places: 20 more rest places", "rest", "+1,420 ± 310", "told apart from 0")
    assert table.rows[-1][3] == "not distinguishable from 0"
    assert FIGURES["gains"].wide.count('class="interval nothing"') == sum(
        not entry.distinguishable for entry in BOTTLENECK.marginal
    )


def test_a_short_room_is_marked_and_comes_first():
    figure = FIGURES["buffers"]
    assert figure.table.rows[0][0] == "Capacity test channels → Rest places"
    assert figure.wide.count("room-short") == 1


def test_station_bars_fill_their_track_when_states_add_up_to_one():
    root = ElementTree.fromstring(FIGURES["states"].narrow)
    for bar in root.iter("g"):
        drawn = [rect for rect in bar if float(rect.get("width")) > 0.8]
        end = max(float(rect.get("x")) + float(rect.get("width")) for rect in drawn)
        assert end == pytest.approx(NARROW - 40, abs=2.5)


def test_an_unknown_mean_draws_no_mark():
    unknown = replace(CAPACITY, queueing_estimate_per_year=None)
    assert interval.methods(unknown).wide.count("<circle") == 3
    assert interval.methods(unknown).table.rows[2] == ("Queueing estimate", "unknown")


def test_without_a_target_load_becomes_units_a_year():
    rows = tuple(replace(row, load_at_target=None) for row in CAPACITY.rough_cut)
    figure = load.by_year(rows, NAMES, None)
    assert figure.caption.startswith("Units a year that each could make")
    assert "target" not in figure.wide


def test_what_stations_share_is_drawn_among_them_and_in_the_table():
    cart = SharedCutRow("carrier", "tug", "Tugger train", 2, 0.05, 8_000.0, 0.96, 81_000.0, 1.23)
    figure = load.by_year(CAPACITY.rough_cut, NAMES, 100_000, [cart])
    assert "123 %, up to 81,000" in figure.wide
    assert "stations, carriers, conveyors and tools" in figure.caption
    assert figure.table.rows[-1][1:4] == ("tug", "carriers", "2")
    weeks = [replace(week, shared={"carrier": {"tug": 1.5}}) for week in CAPACITY.load_by_week]
    by_week = weekload.week_by_week(CAPACITY.rough_cut, weeks, NAMES, [cart])
    assert "Tugger train, week from 2027-01-04: 150 %" in by_week.wide
    assert by_week.table.rows[-1] == ("Tugger train", "tug", "123 %", "150 %", "2027-01-04", "52", "0")


def test_a_histogram_is_drawn_as_density_so_that_areas_compare():
    one = replace(SERVICE, flow_time_histogram={"agri-40": ((3600.0, 0.5), (10_800.0, 0.5))})
    figure = process.flow_time(replace(one, flow_time_mean_s={"agri-40": Estimate(5000.0)}, flow_time_p90_s={}), NAMES)
    path = next(item for item in ElementTree.fromstring(figure.wide).iter("path"))
    heights = sorted({float(point.split()[1]) for point in path.get("d").strip("MZ").split(" L")})
    bottom, first, second = heights[-1], heights[0], heights[1]
    # the second bin is twice as wide as the first and holds as many units: half as high
    assert (bottom - second) == pytest.approx((bottom - first) / 2, abs=0.1)


def test_what_a_unit_costs_adds_up_to_the_whole():
    """25,700 USD of material an hour for ten units, and beside it 1,182 of people, 177 of running and 116 of energy."""
    rows = {name: (money, share) for name, money, share in FIGURES["unit cost"].table.rows}
    assert rows["Bought material"] == ("2,570 ± 26", "95 %")
    assert FIGURES["unit cost"].caption == "USD that a good unit takes, 2,718 in all"


def test_crews_and_stations_stand_in_one_row_the_dearest_first():
    """Assembly: 61 people at 9.2 USD for ten units; a press: 370 kW at 0.11 USD and 51 USD of running."""
    figure = FIGURES["spent by whom"]
    assert figure.table.rows[4][:2] == ("Assembly", "crew")
    assert figure.table.rows[4][2:] == ("6.1", "4.88", "–", "56.1")
    press = next(row for row in figure.table.rows if row[0] == "Press")
    assert press[4:] == ("37", "9.17")
    assert figure.wide.index("Assembly") < figure.wide.index(">Composites<") < figure.wide.index(">Press<")


def test_energy_says_how_much_of_it_is_no_work():
    press = FIGURES["energy"].table.rows[0]
    assert press == ("Press", "37", "26", "30 %")
    assert {words for _, words in FIGURES["energy"].legend} == {"busy", "idle"}


def test_bought_items_are_listed_the_dearest_first():
    rows = spending.material(CAPACITY.spending, "USD", NAMES).rows
    assert [row[1:] for row in rows] == [("cell", "140", "2,100"), ("charger", "2", "380"), ("display", "1", "90")]
