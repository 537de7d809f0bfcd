"""A map: what stands where, who is served from where, what is seen; drawn here, without tiles from anywhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plantwright.report.figure import NARROW
from plantwright.report.projection import Place, Projection, between, meridians, middle, ring
from plantwright.report.scale import ticks
from plantwright.report.svg import Drawing, text_width
from plantwright.results.siting import LineFound, PointFound, Service, SiteFound, SitingAnswer
from plantwright.results.wording import about, number, percent

EDGE = 44.0
"""Room for degrees and the scale below the map. [user units]"""
TALLEST = 0.8
"""Height over width of a map at most, and 0.42 at least. [-]"""
NAME_SIZE = 11.0
SEEN = {0: "unseen", 1: "seen", 2: "seen-twice"}


@dataclass(frozen=True)
class Chart:
    """What one task has to be drawn: everything whose position is known."""

    sites: tuple[SiteFound, ...]
    points: tuple[PointFound, ...]
    lines: tuple[LineFound, ...]
    services: tuple[Service, ...]
    covers: bool

    @property
    def places(self) -> list[Place]:
        """Everything that has to be on the map. [degrees]"""
        return [
            *(_place(site) for site in self.sites),
            *(_place(point) for point in self.points),
            *(corner for line in self.lines for corner in line.corners),
        ]


def chart_of(siting: SitingAnswer, task: str) -> Chart:
    """The rows of a task that have a position."""
    return Chart(
        tuple(site for site in siting.sites if site.task == task and site.latitude is not None),
        tuple(point for point in siting.points if point.task == task and point.latitude is not None),
        tuple(line for line in siting.lines if line.task == task),
        tuple(service for service in siting.services if service.task == task),
        siting.tasks[task].seen_share is not None,
    )


def draw(chart: Chart, width: int, label: str) -> str:
    """The map at a width."""
    paper = _Paper(chart, width)
    drawing = Drawing(width, paper.height, label)
    drawing.rect(0, 0, (width, paper.height - EDGE), "heat-ground")
    _graticule(drawing, paper)
    for site in chart.sites:
        if site.open and site.radius_km is not None and chart.covers:
            drawing.polyline([paper(each) for each in ring(_place(site), site.radius_km)], "reach", close=True)
    _lines(drawing, paper, chart.lines)
    _services(drawing, paper, chart)
    _points(drawing, paper, chart)
    for site in sorted(chart.sites, key=lambda site: site.open):
        _site(drawing, paper(_place(site)), site)
    _names(drawing, paper, chart)
    _scale_bar(drawing, paper)
    return drawing.svg("figure chart")


class _Paper:
    """Where a place comes to lie on paper."""

    def __init__(self, chart: Chart, width: int) -> None:
        shown = chart.places
        if chart.covers:
            shown += [
                corner
                for site in chart.sites
                if site.open and site.radius_km is not None
                for corner in ring(_place(site), site.radius_km, 12)
            ]
        self.centre = middle(shown)
        self.project = Projection(self.centre)
        flat = [self.project(place) for place in shown]
        west, east = min(x for x, _ in flat), max(x for x, _ in flat)
        south, north = min(y for _, y in flat), max(y for _, y in flat)
        span = max(east - west, north - south, 0.5)
        across = max(east - west, span * 0.35) * 1.16
        upward = max(north - south, across * 0.42) * 1.16
        self.per_km = min(width / across, width * TALLEST / upward)
        """User units to a kilometre, at the centre."""
        self.width, self.height = float(width), upward * self.per_km + EDGE
        self.degrees = between(shown)
        self._origin = ((west + east) / 2, (south + north) / 2)

    def __call__(self, place: Place) -> tuple[float, float]:
        x, y = self.project(place)
        ground = self.height - EDGE
        return self.width / 2 + (x - self._origin[0]) * self.per_km, ground / 2 - (y - self._origin[1]) * self.per_km

    def holds(self, spot: tuple[float, float]) -> bool:
        """Whether a spot is on the map."""
        return 0 <= spot[0] <= self.width and 0 <= spot[1] <= self.height - EDGE


def _graticule(drawing: Drawing, paper: _Paper) -> None:
    """Meridians and parallels at round degrees, named at the lower and the left edge."""
    south, north, west, east = paper.degrees
    margin = 0.6
    tall, wide = (north - south or 1.0) * margin, (east - west or 1.0) * margin
    about_ = 4 if paper.width <= NARROW else 7
    for degree in meridians(west - wide, east + wide, about_ * 2):
        steps = [(max(-89.0, min(89.0, south - tall + (north - south + 2 * tall) * k / 40)), degree) for k in range(41)]
        inside = _stretch(drawing, paper, steps)
        if inside:
            x, y = max(inside, key=lambda spot: spot[1])
            if 12 < x < paper.width - 12 and y > paper.height - EDGE - 40:
                drawing.text(x, paper.height - EDGE + 14, _degrees(degree, "E", "W"), "tick", "middle")
    for degree in meridians(max(-89.0, south - tall), min(89.0, north + tall), about_):
        steps = [(degree, west - wide + (east - west + 2 * wide) * k / 60) for k in range(61)]
        inside = _stretch(drawing, paper, steps)
        if inside:
            x, y = min(inside)
            if x < 40 and 14 < y < paper.height - EDGE - 4:
                drawing.text(3, y - 3, _degrees(degree, "N", "S"), "tick")


def _stretch(drawing: Drawing, paper: _Paper, steps: Sequence[Place]) -> list[tuple[float, float]]:
    """Draw what of a line of the graticule is on the map; the spots that are."""
    inside = [spot for spot in map(paper, steps) if paper.holds(spot)]
    drawing.polyline(inside, "graticule")
    return inside


def _degrees(degree: float, positive: str, negative: str) -> str:
    return f"{abs(degree):g}° {positive if degree >= 0 else negative}" if degree else "0°"


def _lines(drawing: Drawing, paper: _Paper, lines: Sequence[LineFound]) -> None:
    """Lines to watch, in stretches that are seen equally often."""
    for line in lines:
        start = 0
        for end in range(1, len(line.times) + 1):
            if end == len(line.times) or min(line.times[end], 2) != min(line.times[start], 2):
                often = min(line.times[start], 2)
                tip = f"{line.name}: {['seen by nobody', 'seen by one', 'seen by two or more'][often]}"
                drawing.polyline([paper(corner) for corner in line.corners[start : end + 1]], SEEN[often], tip=tip)
                start = end


def _services(drawing: Drawing, paper: _Paper, chart: Chart) -> None:
    """From each customer to the sites that serve it."""
    at = {site.site: _place(site) for site in chart.sites}
    to = {point.point: _place(point) for point in chart.points}
    for service in chart.services:
        if service.site in at and service.customer in to:
            drawing.line(paper(at[service.site]), paper(to[service.customer]), "serves")


def _points(drawing: Drawing, paper: _Paper, chart: Chart) -> None:
    """Customers: the area of the dot is what they take."""
    most = max((point.weight for point in chart.points), default=0.0) or 1.0
    largest = 6.0 if paper.width <= NARROW else 10.0
    for point in chart.points:
        x, y = paper(_place(point))
        size = max(largest * math.sqrt(point.weight / most), 1.6)
        cls = "customer" if point.times else "customer missed"
        drawing.circle(x, y, size, cls, f"{point.name}: {about(point.weight)}")


def _site(drawing: Drawing, spot: tuple[float, float], site: SiteFound) -> None:
    x, y = spot
    half = 5.5 if site.open else 4.0
    said = f"{site.name}: {'open' if site.open else 'shut'}"
    if site.served_per_year:
        said += f", serves {about(site.served_per_year)}"
    if site.used_share is not None and site.open:
        said += f", {percent(site.used_share)} of what it can"
    drawing.rect(x - half, y - half, (2 * half, 2 * half), "site open" if site.open else "site shut", said)


def _names(drawing: Drawing, paper: _Paper, chart: Chart) -> None:
    """Names of open sites, then of shut ones and customers, where they do not run over each other."""
    opened = [site for site in chart.sites if site.open]
    shut = [site for site in chart.sites if not site.open]
    customers = sorted(chart.points, key=lambda point: -point.weight)
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in (paper(_place(site)) for site in chart.sites)]
    taken.append((paper.width - 24, 10, paper.width - 8, 46))  # the needle
    written: set[str] = set()
    things: list[SiteFound | PointFound] = [*opened, *customers, *shut]
    for thing in things:
        if thing.name in written:
            continue
        x, y = paper(_place(thing))
        run = text_width(thing.name, NAME_SIZE)
        for left, baseline in ((x + 9, y + 4), (x - 9 - run, y + 4), (x - run / 2, y - 10), (x - run / 2, y + 18)):
            box = (left, baseline - 10, left + run, baseline + 3)
            free = all(box[2] < a or box[0] > c or box[3] < b or box[1] > d for a, b, c, d in taken)
            if free and left > 2 and left + run < paper.width - 2 and 12 < baseline < paper.height - EDGE - 4:
                cls = "place-name strong" if isinstance(thing, SiteFound) and thing.open else "place-name"
                drawing.text(left, baseline, thing.name, cls)
                taken.append(box)
                written.add(thing.name)
                break


def _scale_bar(drawing: Drawing, paper: _Paper) -> None:
    """How long a round distance is at the centre, and where north is there."""
    room = paper.width * 0.22 / paper.per_km
    length = ticks(0, room, 1)[1]
    while length > room * 1.3:
        length /= 2
    x, y = paper.width - 10 - length * paper.per_km, paper.height - 6
    drawing.polyline([(x, y - 4), (x, y), (x + length * paper.per_km, y), (x + length * paper.per_km, y - 4)], "bar")
    drawing.text(x - 6, y, f"{number(length)} km", "tick", "end")
    x, y = paper.width - 16, 14.0
    drawing.polyline([(x, y), (x - 5, y + 16), (x, y + 12), (x + 5, y + 16)], "needle", close=True)
    drawing.text(x, y + 28, "N", "tick", "middle")


def _place(thing: SiteFound | PointFound) -> Place:
    return thing.latitude or 0.0, thing.longitude or 0.0
