"""Configurations that rules allow, and the smallest set of rules that allows none (CP-SAT)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plantwright.optimise.solver import cp_sat
from plantwright.problems.configuration import Condition, ConfigurationProblem, Rule

Chosen = tuple[int, ...]
"""The value of each option."""


def allowed(problem: ConfigurationProblem) -> Chosen | None:
    """A configuration that all rules allow; None where there is none."""
    model = _Model(problem)
    model.enforce(range(len(problem.rules)))
    return model.solve()


def configurations(problem: ConfigurationProblem, most: int) -> list[Chosen]:
    """Every configuration that all rules allow, sorted; the first found where there are more than ``most``."""
    model = _Model(problem)
    model.enforce(range(len(problem.rules)))
    return model.every(most)


def conflict(problem: ConfigurationProblem) -> tuple[int, ...]:
    """The cheapest set of rules that together allow no configuration, by position; by number where all weigh the same.

    Raises
    ------
    ValueError
        The rules allow a configuration.

    Notes
    -----
    Every set of rules that cannot be obeyed together meets every *correction set*: rules whose breach makes the others
    possible. So the cheapest set that meets the correction sets found so far is either impossible, and then no
    cheaper one is, or obeying it shows one more correction set. Since weights are positive, the set is also
    irreducible: without any one of its rules there is a configuration.

    References
    ----------
    Ignatiev, A., Previti, A., Liffiton, M., Marques-Silva, J. (2015), Smallest MUS extraction with minimal hitting set
    dualization, doi:10.1007/978-3-319-23219-5_13, algorithm 1.
    """
    corrections: list[list[int]] = []
    while True:
        named = _cheapest(problem.rules, corrections)
        model = _Model(problem)
        model.enforce(named)
        broken = model.broken()
        if broken is None:
            return tuple(named)
        if not broken:
            raise ValueError("the rules allow a configuration")
        corrections.append(broken)


def _cheapest(rules: Sequence[Rule], corrections: Iterable[Sequence[int]]) -> list[int]:
    """The cheapest rules of which each correction set holds one; among equal ones those written first."""
    model = cp_sat().CpModel()
    named = [model.new_bool_var("") for _ in rules]
    for correction in corrections:
        model.add_bool_or([named[each] for each in correction])
    scale = len(rules) ** 2 + 1  # a tie goes to earlier rules: their positions add up to less than one weight
    model.minimize(sum((scale * rule.weight + place) * name for place, (rule, name) in enumerate(zip(rules, named))))
    solver = _solver()
    status = solver.solve(model)
    assert status == cp_sat().OPTIMAL
    return [place for place, name in enumerate(named) if solver.boolean_value(name)]


def _solver() -> Any:
    """One worker, one seed: the same question has the same answer."""
    solver = cp_sat().CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    return solver


class _Model:
    """Options and rules as constraints; a rule counts once it is enforced."""

    def __init__(self, problem: ConfigurationProblem) -> None:
        self.problem = problem
        self.model = cp_sat().CpModel()
        self.chosen: dict[int, Any] = {
            value: self.model.new_bool_var("") for values in problem.options for value in values
        }
        for values in problem.options:
            self.model.add_exactly_one([self.chosen[value] for value in values])
        self.obeyed = [self._rule(rule) for rule in problem.rules]

    def _rule(self, rule: Rule) -> Any:
        """A literal that makes the rule hold: obeyed and when => all, none or exactly one of then."""
        obeyed, model = self.model.new_bool_var(""), self.model
        speaks = [obeyed, self._holds(rule.when)]
        held = [self._holds(each) for each in rule.then]
        if rule.kind == "all":
            model.add_bool_and(held).only_enforce_if(speaks)
        elif rule.kind == "none":
            model.add_bool_and([each.negated() for each in held]).only_enforce_if(speaks)
        else:
            model.add(sum(held) == 1).only_enforce_if(speaks)
        return obeyed

    def _holds(self, condition: Condition) -> Any:
        """A literal that is true exactly where of each group of values one is chosen."""
        groups = []
        for values in condition:
            met = self.model.new_bool_var("")
            known = [self.chosen[value] for value in values if value in self.chosen]
            self.model.add_bool_or(known).only_enforce_if(met)
            for each in known:
                self.model.add_implication(each, met)
            groups.append(met)
        holds = self.model.new_bool_var("")
        self.model.add_bool_and(groups).only_enforce_if(holds)
        self.model.add_bool_or([holds, *(met.negated() for met in groups)])
        return holds

    def enforce(self, rules: Iterable[int]) -> None:
        for each in rules:
            self.model.add(self.obeyed[each] == 1)

    def solve(self) -> Chosen | None:
        solver = _solver()
        return self._read(solver.value) if self._found(solver.solve(self.model)) else None

    def broken(self) -> list[int] | None:
        """The lightest rules that are not obeyed where the enforced ones are; None where these cannot be obeyed."""
        rules, solver = self.problem.rules, _solver()
        self.model.maximize(sum(rule.weight * each for rule, each in zip(rules, self.obeyed, strict=True)))
        if not self._found(solver.solve(self.model)):
            return None
        return [place for place, each in enumerate(self.obeyed) if not solver.boolean_value(each)]

    def every(self, most: int) -> list[Chosen]:
        found: set[Chosen] = set()
        read = self._read

        class Collect(cp_sat().CpSolverSolutionCallback):  # type: ignore[misc]
            def on_solution_callback(self) -> None:
                found.add(read(self.value))
                if len(found) >= most:
                    self.stop_search()

        solver = _solver()
        solver.parameters.enumerate_all_solutions = True
        solver.solve(self.model, Collect())
        return sorted(found)

    def _read(self, value: Any) -> Chosen:
        return tuple(next(each for each in values if value(self.chosen[each])) for values in self.problem.options)

    @staticmethod
    def _found(status: Any) -> bool:
        return status in (cp_sat().OPTIMAL, cp_sat().FEASIBLE)
