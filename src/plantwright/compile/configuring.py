"""A product family as a problem of choosing: values become numbers, and everything that restricts them a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product as every_choice

from plantwright.model.bill import resolve
from plantwright.model.family import PRODUCT, Choice, Rule as Written
from plantwright.model.members import families, members, options, own_values
from plantwright.model.plant import Plant
from plantwright.problems.configuration import Condition, ConfigurationProblem, Rule

NEVER: Condition = ((),)
"""A condition that no configuration meets."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that restricts configurations, as its author wrote it.

    Attributes
    ----------
    kind : str
        ``rule``, ``product`` (what a product has chosen already), ``module`` (when it is valid) or ``choice``.
    name : str
        Its id.
    says : str
        What it says, in words.
    why : str
        Its reason, where one is given.
    """

    kind: str
    name: str
    says: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Configuring:
    """The problem, and the words for its numbers.

    Attributes
    ----------
    problem : ConfigurationProblem
        Options and rules.
    values : tuple of (option, value)
        What each number stands for.
    statements : tuple of Statement
        What each rule stands for.
    """

    problem: ConfigurationProblem
    values: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]

    def lift(self, chosen: tuple[int, ...]) -> dict[str, str]:
        """A configuration in names: the value of each option."""
        return dict(self.values[each] for each in chosen)


def configuring(plant: Plant, name: str, on: dt.date, chosen: Mapping[str, tuple[str, ...]]) -> Configuring:
    """The configurations of a family on a day, as far as a choice leaves them open.

    Parameters
    ----------
    plant
        A sound plant.
    name
        The family.
    on
        The day on which rules and modules have to be valid.
    chosen
        Values of options that are wanted, any of those listed; options and values that the family has.
    """
    known = options(plant, name)
    values = tuple((option, value) for option, named in known.items() for value in named)
    numbers = {each: number for number, each in enumerate(values)}
    groups = tuple(tuple(numbers[option, value] for value in named) for option, named in known.items())

    def condition(choice: Mapping[str, tuple[str, ...]]) -> Condition:
        return tuple(tuple(numbers[option, value] for value in named) for option, named in choice.items())

    said = [*_rules(plant, name, on), *_products(plant, name), *_modules(plant, name, on)]
    wanted: list[_Said] = [
        (Statement("choice", option, _words({option: named})), {}, "all", ({option: named},))
        for option, named in chosen.items()
    ]
    heavy = len(wanted) + 1  # one statement of the document weighs more than all that is wanted together
    rules = [
        Rule(condition(when), kind, tuple(map(condition, then)) if then else (NEVER,), weight)  # type: ignore[arg-type]
        for weight, these in ((heavy, said), (1, wanted))
        for _, when, kind, then in these
    ]
    statements = tuple(statement for statement, *_ in (*said, *wanted))
    return Configuring(ConfigurationProblem(groups, tuple(rules)), values, statements)


_Said = tuple[Statement, Mapping[str, tuple[str, ...]], str, tuple[Mapping[str, tuple[str, ...]], ...]]
"""A statement, where it speaks, its kind, and of what. Nothing to speak of: it forbids wherever it speaks."""


def _rules(plant: Plant, name: str, on: dt.date) -> Iterator[_Said]:
    for key, rule in families(plant)[name].rules.items():
        if rule.is_valid(on):
            kind = "one" if rule.one_of else "all" if rule.requires else "none"
            then = rule.one_of or (rule.requires or rule.excludes,)
            yield Statement("rule", key, _rule_words(rule), rule.why), rule.when, kind, then


def _rule_words(rule: Written) -> str:
    subject = f"{_words(rule.when)} " if rule.when else ""
    if rule.one_of:
        return f"{subject}needs exactly one of: {'; '.join(map(_words, rule.one_of))}"
    return (
        f"{subject}requires {_words(rule.requires)}" if rule.requires else f"{subject}excludes {_words(rule.excludes)}"
    )


def _words(choice: Choice | Mapping[str, tuple[str, ...]]) -> str:
    """A choice as people say it: ``payload sprayer and packs 2 or 3``."""
    return " and ".join(f"{option} {' or '.join(values)}" for option, values in choice.items())


def _products(plant: Plant, name: str) -> Iterator[_Said]:
    """What each product has chosen already, option by option."""
    for key in members(plant, name):
        for option, values in own_values(plant, name, key).items():
            said = f"{key} has {_words({option: values})}"
            yield Statement("product", key, said), {PRODUCT: (key,)}, "all", ({option: values},)


def _modules(plant: Plant, name: str, on: dt.date) -> Iterator[_Said]:
    """Items in a product's bill that are not valid on the day, and the choices that build them in."""
    family = families(plant)[name]
    for key in members(plant, name):
        mixes = plant.products[key].options
        lapsed: dict[str, list[dict[str, tuple[str, ...]]]] = {}
        for values in every_choice(*mixes.values()):
            chosen = dict(zip(mixes, values, strict=True))
            for item in resolve(plant, family, key, chosen, on).lapsed:
                lapsed.setdefault(item, []).append({option: (value,) for option, value in chosen.items()})
        total = len(list(every_choice(*mixes.values())))
        for item, choices in lapsed.items():
            said = f"{key} builds in {item}, which is not valid on {on}"
            always = len(choices) == total
            yield (
                Statement("module", item, said),
                {PRODUCT: (key,)},
                "all" if always else "none",
                () if always else tuple(choices),
            )
