"""Mechanism 11: times fall with how often something has been done."""

from itertools import accumulate, pairwise

import pytest

from plantwright.model.learning import Learning, mean_pace, pace
from plantwright.model.unused import not_used
from tests.audit import audit
from tests.trial import plant_of, simulate

ONE = """
skills: {{{skills}}}
crews: {{f: {{skills: [fit, help], people: 9}}}}
stations: {{m: {{{station}}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes: {{p: [{{op: x, station: m, time: 1000 s, {operation}}}]}}
"""


def one(operation, until, *, skills="fit: {}", station=""):
    trial = simulate(ONE.format(operation=operation, skills=skills, station=station), until, bin_s=until)
    audit(trial.outcome)
    return trial


def ends(operation, count, **more):
    """When each of the first pieces is finished [s], to the half second."""
    document = ONE.format(operation=operation, skills=more.get("skills", "fit: {}"), station=more.get("station", ""))
    trial = simulate(document, count * 2000, bin_s=0.5)
    return trial.times("p")[:count]


def test_each_doubling_takes_the_same_share_of_the_time():
    # 80 %: 1,000 s, 800 s for the second, 640 s for the fourth, 512 s for the eighth.
    learning = "learning: {rate: 80 %, standard: 1}"
    found = one(learning, 20_000)
    times = [1000 * n**-0.32192809 for n in range(1, 9)]
    assert times[1] == pytest.approx(800)
    assert times[3] == pytest.approx(640)
    assert times[7] == pytest.approx(512)
    assert ends(learning, 8) == pytest.approx(list(accumulate(times)), abs=0.5)
    curve = found.run.practice["p.x"]
    assert curve.pace == pytest.approx(curve.count**-0.32192809)


@pytest.mark.parametrize(
    ("learning", "times"),
    [
        # From the fourth piece on nothing is learned any more.
        ("{rate: 80 %, standard: 1, plateau: 4}", [1000, 800, 702.10, 640, 640, 640]),
        # A quarter of the first time cannot be learned: 250 s + 750 s x 0.8 for the second, x 0.64 for the fourth.
        ("{rate: 80 %, standard: 1, fixed: 25 %}", [1000, 850, 776.58, 730]),
        # The written time is that of the fourth piece: the first takes 1000 / 0.64.
        ("{rate: 80 %, standard: 4}", [1562.5, 1250, 1097.04, 1000]),
        # Done three times before: the first one of the run is the fourth.
        ("{rate: 80 %, standard: 1, start: 3}", [640, 595.64]),
        # Beginners who reach the written time with their fourth piece, and keep it.
        ("{rate: 80 %, standard: 4, plateau: 4}", [1562.5, 1250, 1097.04, 1000, 1000]),
        # Nothing is left to be learned.
        ("{rate: 80 %, standard: 4, plateau: 4, start: 3}", [1000, 1000]),
        ("{rate: 100 %, standard: 1}", [1000, 1000]),
    ],
)
def test_learning_with_a_plateau_a_fixed_part_a_standard_and_a_start(learning, times):
    document = ONE.format(operation=f"learning: {learning}", skills="fit: {}", station="")
    total = 0.0
    for number, time in enumerate(times):
        total += time
        before = simulate(document, total - 0.1, bin_s=total).items["p"].finished
        after = simulate(document, total + 0.1, bin_s=total).items["p"].finished
        assert (before, after) == (number, number + 1)


def test_a_skill_is_learned_over_all_its_operations_or_each_by_itself():
    document = """
    skills: {{fit: {{learning: {{rate: 50 %, standard: 1, by: {by}}}}}}}
    crews: {{f: {{skills: [fit], people: 1}}}}
    stations: {{a: {{}}, b: {{}}}}
    items: {{p: {{made-by: p, release: {{every: 9000 s}}}}}}
    routes:
      p:
        - {{op: x, station: a, time: 1000 s, people: {{fit: 1}}}}
        - {{op: y, station: b, time: 1000 s, people: {{fit: 1}}}}
    """
    # At 50 % the n-th takes 1/n. Together: 1 + 1/2 for the first piece, 1/3 + 1/4 for the second.
    together = simulate(document.format(by="skill"), 18_600, bin_s=1)
    assert together.times("p") == [9000 + 1500, 18_000 + 584]
    assert {name: curve.count for name, curve in together.run.practice.items()} == {"fit": 4}
    # By itself: 1 + 1 for the first, 1/2 + 1/2 for the second.
    apart = simulate(document.format(by="operation"), 19_100, bin_s=1)
    assert apart.times("p") == [9000 + 2000, 18_000 + 1000]
    assert {name: curve.count for name, curve in apart.run.practice.items()} == {"p.x.fit": 2, "p.y.fit": 2}


def test_who_learns_slowest_holds_the_others_up():
    skills = "fit: {learning: {rate: 50 %, standard: 1}}, help: {learning: {rate: 80 %, standard: 1}}"
    assert ends("people: {fit: 1, help: 1}", 2, skills=skills) == [1000, 1800]


def test_an_operation_that_is_learned_itself_does_not_learn_by_its_skills():
    skills = "fit: {learning: {rate: 50 %, standard: 1}}"
    trial = one("people: {fit: 1}, learning: {rate: 80 %, standard: 1}", 1900, skills=skills)
    assert trial.items["p"].finished == 2
    assert list(trial.run.practice) == ["p.x"]


