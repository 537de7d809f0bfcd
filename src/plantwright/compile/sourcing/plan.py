"""What lowering sourcing keeps at hand: the plant, its network, its sites and its years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from plantwright.compile.demand import daily_demand
from plantwright.compile.supply import Made, Supply, supply
from plantwright.model.flows import target_amounts, yearly_demand
from plantwright.model.lane import Lane, Mode
from plantwright.model.plant import Plant
from plantwright.model.sourcing import LocalContent, Sourcing

DAY_S = 86_400.0
YEAR_S = 365.25 * DAY_S
"""A mean year, for rates and lead times. [s]"""


@dataclass(frozen=True)
class Planned:
    """A plant whose sourcing is planned.

    Attributes
    ----------
    plant
        Sound, without the offers that screening refuses.
    """

    plant: Plant

    @cached_property
    def sourcing(self) -> Sourcing:
        """What is asked for; the defaults where nothing is."""
        return self.plant.sourcing or Sourcing()

    @property
    def content(self) -> LocalContent:
        """How local content is measured."""
        return self.sourcing.local_content

    @cached_property
    def network(self) -> Supply:
        """What is wanted, what goes into what, who offers and who makes it."""
        return supply(self.plant)

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """Its sites; one without a name where it has none."""
        return tuple(self.plant.sites) or ("",)

    @cached_property
    def starts(self) -> tuple[dt.date, ...]:
        """The first day of each year, and the day after the last one."""
        first = self.plant.from_
        return tuple(
            dt.date(first.year + year, first.month, min(first.day, 28) if first.month == 2 else first.day)
            for year in range(self.sourcing.years + 1)
        )

    @cached_property
    def seconds(self) -> tuple[float, ...]:
        """Length of each year. [s]"""
        return tuple((end - start).days * DAY_S for start, end in zip(self.starts, self.starts[1:]))

    @cached_property
    def wanted(self) -> tuple[dict[str, float], ...]:
        """Pieces that customers take in each year, by id: the first year scaled to the target, then as demand grows."""
        days = (self.starts[-1] - self.starts[0]).days
        yearly, targets = yearly_demand(self.plant), target_amounts(self.plant)
        found: list[dict[str, float]] = [{} for _ in self.seconds]
        for name, amount in targets.items():
            by_day = daily_demand(self.plant, name, days) if yearly.get(name) else None
            scale = amount / yearly[name] if by_day is not None else 1.0
            for year, (start, end) in enumerate(zip(self.starts, self.starts[1:])):
                first, last = (start - self.starts[0]).days, (end - self.starts[0]).days
                found[year][name] = amount if by_day is None else scale * sum(by_day[first:last])
        return tuple(found)

    def own(self, item: str) -> Made | None:
        """The way in which the plant itself makes an item."""
        return next((way for way in self.network.made.get(item, ()) if way.is_own), None)

    def home(self, thing: str) -> str:
        """The site from which customers get a thing: where the plant makes it, else the first one."""
        way = self.own(thing)
        return way.sites[0] if way is not None and way.sites else self.sites[0]

    def country(self, site: str) -> str | None:
        """The country of a site."""
        return self.plant.sites[site].country if site in self.plant.sites else None

    @cached_property
    def local(self) -> tuple[str, ...]:
        """Countries that count as local."""
        here = self.country(self.sites[0])
        return self.content.countries or ((here,) if here is not None else ())

    def lanes(self, starts: set[str | None], end: str) -> dict[str, Lane]:
        """Lanes that lead from one of some places to a site."""
        return {
            name: lane
            for name, lane in self.plant.lanes.items()
            if lane.to == end and lane.from_ is not None and lane.from_ in starts
        }


def modes(lane: Lane | None) -> dict[str | None, Mode | None]:
    """Ways to travel a lane; one that nothing is said of where there is none."""
    found: dict[str | None, Mode | None] = {None: None}
    return found if lane is None or not lane.modes else {name: mode for name, mode in lane.modes.items()}  # noqa: C416
