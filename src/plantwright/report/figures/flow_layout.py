"""Where lanes, boxes and pipes of the flow drawing stand: shops as lanes, stations in columns by flow order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.report.figure import NARROW
from plantwright.report.figures.flow_graph import Link, Pair, in_order, ranks

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """Sizes of the drawing at one width [user units]."""

    width: int
    columns: int
    box: float
    gap: float
    height: float = 62
    channel: float = 20
    left: float = 14
    between: float = 12

    def x(self, column: int) -> float:
        return self.left + column * (self.box + self.gap)

    @property
    def lane(self) -> float:
        """Right edge of the lanes."""
        return self.x(self.columns - 1) + self.box + self.gap - 2


def grid(width: int) -> Grid:
    """Seven boxes across a page, three across a phone."""
    if width <= NARROW:
        return Grid(width, 3, box=87, gap=15, left=13)
    return Grid(width, 7, box=96, gap=16)


@dataclass(frozen=True, slots=True)
class Lane:
    """A shop with the cell (column, row) of each of its stations."""

    shop: str
    top: float
    header: float
    rows: int
    cells: Mapping[str, tuple[int, int]]

    def bottom(self, sizes: Grid) -> float:
        return self.top + self.header + self.rows * (sizes.height + sizes.channel)

    def y(self, sizes: Grid, row: int) -> float:
        """Upper edge of a row of boxes."""
        return self.top + self.header + row * (sizes.height + sizes.channel)


def place_stations(stations: Sequence[str], links: Sequence[Link], columns: int) -> dict[str, tuple[int, int]]:
    """Cell of each station: by rank where the ranks fit across, else row after row in flow order."""
    main: list[Pair] = [(link.start, link.end) for link in links if not link.aside]
    aside: list[Pair] = [(link.start, link.end) for link in links if link.aside]
    touched = {key for pair in main for key in pair}
    beside = [key for key in stations if key not in touched and any(key in pair for pair in aside)]
    ordered = in_order([key for key in stations if key not in beside], main)
    rank = ranks(ordered, main)
    if not touched or max(rank.values(), default=0) >= columns:
        return {key: (place % columns, place // columns) for place, key in enumerate([*ordered, *beside])}
    cells: dict[str, tuple[int, int]] = {}
    for key in ordered:
        senders = [cells[start][1] for start, end in main if end == key and start in cells]
        cells[key] = _free(cells, rank[key], min(senders, default=0))
    for key in beside:
        before = [cells[start] for start, end in aside if end == key and start in cells]
        column, row = before[0] if before else (-1, 1 + max((row for _, row in cells.values()), default=-1))
        cells[key] = _free(cells, min(column + 1, columns - 1), row)
    return cells


def _free(cells: Mapping[str, tuple[int, int]], column: int, row: int) -> tuple[int, int]:
    """The first free cell of a column from ``row`` down."""
    taken = set(cells.values())
    while (column, row) in taken:
        row += 1
    return column, row


def lanes(
    shops: Mapping[str, Sequence[str]], links: Sequence[Link], sizes: Grid, headers: Mapping[str, float]
) -> list[Lane]:
    """Shops from top to bottom with their stations placed; ``headers`` is the height of each lane's header."""
    found, top = [], 1.0
    for shop, stations in shops.items():
        inside = [link for link in links if link.start in stations and link.end in stations]
        cells = place_stations(stations, inside, sizes.columns)
        lane = Lane(shop, top, headers[shop], 1 + max((row for _, row in cells.values()), default=0), cells)
        found.append(lane)
        top = lane.bottom(sizes) + sizes.between
    return found


def pipe(lane: Lane, sizes: Grid, link: Link) -> list[Point]:
    """Corners of the way from one box to another of a lane, through gaps and channels only."""
    (column, row), (to_column, to_row) = lane.cells[link.start], lane.cells[link.end]
    shift, lower = (-4.0, 11) if link.aside else (2.0, 0)
    start = sizes.x(column) + sizes.box, lane.y(sizes, row) + sizes.height / 2 + lower
    end = sizes.x(to_column), lane.y(sizes, to_row) + sizes.height / 2 + lower
    if to_column == column + 1:
        turn = start[0] + sizes.gap / 2 + shift
        return [start, (turn, start[1]), (turn, end[1]), end] if row != to_row else [start, end]
    out, back = start[0] + sizes.gap / 2 + shift, end[0] - sizes.gap / 2 + min(shift, 0)
    if to_row > row:
        level = lane.y(sizes, to_row) - sizes.channel / 2 + shift
    else:
        level = lane.y(sizes, row) + sizes.height + sizes.channel / 2 + shift
    return [start, (out, start[1]), (out, level), (back, level), (back, end[1]), end]


def rounded(points: Sequence[Point], radius: float = 5) -> str:
    """A path through the points with rounded corners, in SVG's notation."""
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:]):
        first, second = _towards(corner, before, radius), _towards(corner, after, radius)
        steps.append(f"L{first[0]:.1f} {first[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {second[0]:.1f} {second[1]:.1f}")
    steps.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(steps)


def _towards(corner: Point, other: Point, radius: float) -> Point:
    away_x, away_y = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(away_x) + abs(away_y), 1e-9)
    step = min(radius, length / 2) / length
    return corner[0] + away_x * step, corner[1] + away_y * step


def tracks(lanes_found: Sequence[Lane], passed: Mapping[Pair, object]) -> dict[str, int]:
    """Track beside the lanes on which each delivering shop's pipe runs; tracks are shared where spans do not meet."""
    place = {lane.shop: number for number, lane in enumerate(lanes_found)}
    reach: dict[str, tuple[int, int]] = {}
    for start, end in passed:
        low, high = reach.get(start, (place[start], place[start]))
        reach[start] = min(low, place[end]), max(high, place[end])
    taken: list[list[tuple[int, int]]] = []
    chosen: dict[str, int] = {}
    for shop, (low, high) in sorted(reach.items(), key=lambda entry: entry[1][1] - entry[1][0]):
        free = (number for number, spans in enumerate(taken) if all(high < a or b < low for a, b in spans))
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        chosen[shop] = track
    return chosen
