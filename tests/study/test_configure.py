"""Choices of a family: what they leave, and why they cannot be."""

import datetime as dt
from itertools import product

import pytest

from plantwright.compile.configuring import configuring
from plantwright.errors import RunError
from plantwright.io.document import load
from plantwright.optimise.configuration import conflict
from plantwright.study.configure import allowed, bill_lines, choice_of, family_of

CYCLES = """
    plantwright: 1
    name: Cycles
    stations: {bench: {}}
    items: {bell: buy, horn: buy}
    routes:
      trike: [{op: build, station: bench, time: 9 min, uses: {bell: {"no": 1, "yes": 0}, horn: {"no": 0, "yes": 1}}}]
      scooter: [{op: build, station: bench, time: 6 min, uses: {bell: 1}}]
    products:
      trike: {made-by: trike, platform: cycles, options: {loud: {"no": 40 %, "yes": 60 %}}}
      scooter: {made-by: scooter, platform: cycles}
    demand: {trike: {year: 100}, scooter: {year: 300}}
    families:
      cycles:
        options: {colour: [red, blue, green], basket: ["no", "yes"], flag: ["no", "yes"]}
        rules:
          red-basket: {when: {colour: red}, requires: {basket: "yes"}}
          basket-flag: {when: {basket: "yes"}, excludes: {flag: "yes"}}
          red-flag: {when: {colour: red, product: scooter}, requires: {flag: "yes"}, why: seen from afar}
          something: {one-of: [{basket: "yes"}, {flag: "yes"}, {colour: green}]}
          no-green: {excludes: {colour: green}, from: 2027-06-01}
        modules: {bell: {until: 2028-01-01}}
"""


@pytest.fixture(scope="module")
def cycles(write):
    return write(CYCLES)


DAY = dt.date(2027, 1, 4)


def by_hand(product_, colour, basket, flag):
    red = colour != "red" or basket == "yes"
    both = not (basket == "yes" and flag == "yes")
    afar = not (colour == "red" and product_ == "scooter") or flag == "yes"
    return red and both and afar and [basket == "yes", flag == "yes", colour == "green"].count(True) == 1


def test_every_allowed_configuration_is_listed(cycles):
    found = allowed(cycles, "cycles", DAY, {}).configurations
    right = {
        (product_, colour, basket, flag, loud)
        for product_, louds in (("trike", ("no", "yes")), ("scooter", (None,)))
        for colour, basket, flag in product(("red", "blue", "green"), ("no", "yes"), ("no", "yes"))
        if by_hand(product_, colour, basket, flag)
        for loud in louds
    }
    assert {(each.product, *map(each.options.get, ("colour", "basket", "flag", "loud"))) for each in found} == right
    assert len(found) == len(right)


def test_rules_and_modules_count_on_their_days(cycles):
    later = allowed(cycles, "cycles", dt.date(2027, 6, 1), {"colour": ("green",)})
    assert later.conflict.statements == ("rule no-green: excludes colour green",)
    # the bell ends: scooters cannot be built, trikes only with the horn
    last = allowed(cycles, "cycles", dt.date(2028, 1, 1), {})
    assert {(each.product, each.options["loud"]) for each in last.configurations} == {("trike", "yes")}
    why = allowed(cycles, "cycles", dt.date(2028, 1, 1), {"product": ("scooter",)}).conflict
    assert why.statements == ("module bell: scooter builds in bell, which is not valid on 2028-01-01",)


def test_an_impossible_choice_names_the_fewest_statements_and_the_part_of_the_choice_that_matters(cycles):
    wanted = {"product": ("scooter",), "colour": ("red",), "flag": ("yes",)}
    found = allowed(cycles, "cycles", DAY, wanted).conflict
    assert found.choice == ("colour red", "flag yes")  # of a scooter or not
    assert found.statements == (
        "rule red-basket: colour red requires basket yes",
        "rule basket-flag: basket yes excludes flag yes",
    )


def test_a_conflict_is_minimal_by_removal(cycles):
    """Every choice of values that is impossible: without any one of the statements named it is possible."""
    known = {"product": ("trike", "scooter"), "colour": ("red", "blue"), "basket": ("no", "yes"), "flag": ("no", "yes")}
    tried = 0
    for values in product(*known.values()):
        chosen = {option: (value,) for option, value in zip(known, values)}
        if by_hand(*values):
            continue
        lowered = configuring(cycles, "cycles", DAY, chosen)
        named = conflict(lowered.problem)
        assert not possible(lowered, named)
        for without in named:
            tried += 1
            assert possible(lowered, [each for each in named if each != without])
    assert tried > 20


def possible(lowered, rules):
    """Whether some configuration obeys these rules, by trying all."""

    def holds(condition, chosen):
        return all(any(value in chosen for value in group) for group in condition)

    def obeys(rule, chosen):
        met = [holds(each, chosen) for each in rule.then]
        right = {"all": all(met), "none": not any(met), "one": sum(met) == 1}[rule.kind]
        return right or not holds(rule.when, chosen)

    problem = lowered.problem
    return any(
        all(obeys(problem.rules[each], chosen) for each in rules) for chosen in map(set, product(*problem.options))
    )


def test_a_family_that_allows_nothing_says_why(write):
    none = write(CYCLES.replace("rules:", "rules:\n          no-trike: {excludes: {product: [trike, scooter]}}"))
    found = allowed(none, "cycles", DAY, {}).conflict
    assert found.choice == ()
    assert found.statements == ("rule no-trike: excludes product trike or scooter",)
    assert "allows no configuration at all" in found.verdict


def test_what_the_family_does_not_have_is_told_with_the_nearest_name(cycles):
    with pytest.raises(RunError) as error:
        choice_of(cycles, "cycles", {"color": "red", "flag": "maybe"})
    assert [(found.code, found.nearest) for found in error.value.findings] == [("E451", "colour"), ("E451", None)]
    with pytest.raises(RunError, match='no family "cycle"'):
        family_of(cycles, "cycle")


def test_the_lines_of_a_bill_are_told_level_by_level(root):
    plant = load(root / "examples" / "uas-plant")
    insp = next(each for each in allowed(plant, "lift-40", DAY, {"product": ("insp",)}).configurations)
    lines = {(line.parent, line.item): line for line in bill_lines(plant, "lift-40", DAY, insp)}
    assert lines["insp", "pack-small"].level == 1
    assert (lines["pack-small", "cell-small"].level, lines["pack-small", "cell-small"].pieces_per_unit) == (2, 28)


def test_the_choice_of_the_reference_plant_that_needs_two_rules(root):
    plant = load(root / "examples" / "uas-plant")
    found = allowed(plant, "lift-40", DAY, choice_of(plant, "lift-40", {"payload": "camera", "packs": 3})).conflict
    assert [said.split(":")[0] for said in found.statements] == ["rule camera-frame", "rule small-packs"]
