"""Boxes stand apart, and pipes run only through the gaps between them."""

import itertools

import pytest

from plantwright.report.figure import NARROW, WIDE
from plantwright.report.figures.flow_graph import between_shops, links
from plantwright.report.figures.flow_layout import grid, lanes, pipe, tracks

from . import sample

PLANT = sample.plant()
LINKS = links(PLANT)
SHOPS = {shop: [key for key, station in PLANT.stations.items() if station.shop == shop] for shop in PLANT.shops}


def drawn(width):
    sizes = grid(width)
    return sizes, lanes(SHOPS, LINKS, sizes, dict.fromkeys(SHOPS, 40.0))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_station_has_a_cell_of_its_own_inside_the_drawing(width):
    sizes, placed = drawn(width)
    for lane in placed:
        assert sorted(lane.cells) == sorted(SHOPS[lane.shop])
        assert len(set(lane.cells.values())) == len(lane.cells)
        assert all(0 <= column < sizes.columns and 0 <= row < lane.rows for column, row in lane.cells.values())
    assert sizes.lane < width


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_lanes_do_not_overlap(width):
    sizes, placed = drawn(width)
    assert all(above.bottom(sizes) < below.top for above, below in itertools.pairwise(placed))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_pipe_crosses_a_box(width):
    sizes, placed = drawn(width)
    seen = 0
    for lane in placed:
        boxes = [(sizes.x(column), lane.y(sizes, row)) for column, row in lane.cells.values()]
        for link in LINKS:
            if link.start not in lane.cells or link.end not in lane.cells:
                continue
            seen += 1
            for (x1, y1), (x2, y2) in itertools.pairwise(pipe(lane, sizes, link)):
                for x, y in boxes:
                    apart_x = max(x1, x2) <= x or min(x1, x2) >= x + sizes.box
                    apart_y = max(y1, y2) <= y or min(y1, y2) >= y + sizes.height
                    assert apart_x or apart_y, link
    assert seen > 40


def test_pipes_that_run_side_by_side_have_tracks_of_their_own():
    _, placed = drawn(WIDE)
    passed = between_shops(LINKS, lambda key: PLANT.stations[key].shop or "")
    chosen = tracks(placed, passed)
    place = {lane.shop: number for number, lane in enumerate(placed)}
    spans = {
        shop: (min(place[shop], *(place[end] for start, end in passed if start == shop)),
               max(place[shop], *(place[end] for start, end in passed if start == shop)))
        for shop in chosen
    }  # fmt: skip
    for one, other in itertools.combinations(chosen, 2):
        meet = spans[one][0] <= spans[other][1] and spans[other][0] <= spans[one][1]
        assert not (meet and chosen[one] == chosen[other])
