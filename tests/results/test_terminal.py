import io

import pytest
from rich.console import Console

from plantwright.results import CompareAnswer, Difference, Estimate, Provenance
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
    assert "at least 0.2 %  1 of 12 runs; at most 38 %" in text
    assert "not distinguishable from 0" in text
    assert "Fix first, then next" in text
    assert "Not used yet: finance, programme" in text
    assert text.rstrip().endswith("Report: report.html")


def test_ids_stand_as_in_the_document():
    assert "flight-indoor" in printed(sample.bottleneck())


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


def test_a_comparison_prints_paired_differences():
    more = Estimate(1400.0, 310.0, 8)
    same = Estimate(0.004, 0.01, 8)
    rows = (
        Difference("good units", "units/year", Estimate(98_700.0, 430.0, 8), Estimate(100_100.0, 460.0, 8), more, True),
        Difference("service level", "", Estimate(0.91, 0.01, 8), Estimate(0.92, 0.01, 8), same, False),
    )
    origin = Provenance("0.1.0", "3.11", "2.3", "0.68", 1, "abc", 1)
    text = printed(
        CompareAnswer("as is", "more places", "B makes more", rows, ("stations.rest.machines",), (), origin), 140
    )
    assert "B makes more." in text
    assert "good units [units/year]" in text
    assert "+1,400 ± 310" in text
    assert "not distinguishable from 0" in text
    assert "Changed: stations.rest.machines" in text


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
