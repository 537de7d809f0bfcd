"""Mechanism 13: good pieces, inspection by the true state, lot samples."""

import pytest

from tests.audit import audit
from tests.trial import simulate

LINE = """
stations: {{a: {{}}, b: {{}}, r: {{}}}}
items: {{p: {{made-by: p, {lot}release: {{saturated: true}}}}}}
routes:
  p:
    - {{op: make, station: a, time: 1 s, {make}}}
    - {{op: test, station: b, time: 100 ms, {test}}}
    - {{op: mend, station: r, time: 100 ms, side: true{mend}}}
"""


def line(make="", test="", mend="", *, lot="", until=3000):
    return simulate(LINE.format(make=make, test=test, mend=mend, lot=lot), until, bin_s=1000)


def share(count, trials, expected):
    """Whether a count of so many trials is within five standard deviations of a share."""
    return count / trials == pytest.approx(expected, abs=5 * (expected * (1 - expected) / trials) ** 0.5)


def test_a_good_fraction_is_scrapped_at_once_where_nothing_else_is_said():
    trial = line(make="good: 80 %")
    assert share(trial.items["p"].scrapped, 3000, 0.2)
    assert trial.stations["b"].completions == trial.items["p"].finished


def test_hidden_defects_travel_on_until_an_inspection_finds_them():
    trial = line(make="good: 80 %, defects: hidden", test="inspects: true")
    assert trial.operation("p", "make").rejected == 0
    assert share(trial.operation("p", "test").rejected, trial.stations["b"].completions, 0.2)
    assert trial.items["p"].scrapped == trial.operation("p", "test").rejected


def test_hidden_defects_that_nobody_inspects_leave_the_plant():
    trial = line(make="good: 80 %, defects: hidden")
    assert trial.items["p"].scrapped == 0


def test_an_inspection_misses_some():
    trial = line(make="good: 60 %, defects: hidden", test="inspects: true, miss: 25 %")
    assert share(trial.items["p"].scrapped, trial.stations["b"].completions, 0.4 * 0.75)


def test_an_inspection_rejects_good_parts_too():
    trial = line(make="good: 60 %, defects: hidden", test="inspects: true, miss: 25 %, false-reject: 10 %")
    assert share(trial.items["p"].scrapped, trial.stations["b"].completions, 0.4 * 0.75 + 0.6 * 0.1)


def test_a_re_test_depends_on_the_true_state():
    # Defective parts are sent to the test again as they are: none is missed, so they never pass; good ones pass the
    # first
    # time. After three rejections they are scrapped: three tests for each defective part, one for each good one.
    trial = line(
        make="good: 80 %, defects: hidden", test="inspects: true, repairs: 0 %, else: {to: test, tries: 2}", until=2000
    )
    test, finished, scrapped = trial.operation("p", "test"), trial.items["p"].finished, trial.items["p"].scrapped
    assert test.completions - (finished + 3 * scrapped) in (0, 1, 2)
    assert test.rejected - 3 * scrapped in (0, 1, 2)


def test_a_repair_makes_parts_good():
    trial = line(make="good: 80 %, defects: hidden", test="inspects: true, else: {to: mend}")
    assert trial.items["p"].scrapped == 0
    assert share(trial.stations["r"].completions, trial.items["p"].finished, 0.2)


def test_a_repair_may_fail():
    # Half of the repairs fail: 0.2 / 0.5 repairs a part.
    trial = line(make="good: 80 %, defects: hidden", test="inspects: true, else: {to: mend}", mend=", repairs: 50 %")
    assert trial.stations["r"].completions / trial.items["p"].finished == pytest.approx(0.4, abs=0.06)


def test_the_good_fraction_may_differ_by_try():
    trial = line(test="good: [0 %, 0 %, 100 %], else: {to: test}", until=100)
    assert trial.operation("p", "test").completions // trial.items["p"].finished == 3


def test_only_the_rejected_pieces_of_a_part_go_their_own_way():
    # Ten pieces move as one; the good ones go on as one part, the others become parts of their own.
    trial = line(make="good: 70 %", lot="moves-as: 10, ", until=20_000)
    assert share(trial.items["p"].scrapped, trial.stations["a"].pieces, 0.3)
    assert trial.stations["b"].pieces / trial.stations["b"].completions == pytest.approx(7, abs=0.2)


def test_pieces_that_an_inspection_missed_stay_with_those_that_passed():
    # One in two pieces is defective, and one in two of those is missed. Those rejected are defective to the last one: a
    # repair mends them all, and the test never rejects a mended piece again.
    trial = line(
        make="good: 50 %, defects: hidden",
        test="inspects: true, miss: 50 %, else: {to: mend, tries: 1}",
        lot="moves-as: 10, ",
        until=20_000,
    )
    assert trial.items["p"].scrapped == 0
    assert share(trial.operation("p", "test").rejected, trial.stations["a"].pieces, 0.25)


def test_a_falsely_rejected_piece_is_sound():
    # Five defective of ten, none missed; three in ten sound ones rejected too. Repaired, nothing is defective, so that
    # at
    # the re-test only false rejects remain, 30 % of the pieces looked at.
    trial = line(
        make="good: 50 %, defects: hidden",
        test="inspects: true, false-reject: 30 %, else: {to: mend}",
        lot="moves-as: 10, ",
        until=20_000,
    )
    test = trial.operation("p", "test")
    first = trial.stations["a"].pieces
    again = test.inspected - first
    assert test.rejected == pytest.approx(0.65 * first + 0.3 * again, rel=0.02)


