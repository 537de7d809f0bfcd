"""Are these two names the same party? Functions of plain names; the only place that knows nomenklatura.

``likenesses`` compares parties with the entries of lists: cheap blocking (`blocks`) finds who is worth a look,
nomenklatura's LogicV2 (`scoring`) says how alike they are.
"""

from plantwright.matching.search import likenesses

__all__ = ["likenesses"]
