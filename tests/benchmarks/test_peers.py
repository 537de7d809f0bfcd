"""The plants that other simulators are compared on: what they make, and how the comparison judges."""

import json
import subprocess
import sys

import pytest

from benchmarks.peers.compare import KNOWN, MODELS, OURS, Series, hold_together, rates, ratios


def lines(results, *, wall_s=2.0, processor_s=1.0, compile_s=0.5):
    """Repeats that found these results, 100 completions each, the second one half as fast."""
    return Series(
        [
            {
                "result": result,
                "completions": 100,
                "wall_s": wall_s * (1 + number),
                "processor_s": processor_s * (1 + number),
                "compile_s": compile_s,
                "memory_mb": 10.0,
                "version": "1",
                "parts": 50,
            }
            for number, result in enumerate(results)
        ]
    )


@pytest.fixture
def agreed():
    """Two tools that find what is known, one of them four times as fast."""
    found = {}
    for model in MODELS:
        known = KNOWN.get(model, (1.0, 0.0))[0]
        found[OURS, model] = lines([known * 0.999, known * 1.001], wall_s=0.5, processor_s=0.25, compile_s=0.0)
        for peer in ("simpy", "cimba"):
            found[peer, model] = lines([known * 0.999, known * 1.001])
    return found


@pytest.mark.parametrize("model", KNOWN)
def test_our_plant_makes_what_is_known_of_it(model, root):
    """100,000 parts: within 10 % (a, whose mean has a standard deviation of 6 %) or 1 % of the long run."""
    program = root / "benchmarks" / "peers" / "with_plantwright.py"
    found = subprocess.run([sys.executable, program, model, "100000", "1"], capture_output=True, text=True, check=True)
    line = json.loads(found.stdout)
    assert line["result"] == pytest.approx(KNOWN[model][0], rel=0.1 if model == "a" else 0.01)
    stations = 1 if model == "a" else 10
    assert line["completions"] == pytest.approx(stations * 1e5 * (1.0 if model == "a" else 1.1), rel=0.02)


def test_the_ratio_is_that_of_the_best_repeats_by_the_clock_asked_for(agreed):
    rows = {row.name: row for row in ratios(agreed, "wall", {})}
    assert rows["ratio_simpy_b"].value == pytest.approx(4.0)  # 0.5 s against 2 s
    assert rows["ratio_simpy_b"].more["by_wall_with_compiling"] == pytest.approx(5.0)  # 0.5 s against 2.5 s
    assert not rows["ratio_simpy_b"].more["is_reached"]
    assert rows["ratio_cimba_b"].more["is_reached"]


def test_every_tool_has_its_rate_and_result(agreed):
    rows = {row.name: row for row in rates(agreed, "processor", {})}
    assert rows["rate_plantwright_c"].value == pytest.approx(400.0)  # 100 in 0.25 s
    assert rows["rate_plantwright_c"].more["result"] == pytest.approx(KNOWN["c"][0])


def test_tools_that_agree_pass(agreed):
    hold_together(agreed)


def test_a_tool_that_says_something_else_fails(agreed):
    agreed["cimba", "d"] = lines([1.1, 1.1])
    with pytest.raises(AssertionError, match=r"model d: .* and cimba say 1 ± 0.064 and 1.1 ± 0"):
        hold_together(agreed)


def test_tools_that_agree_on_what_is_known_to_be_wrong_fail(agreed):
    for tool in (OURS, "simpy", "cimba"):
        agreed[tool, "b"] = lines([0.80, 0.80])
    with pytest.raises(AssertionError, match=r"model b: .* and theory"):
        hold_together(agreed)
