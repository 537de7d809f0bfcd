"""What a new variant needs: parts, operations, skills, hours at stations and in the laboratory, approvals, capacity."""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.compile.prices import in_base
from plantwright.model.family import Family
from plantwright.model.flows import Amounts, yearly_demand
from plantwright.model.load import skill_hours, skill_loads, station_loads
from plantwright.model.members import parts
from plantwright.model.naming import called, thing_called
from plantwright.model.plant import Plant
from plantwright.results import SkillNeed, StationNeed, VariantNeeds
from plantwright.study.commonality import commonality
from plantwright.study.rough import Rough, presence, rough_cut
from plantwright.study.wanted import wanted

SMALL = 1e-9
"""Hours below which nothing changes. [h]"""


def variant_needs(before: Plant, after: Plant, name: str) -> VariantNeeds:
    """What a plant has to get for a variant, and what the variant takes of what is there.

    Parameters
    ----------
    before, after
        The plant without and with the variant. Both are asked for the demand that stands in them, whatever their
        target is.
    name
        The family.
    """
    here, there = (plant.replace(target=None) for plant in (before, after))
    new = tuple(key for key in after.products if key not in before.products)
    cuts = [rough_cut(plant, wanted(plant)) for plant in (here, there)]
    of_new = {key: amount for key, amount in yearly_demand(after).items() if key in new}
    bill = frozenset().union(*(parts(after, key) for key in new))
    approvals = _approvals(before, after, name, new)
    return VariantNeeds(
        name=", ".join(thing_called(after, key) for key in new) or after.name,
        products=new,
        new_parts=tuple(key for key in after.items if key not in before.items),
        shared_parts=tuple(key for key in after.items if key in bill and key in before.items),
        new_operations=_operations(before, after),
        new_stations=_more_stations(before, after),
        new_tools=tuple(key for key in after.tools if key not in before.tools),
        skills=_skills(here, there),
        stations=_stations(there, name, cuts, of_new),
        qualification=approvals,
        qualification_cost=sum(cost for cost in approvals.values() if cost is not None),
        tooling_cost=_tooling(before, after, name),
        rough_cut_before_per_year=cuts[0].units_per_year,
        rough_cut_after_per_year=cuts[1].units_per_year,
        binding_before=cuts[0].binding,
        binding_after=cuts[1].binding,
        dci_before=commonality(before, name).dci,
        dci_after=commonality(after, name).dci,
    )


def _operations(before: Plant, after: Plant) -> tuple[str, ...]:
    known = {(route, step.op) for route, steps in before.routes.items() for step in steps}
    return tuple(
        f"{route}.{step.op}" for route, steps in after.routes.items() for step in steps if (route, step.op) not in known
    )


def _more_stations(before: Plant, after: Plant) -> tuple[str, ...]:
    """Stations that are new, or have more machines."""
    return tuple(
        key
        for key, station in after.stations.items()
        if key not in before.stations or station.machine_count > before.stations[key].machine_count
    )


def _skills(before: Plant, after: Plant) -> tuple[SkillNeed, ...]:
    """Skills of which more is needed, the scarcest first."""
    hours = [skill_loads(plant, yearly_demand(plant)) for plant in (before, after)]
    present, share = skill_hours(after), presence(after)
    had = {skill for crew in before.crews.values() for skill in crew.skills}
    rows = [
        SkillNeed(
            skill=skill,
            name=called(after.skills, skill),
            hours_before=hours[0].get(skill, 0.0),
            hours_after=needed,
            hours_there=present.get(skill, 0.0) * share.get(skill, 1.0),
            is_new=skill not in had,
        )
        for skill, needed in hours[1].items()
        if needed > hours[0].get(skill, 0.0) + SMALL
    ]
    return tuple(sorted(rows, key=lambda row: row.hours_there / row.hours_after))


def _stations(after: Plant, name: str, cuts: list[Rough], of_new: Amounts) -> tuple[StationNeed, ...]:
    """Stations that the variant comes to, the fullest first."""
    loads = [{row.station: row.load_at_target for row in cut.rows} for cut in cuts]
    own = station_loads(after, of_new)
    laboratory = laboratory_of(after, after.families.get(name, Family()))
    rows = [
        StationNeed(
            station=key,
            name=called(after.stations, key),
            load_before=loads[0].get(key),
            load_after=loads[1].get(key),
            hours_of_new=hours,
            laboratory=key in laboratory,
        )
        for key, hours in own.items()
        if hours > SMALL
    ]
    return tuple(sorted(rows, key=lambda row: -(row.load_after or 0.0)))


def laboratory_of(plant: Plant, family: Family) -> frozenset[str]:
    """Stations of the test laboratory: those of the family's shops, else those where lot samples are tested."""
    if family.laboratory:
        return frozenset(key for key, station in plant.stations.items() if {key, station.shop} & set(family.laboratory))
    sampled = {
        (route, op)
        for route, steps in plant.routes.items()
        for step in steps
        if step.sample is not None
        for op in step.sample.operations
    }
    steps = [step for route, all_ in plant.routes.items() for step in all_ if (route, step.op) in sampled]
    return frozenset(station for step in steps for station in step.stations)


def _approvals(before: Plant, after: Plant, name: str, products: tuple[str, ...]) -> dict[str, float | None]:
    """What has to be designed, tested and approved: new items, offers and products, and what it costs."""
    modules = after.families[name].modules if name in after.families else {}
    found: dict[str, float | None] = {}
    for key in (*(key for key in after.items if key not in before.items), *products):
        cost = modules[key].qualification if key in modules else None
        found[key] = None if cost is None else in_base(after.money, cost)
    for key, offer in after.offers.items():
        if key not in before.offers:
            cost = offer.qualification_cost
            found[key] = None if cost is None else in_base(after.money, cost)
    return found


def _tooling(before: Plant, after: Plant, name: str) -> float:
    """Price of tools and machines that are added, and of the tooling of new modules. [base money]"""
    total = 0.0
    for key, tool in after.tools.items():
        more = tool.number - (before.tools[key].number if key in before.tools else 0)
        total += max(0, more) * in_base(after.money, tool.price)
    for key, station in after.stations.items():
        more = station.machine_count - (before.stations[key].machine_count if key in before.stations else 0)
        total += max(0, more) * in_base(after.money, station.price)
    modules: Mapping[str, object] = before.families[name].modules if name in before.families else {}
    new = after.families[name].modules if name in after.families else {}
    return total + sum(in_base(after.money, module.tooling) for key, module in new.items() if key not in modules)
