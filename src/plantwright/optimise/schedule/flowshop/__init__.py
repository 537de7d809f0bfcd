"""Flow shops: hybrid ones by annealing stage by stage, permutation flow shops by iterated greedy."""

from plantwright.optimise.schedule.flowshop.improve import improve
from plantwright.optimise.schedule.flowshop.recognise import as_flow_shop
from plantwright.optimise.schedule.flowshop.shop import FlowShop, lower_bound

__all__ = ["FlowShop", "as_flow_shop", "improve", "lower_bound"]
