"""Make or buy in the examples: what the document says of costs, and that its floors decide something."""

import pytest

import plantwright as pw
from plantwright.compile.supply import material_of, supply
from plantwright.io.document import load
from plantwright.io.patch import apply, load_patch
from plantwright.optimise.sourcing.solve import Question, solve
from plantwright.study.sourcing.content import asked_share
from plantwright.study.sourcing.planning import flips, shares, sourced


@pytest.fixture(scope="module")
def uas(root):
    return load(root / "examples" / "uas-plant")


@pytest.fixture(scope="module")
def planned(uas):
    return sourced(uas)


def conversion(plant, bill, thing):
    """Making one piece at the main plant and all that goes into it, without material."""
    own = next(each.cost.base for each in plant.making.values() if (each.item, each.site) == (thing, "main"))
    return own + sum(pieces * conversion(plant, bill, part) for part, pieces in bill[thing].items() if part in bill)


@pytest.mark.parametrize(("product", "whole"), [("agri", 3546 + 274), ("insp", 2600), ("cargo", 5200)])
def test_material_and_conversion_add_up_to_the_reference(uas, product, whole):
    network = supply(uas)
    material, unknown = material_of(uas, network, product)
    assert unknown == ()
    assert material + conversion(uas, network.bill, product) == pytest.approx(whole, rel=0.01)


def test_the_floor_of_the_reference_plant_binds_and_turns_choices(planned):
    floor = planned.problem.content.floor[0, 0]
    best = planned.best
    assert floor <= asked_share(planned, best) + 1e-9 < floor + 0.001
    free = solve(planned.model, Question({"floor": planned.model.limits["floor"].bound + 1.0}))
    assert asked_share(planned, free) < floor
    assert free.objective < best.objective
    changed = flips(planned.names, planned.plan(free), planned.plan(best))
    assert any(change.startswith("display: display-narolin 0 % to") for change in changed)


def test_all_three_sites_make_something_and_a_step_of_capacity_is_bought(planned):
    plan = planned.plan(planned.best)
    made = plan.made.sum(axis=(0, 2))
    assert {place.site for place, pieces in zip(planned.names.workplaces, made, strict=True) if pieces} == {
        "main",
        "partner-airframe",
        "partner-boards",
    }
    assert plan.built.any()


def test_ready_made_modules_are_bought_as_far_as_the_floor_allows(uas, root):
    offered = sourced(apply(uas, load_patch(root / "examples" / "uas-plant" / "patches" / "make-or-buy.yaml")))
    floor = offered.model.limits["floor"].bound
    bought = shares(offered.names, offered.plan(offered.best))["ground-station"]["ground-station-pelagia"]
    free = offered.plan(solve(offered.model, Question({"floor": floor + 1.0})))
    assert shares(offered.names, free)["ground-station"]["ground-station-pelagia"] > bought + 0.2


def test_the_label_of_the_bakery_keeps_wheat_from_the_region(root):
    plant = load(root / "examples" / "bakery")
    answer = pw.sourcing(plant)
    choices = {row.offer: row for row in answer.choices}
    assert choices["north-wheat"].is_chosen and not choices["plain-wheat"].is_chosen
    assert "would be taken without the floor of local content" in choices["plain-wheat"].why
    assert [row.local_share for row in answer.content if row.is_asked] == [pytest.approx(0.8)] * 2