def test_those_who_load_and_unload_learn_that_and_not_the_machines_time():
    # Load 100 s, run 1,000 s, unload 200 s; at 50 % the second time 50 s and 100 s.
    skills = "fit: {learning: {rate: 50 %, standard: 1}}"
    operation = "attended: {people: {fit: 1}, load: 100 s, unload: 200 s}"
    assert ends(operation, 2, skills=skills) == [1300, 1300 + 1150]


def test_setups_are_not_learned():
    # A setup of 100 s each time, since every other piece is of the other family.
    document = """
    skills: {fit: {learning: {rate: 50 %, standard: 1}}}
    crews: {f: {skills: [fit], people: 1}}
    stations: {m: {setup: {between-families: 100 s, people: {fit: 1}}}}
    items: {p: {made-by: p, release: {every: 9000 s}}}
    routes:
      p:
        - {op: x, station: m, time: 1000 s, people: {fit: 1}, family: red}
        - {op: y, station: m, time: 1000 s, people: {fit: 1}, family: blue}
    """
    assert simulate(document, 20_000, bin_s=1).times("p") == [9000 + 200 + 1500, 18_000 + 200 + 584]


def test_a_skill_with_a_mere_rate_changes_nothing_and_is_listed_as_not_used():
    plain = ends("people: {fit: 1}", 4)
    assert ends("people: {fit: 1}", 4, skills="fit: {learning: 85 %}") == plain == [1000, 2000, 3000, 4000]
    mere = plant_of(ONE.format(operation="people: {fit: 1}", skills="fit: {learning: 85 %}", station=""))
    assert not_used(mere) == ("skills.fit.learning",)
    group = "fit: {learning: {rate: 85 %, standard: 9}}"
    assert not_used(plant_of(ONE.format(operation="people: {fit: 1}", skills=group, station=""))) == ()


def test_random_times_are_multiplied_by_what_is_learned():
    document = ONE.format(operation="learning: {rate: 80 %, standard: 1}", skills="fit: {}", station="")
    document = document.replace("time: 1000 s", "time: exponential(1000 s)")
    plain = simulate(document.replace(", learning: {rate: 80 %, standard: 1}", ""), 40_000, bin_s=1).times("p")[:30]
    learned = simulate(document, 40_000, bin_s=1).times("p")[:30]
    drawn_times = [plain[0], *(after - before for before, after in pairwise(plain))]
    by_hand = accumulate(time * n**-0.32192809 for n, time in enumerate(drawn_times, 1))
    assert learned == pytest.approx(list(by_hand), abs=30)  # each of the thirty is read to the next second


def test_a_part_begun_only_where_it_ends_in_the_shift_knows_what_has_been_learned():
    # The shift is 1,900 s: 1,000 s for the first; the second takes 800 s of the 900 s that are left, and is begun.
    document = ONE.format(
        operation="learning: {rate: 80 %, standard: 1}", skills="fit: {}", station="calendar: c, end-of-shift: no-start"
    )
    calendar = 'calendars: {c: {shifts: ["00:00-00:31"], overtime: [{extend: 40 s, when: {queue: m, above: 9}}]}}'
    trial = simulate(calendar + document, 5000, bin_s=1)
    assert trial.times("p") == [1000, 1800]  # the shift ends at 1,860 s
    slower = simulate(calendar + document.replace("80 %", "90 %"), 5000, bin_s=1)
    assert slower.times("p") == [1000]  # 900 s of 860 s that are left


def test_panels_and_batches_count_once():
    document = """
    stations: {m: {batch: {max: 4}}}
    items: {p: {made-by: p, release: {saturated: true}}}
    routes: {p: [{op: x, station: m, time: 1000 s, learning: {rate: 50 %, standard: 1}}]}
    """
    assert simulate(document, 1600, bin_s=1).times("p") == [1000] * 4 + [1500] * 4


def test_two_items_of_one_route_learn_it_together():
    document = """
    stations: {m: {}}
    items:
      p: {made-by: r, release: {every: 9000 s}}
      q: {made-by: r, release: {every: 10000 s}}
    routes: {r: [{op: x, station: m, time: 1000 s, learning: {rate: 50 %, standard: 1}}]}
    """
    trial = simulate(document, 11_000, bin_s=1)
    assert (trial.times("p"), trial.times("q")) == ([10_000], [10_500])


@pytest.mark.parametrize("times", [1, 7, 1000, 1001, 5000, 123_456])
@pytest.mark.parametrize(
    "learning",
    [
        Learning(rate="85 %", standard=1),
        Learning(rate="85 %", standard=100, fixed="30 %"),
        Learning(rate="92 %", standard=1000, plateau=20_000, start=10),
        Learning(rate="50 %", standard=1, plateau=300),
        Learning(rate="70 %", standard=5, plateau=50_000, start=2000, fixed="10 %"),
    ],
)
def test_the_mean_of_a_year_is_that_of_its_executions(learning, times):
    exact = sum(pace(learning, learning.start + n) for n in range(1, times + 1)) / times
    assert mean_pace(learning, times) == pytest.approx(exact, rel=1e-7)