SAMPLE = """
stations: {{a: {{}}, lab: {{}}, b: {{}}}}
items: {{p: {{made-by: p, release: {{every: 10 s}}}}}}
routes:
  p:
    - {{op: make, station: a, time: 1 s, sample: {{every: 3, operations: [look], {sample}}}}}
    - {{op: pack, station: b, time: 2 s}}
    - {{op: look, station: lab, time: 5 s, side: true}}
"""


def test_a_lot_is_held_until_the_result_of_its_sample():
    # Made at 11, 21, 31; the third is looked at until 36; then the lot goes on in its order, the sample last.
    trial = simulate(SAMPLE.format(sample=""), 72)
    assert trial.times("p") == [38, 40, 42, 68, 70, 72]
    assert trial.items["p"].flow_time_quantiles_s["P99"] == pytest.approx(28, rel=0.01)  # 10 to 38
    assert trial.stations["lab"].completions == 2


def test_a_lot_that_fails_is_scrapped_or_sent_back():
    scrapped = simulate(SAMPLE.format(sample="good: 0.001 %"), 99)
    assert (scrapped.items["p"].scrapped, scrapped.items["p"].finished) == (9, 0)
    back = simulate(SAMPLE.format(sample="good: 0.001 %, else: {to: make}"), 40)
    # Back in the queue of a at 36, in their order: made again at 37, 38 and 39.
    assert back.items["p"].scrapped == 0
    assert back.stations["a"].completions == 6


def test_the_share_of_lots_that_fail():
    trial = simulate(SAMPLE.format(sample="good: 70 %").replace("every: 10 s", "saturated: true"), 9000, bin_s=1000)
    assert trial.items["p"].scrapped % 3 == 0
    assert share(trial.items["p"].scrapped / 3, trial.stations["lab"].completions, 0.3)


def batch_of_three(sample):
    """Three parts come at 100 s and are made at 101, 102, 103; their lot is in the laboratory from 103 to 108."""
    document = SAMPLE.format(sample=sample).replace("every: 10 s", "every: 100 s, group: 3")
    return simulate(document, 150)


def test_a_lot_that_fails_again_and_again_is_given_up_after_its_tries():
    # Fails at 108, made again at 109 to 111; fails at 116, made again at 117 to 119; the third failure, at 124, is one
    # too many.
    trial = batch_of_three("good: 0.001 %, else: {to: make, tries: 2}")
    assert (trial.stations["a"].completions, trial.stations["lab"].completions) == (9, 3)
    assert (trial.items["p"].scrapped, trial.items["p"].finished) == (3, 0)


def test_past_its_tries_a_lot_goes_where_then_says():
    # Failed at 108 and, made again, at 116: packed one by one all the same, at 118, 120 and 122.
    trial = batch_of_three("good: 0.001 %, else: {to: make, tries: 1, then: pack}")
    assert trial.times("p") == [118, 120, 122]
    assert trial.items["p"].scrapped == 0


def test_a_lot_that_fails_may_be_inspected_part_by_part():
    # Re-inspection finds one defective part in two; what passes is packed.
    trial = simulate(
        """
        stations: {a: {}, lab: {}, b: {}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes:
          p:
            - {op: make, station: a, time: 1 s, good: 50 %, defects: hidden,
               sample: {every: 4, operations: [look], good: 0.001 %, else: {to: sort}}}
            - {op: pack, station: b, time: 100 ms}
            - {op: look, station: lab, time: 3 s, side: true}
            - {op: sort, station: lab, time: 10 ms, inspects: true, repairs: 0 %, side: true, then: pack}
        """,
        2000,
        bin_s=1000,
    )
    assert trial.operation("p", "pack").completions == trial.items["p"].finished
    assert share(trial.items["p"].scrapped, trial.operation("p", "sort").completions, 0.5)


def test_a_sample_that_the_laboratory_rejects_fails_its_lot():
    # Every sample is rejected: scrapped at 108, and the two others of its lot made again, at 109 and 110.
    document = SAMPLE.format(sample="else: {to: make}").replace("every: 10 s", "every: 100 s, group: 3")
    trial = simulate(document.replace("time: 5 s, side", "time: 5 s, good: 0.001 %, side"), 150)
    assert trial.items["p"].scrapped == 1
    assert trial.stations["a"].completions == 5


def test_a_sample_lost_in_a_failure_takes_its_lot_along():
    document = SAMPLE.format(sample="").replace("every: 10 s", "every: 100 s, group: 3")
    failing = document.replace("lab: {}", "lab: {failures: [{uptime: 2 s busy, repair: 1 s, then: scrap}]}")
    trial = simulate(failing, 150)
    assert (trial.items["p"].scrapped, trial.items["p"].finished) == (3, 0)
    audit(trial.outcome)


def test_samples_may_leave_the_laboratory_together():
    # Lots of two, begun every 10 s: samples come to the laboratory at 21 and 41, leave it together at 46, good.
    trial = simulate(SAMPLE_IN_TWOS, 49)
    assert trial.times("p") == [46, 46, 46, 46]
    assert trial.items["p"].scrapped == 0
    audit(trial.outcome)


SAMPLE_IN_TWOS = """
stations: {a: {}, lab: {}}
items: {p: {made-by: p, release: {every: 10 s}}}
routes:
  p:
    - {op: make, station: a, time: 1 s, sample: {every: 2, operations: [look]}}
    - {op: look, station: lab, time: 5 s, side: true, transfer: 2}
"""
