"""Make or buy lowered: from names and written quantities to a `SourcingProblem`, and the names to read its plan by."""

from plantwright.compile.sourcing.lowering import Lowered, lowered

__all__ = ["Lowered", "lowered"]
