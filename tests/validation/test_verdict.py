"""How the table of truth judges: what is inside, how many may be outside, what is written."""

import json

import pytest

from benchmarks import record, validate
from benchmarks.cases import Verdict, cases
from plantwright.analytic.statistics import student_quantile

CASE = cases()[0]
T_99 = student_quantile(19, 0.99)  # 2.861
T_9999 = student_quantile(19, 0.9999)  # 4.897


def at(z):
    """A verdict of twenty replications whose mean is so many standard errors off."""
    return Verdict(CASE, mean=CASE.exact + 0.01 * z, half_width=0.01 * T_99, n=20, part_moves=1)


def test_distance_is_counted_in_standard_errors():
    assert at(-1.5).z == pytest.approx(-1.5)
    assert at(0).half_width_percent == pytest.approx(100 * 0.01 * T_99 / CASE.exact)


def test_inside_is_within_the_half_width():
    assert at(0.99 * T_99).inside()
    assert not at(1.01 * T_99).inside()
    assert at(-1.01 * T_99).inside(0.9999)
    assert not at(-1.01 * T_9999).inside(0.9999)


@pytest.mark.parametrize(
    ("inside", "outside", "far", "passed"),
    [(30, 0, 0, True), (28, 2, 0, True), (27, 3, 0, False), (42, 3, 0, True), (41, 4, 0, False), (44, 0, 1, False)],
)
def test_one_case_in_fifteen_may_be_outside_and_none_far_outside(inside, outside, far, passed):
    verdicts = [at(0.5)] * inside + [at(1.05 * T_99)] * outside + [at(1.05 * T_9999)] * far
    assert validate.is_passed(verdicts) is passed


def test_rows_have_name_value_and_unit_and_say_where_they_come_from(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    written = json.loads(record.write("some", validate.rows([at(0.5), at(5)]), seed=7).read_text("utf-8"))
    assert [row["name"] for row in written["rows"]] == [CASE.id, CASE.id, "cases", "cases_inside_99_percent"]
    assert all({"name", "value", "unit"} <= row.keys() for row in written["rows"])
    assert written["rows"][-1]["value"] == 1
    assert written["provenance"]["seed"] == 7
    assert {"date", "plantwright", "python", "numba", "machine"} <= written["provenance"].keys()


def test_an_unknown_case_is_told_with_those_there_are(capsys):
    assert validate.main(["mm1-91"]) == 2
    assert "mm1-90" in capsys.readouterr().out
