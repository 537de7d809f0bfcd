"""Choosing a configuration: options of which each takes one value, and rules between the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Condition = tuple[tuple[int, ...], ...]
"""True where of each group of values at least one is chosen; an empty condition is always true."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where ``when`` holds, all, none or exactly one of the conditions of ``then`` hold.

    Attributes
    ----------
    when : Condition
        Where the rule speaks; everywhere where it is empty.
    kind : {"all", "none", "one"}
        ``all`` requires, ``none`` excludes, ``one`` is one of.
    then : tuple of Condition
        What it speaks of.
    weight : int
        How much it costs to name the rule in a conflict. [-], > 0
    """

    when: Condition
    kind: Literal["all", "none", "one"]
    then: tuple[Condition, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class ConfigurationProblem:
    """Options and rules.

    Attributes
    ----------
    options : tuple of tuple of int
        Values of each option, numbered through all options; exactly one of each is chosen.
    rules : tuple of Rule
        What must hold.
    """

    options: tuple[tuple[int, ...], ...]
    rules: tuple[Rule, ...] = ()
