import io
from dataclasses import replace

import pytest
from rich.console import Console

from plantwright.results import (
    CARRIER_STATES,
    CarrierStatistics,
    CompareAnswer,
    ConveyorStatistics,
    Difference,
    Estimate,
    Provenance,
    ToolStatistics,
)
from plantwright.results.terminal import summary
from tests.report import sample, small


def printed(answer, width=100):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(summary(answer))
    return console.file.getvalue()


def test_a_run_prints_verdicts_key_numbers_and_gains():
    text = printed(sample.answer(report="report.html"))
    assert "1,300 short of its target" in text
    assert "98,710 ± 430" in text
    assert "0.2 to 38 %  1 of 12 simulated years did" in text
    assert "not distinguishable from 0" in text
    assert "Fix first, then next" in text
    assert "Not used yet: finance, programme" in text
    assert text.rstrip().endswith("Report: report.html")


def test_a_name_has_its_id_behind_it_and_an_id_without_a_name_stands_alone():
    gain = replace(sample.bottleneck().marginal[0], resource="rest", name="Open-circuit rest place")
    text = printed(replace(sample.bottleneck(), marginal=(gain,)), 140)
    assert "Open-circuit rest place (rest)" in text
    assert " flight-indoor " in printed(sample.bottleneck())


def test_what_stations_share_is_called_by_its_name_with_the_id_behind_it():
    tug = CarrierStatistics(2, *[Estimate(1.0)] * 3, dict.fromkeys(CARRIER_STATES, Estimate(0.2)), "Tugger train")
    belt = ConveyorStatistics(20, *[Estimate(1.0)] * 4, "Panel belt")
    mould = ToolStatistics(3, *[Estimate(1.0)] * 5, "Arm mould")
    shared = {"carriers": {"tug": tug}, "conveyors": {"belt": belt}, "tools": {"arm": mould}}
    text = printed(replace(sample.simulate(), **shared))
    for name in ("Placing crew (smt)", "Tugger train (tug)", "Panel belt (belt)", "Arm mould (arm)"):
        assert name in text


def test_a_long_list_of_stations_says_how_many_are_left_out():
    text = printed(sample.simulate())
    assert text.index("rest ") < text.index("flight-indoor") < text.index("capacity-test")
    assert "46 more in --json" in text


def test_what_is_unknown_prints_as_unknown():
    text = printed(small.capacity())
    assert "Queueing" not in text
    assert "Chance" not in text
    assert "310,000" in text
    assert "unknown" in printed(small.simulate())


def compared():
    """Three figures: output by the year, a time, a share; the last one differs by chance only."""
    return CompareAnswer(
        "as is",
        "more places",
        "B makes more",
        (
            Difference(
                "good units", "per year", Estimate(98_700.0, 430.0, 8), Estimate(100_100.0, 460.0, 8),
                Estimate(1400.0, 310.0, 8), True,
            ),
            Difference(
                "lamp: flow time", "s", Estimate(345_600.0, 8640.0, 8), Estimate(259_200.0, 8640.0, 8),
                Estimate(-86_400.0, 4320.0, 8), True, "Desk lamp: flow time",
            ),
            Difference(
                "rest: utilisation", "share", Estimate(0.91, 0.01, 8), Estimate(0.87, 0.01, 8),
                Estimate(-0.04, 0.002, 8), True, "Rest place: utilisation",
            ),
            Difference(
                "lamp: in process", "units", Estimate(40.0, 2.0, 8), Estimate(40.1, 2.0, 8),
                Estimate(0.1, 0.4, 8), False,
            ),
        ),
        ("stations.rest.machines",),
        (),
        Provenance("0.1.0", "3.11", "2.3", "0.68", 1, "abc", 1),
    )  # fmt: skip


def test_a_comparison_prints_paired_differences_as_people_read_them():
    lines = [" ".join(line.split()) for line in printed(compared(), 140).splitlines()]
    assert "B makes more." in lines
    assert "A as is" in lines
    assert "B more places" in lines
    assert "Changed: stations.rest.machines" in lines
    assert "good units per year 98,700 ± 430 100,100 ± 460 +1,400 ± 310" in lines
    assert "Desk lamp: flow time 4.00 ± 0.10 d 3.00 ± 0.10 d −24.0 ± 1.2 h" in lines
    assert "Rest place: utilisation 91.0 ± 1.0 % 87.0 ± 1.0 % −4.00 ± 0.20 points" in lines
    assert any(line.endswith("not distinguishable from 0") for line in lines)


@pytest.mark.parametrize(
    "answer", [sample.answer(), small.capacity(), small.simulate()], ids=["run", "capacity", "simulate"]
)
def test_an_answer_prints_itself_and_shows_itself_at_the_prompt(answer):
    lines = str(answer).splitlines()
    assert lines == repr(answer).splitlines() == [line.rstrip() for line in printed(answer).strip().splitlines()]
    assert max(map(len, lines)) <= 100


def test_what_is_no_answer_is_refused():
    with pytest.raises(TypeError, match="Estimate is no answer"):
        summary(Estimate(1.0))
