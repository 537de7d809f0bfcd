"""The solvers live together in one process, whichever is asked first."""

import subprocess
import sys

import pytest

HIGHS = """
h = solver.highs().Highs()
h.silent()
h.addVar(0.0, 4.0)
h.changeColCost(0, -1.0)
h.run()
assert h.getObjectiveValue() == -4.0
"""
CP_SAT = """
library = solver.cp_sat()
model = library.CpModel()
whole = model.new_int_var(0, 4, "whole")
model.maximize(whole)
found = library.CpSolver()
assert found.solve(model) == library.OPTIMAL and found.value(whole) == 4
"""


@pytest.mark.parametrize("order", [(HIGHS, CP_SAT), (CP_SAT, HIGHS)], ids=["HiGHS first", "CP-SAT first"])
def test_both_solvers_are_loaded_into_one_process(order):
    program = "from plantwright.optimise import solver\n" + "".join(order)
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
