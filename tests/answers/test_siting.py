"""Sites on the equator, where a degree is 111.19 km and every answer can be worked out by hand."""

import math

import pytest

import plantwright as pw

DEGREE = 6371.0088 * math.pi / 180
"""[km]"""


def east(degrees):
    return {"position": [0, degrees]}


@pytest.fixture
def two_towns(bench):
    """West takes 14,000 and East 10,000 parts a year; a site at each, and one half-way that nobody needs."""

    def ask(**changes):
        task = {
            "customers": {"west": {**east(0), "demand": 14_000}, "east": {**east(1), "demand": 10_000}},
            "candidates": {
                "west": {**east(0), "cost": "1000 EUR"},
                "middle": {**east(0.5), "cost": "1500 EUR", "name": "Half-way"},
                "east": {**east(1), "cost": "3000 EUR"},
            },
            "carriage": "0.01 EUR/km",
        }
        return bench.replace(siting={"towns": {**task, **changes}})

    return ask


def open_sites(answer, task="towns"):
    return [site.site for site in answer.sites if site.task == task and site.open]


def test_a_site_opens_where_it_saves_more_carriage_than_it_costs(two_towns):
    """From the west the east costs 10,000 x 1.1119 = 11,119 a year; a site there 3,000."""
    answer = pw.siting(two_towns())
    task = answer.tasks["towns"]
    assert open_sites(answer) == ["west", "east"]
    assert (task.objective, task.bound, task.is_optimal) == (4000.0, 4000.0, True)
    assert (task.sites_cost_per_year, task.carriage_cost_per_year) == (4000.0, 0.0)
    assert "open west and east (2 of 3) for 4,000 EUR a year, proven the least" in answer.verdict


def test_what_losing_a_site_costs_and_what_having_one_more_does(two_towns):
    """Without the east the middle serves it from half a degree away; with the middle as well it is 1,500 more."""
    answer = pw.siting(two_towns())
    found = {(change.change, change.site): change for change in answer.changes}
    assert found["without", "east"].difference == pytest.approx(2500 + 50 * DEGREE - 4000)
    assert found["with", "middle"].difference == pytest.approx(1500)
    assert found["without", "west"].opens == ("middle",)
    assert found["without", "west"].difference == pytest.approx(1500 + 3000 + 70 * DEGREE - 4000)
    assert set(found) == {("without", "west"), ("without", "east"), ("with", "middle")}


def test_full_sites_share_a_customer_unless_it_is_to_be_served_whole(two_towns):
    candidates = {
        "west": {**east(0), "capacity": 12_000},
        "east": {**east(1), "capacity": 20_000},
    }
    split = pw.siting(two_towns(candidates=candidates))
    assert split.tasks["towns"].objective == pytest.approx(2000 * 0.01 * DEGREE)
    assert [(row.customer, row.site, row.pieces_per_year) for row in split.services] == [
        ("west", "west", 12_000.0),
        ("west", "east", 2_000.0),
        ("east", "east", 10_000.0),
    ]
    assert [site.used_share for site in split.sites] == [1.0, 0.6]
    whole = pw.siting(two_towns(candidates=candidates, whole=True))
    assert whole.tasks["towns"].objective == pytest.approx(24_000 * 0.01 * DEGREE)


def test_prices_that_are_written_count_before_distance_and_other_currencies_are_converted(two_towns, bench):
    plant = two_towns(prices={"west": {"east": "0.05 USD"}}).replace(money={"base": "EUR", "rates": {"USD": 0.5}})
    answer = pw.siting(plant)
    assert open_sites(answer) == ["west"]
    assert answer.tasks["towns"].objective == pytest.approx(1000 + 10_000 * 0.025)


def test_shares_are_of_the_demand_of_the_plant(two_towns):
    answer = pw.siting(two_towns(customers={"east": {**east(1), "share": "25 %"}}))
    assert [point.weight for point in answer.points] == [6_000.0]


def test_a_median_weighs_its_customers_and_a_centre_does_not(two_towns):
    far = {"candidates": {"west": east(0), "middle": east(0.5)}, "p": 1, "carriage": None}
    plain = {key: value for key, value in far.items() if value is not None}
    task = two_towns().siting["towns"].model_dump(exclude={"carriage"}, exclude_unset=True, by_alias=True)
    base = two_towns()

    def of(kind):
        return pw.siting(base.replace(siting={"towns": {**task, **plain, "kind": kind}}))

    median, centre = of("p-median"), of("p-centre")
    assert open_sites(median) == ["west"]
    assert median.tasks["towns"].objective == pytest.approx(DEGREE * 10 / 24)
    assert open_sites(centre) == ["middle"]
    assert centre.tasks["towns"].objective == pytest.approx(DEGREE / 2)
    assert centre.tasks["towns"].unit == "km at most"
    assert "nobody is farther than 55.6 km" in centre.verdict


@pytest.fixture
def line(bench):
    """A line of three degrees; posts every half degree see half a degree to either side."""

    def ask(**changes):
        task = {
            "kind": "set-covering",
            "lines": {"wire": {"path": [[0, 0], [0, 3]], "name": "The wire"}},
            "candidates": {f"post-{place}": east(place / 2) for place in range(7)},
            "radius": f"{DEGREE / 2 + 0.001} km",
            "step": f"{DEGREE / 10} km",
        }
        return bench.replace(siting={"towns": {**task, **changes}})

    return ask


def test_three_posts_watch_a_line_of_three_degrees(line):
    answer = pw.siting(line())
    assert open_sites(answer) == ["post-1", "post-3", "post-5"]
    assert answer.tasks["towns"].objective == 3
    wire = answer.lines[0]
    assert (wire.length_km, wire.seen_km) == pytest.approx((3 * DEGREE, 3 * DEGREE))
    assert len(wire.times) == 30
    assert "see everything proven the fewest" in answer.verdict


def test_dear_posts_are_gone_around(line):
    candidates = {f"post-{place}": {**east(place / 2), "cost": f"{9 if place == 3 else 2} EUR"} for place in range(7)}
    answer = pw.siting(line(candidates=candidates))
    assert answer.tasks["towns"].objective == 8
    assert "post-3" not in open_sites(answer)


def test_two_posts_see_two_thirds_and_a_backup_may_be_worth_more_than_new_ground(line):
    answer = pw.siting(line(kind="maximal-covering", p=2))
    assert answer.tasks["towns"].seen_share == pytest.approx(2 / 3)
    assert answer.tasks["towns"].seen_twice_share == 0
    both = pw.siting(line(kind="maximal-covering", p=4, backup="100 %"))
    assert both.tasks["towns"].objective == pytest.approx(4 * DEGREE)


def test_all_seven_posts_see_everything_twice_and_none_thrice(line):
    assert pw.siting(line(times=2)).tasks["towns"].objective == 7
    task = pw.siting(line(times=3)).tasks["towns"]
    assert task.reasons == ("fewer than 3 candidates see 334 km of The wire, the first of them at 0.0000, 0.0000",)


def test_what_nobody_can_see_is_named_and_placed(line):
    gap = pw.siting(line(candidates={"post-1": east(0.5), "post-5": east(2.5)}))
    task = gap.tasks["towns"]
    assert not task.is_feasible
    assert task.reasons == ("no candidate sees 111 km of The wire, the first of them at 0.0000, 1.0000",)
    assert "no choice of sites will do" in gap.verdict
    assert (gap.lines[0].seen_km, open_sites(gap)) == (0.0, [])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"candidates": {"west": {**east(0), "capacity": 9_000}, "east": {**east(1), "capacity": 10_000}}},
            "all candidates together can serve 5,000 pieces a year fewer than are wanted",
        ),
        ({"radius": "20 km", "candidates": {"west": east(0)}}, "no candidate may serve east"),
        (
            {
                "radius": "20 km",
                "candidates": {"west": {**east(0), "capacity": 9_000}, "east": {**east(1), "capacity": 90_000}},
            },
            "5,000 pieces a year of west stay unserved with every site open",
        ),
        ({"radius": "20 km", "p": 1}, "it takes at least 2 open sites, and p allows 1"),
        (
            {
                "whole": True,
                "candidates": {"west": {**east(0), "capacity": 13_000}, "east": {**east(1), "capacity": 13_000}},
            },
            "customers cannot all be served whole",
        ),
    ],
)
def test_what_cannot_be_says_why(two_towns, changes, why):
    answer = pw.siting(two_towns(**changes))
    task = answer.tasks["towns"]
    assert not task.is_feasible
    assert why in " ".join(task.reasons)
    assert (answer.services, answer.changes, task.objective) == ((), (), None)


def test_a_budget_that_does_not_pay_for_the_posts_says_what_would(line):
    candidates = {f"post-{place}": {**east(place / 2), "cost": "2 kEUR"} for place in range(7)}
    answer = pw.siting(line(candidates=candidates, budget="5 kEUR"))
    assert answer.tasks["towns"].reasons == ("it takes at least 6,000 EUR a year, and the budget is 5,000",)


def test_criteria_may_prefer_another_plan_and_say_at_which_weight(two_towns):
    """West alone is best by far in air, both together in money: the lead changes where both count alike."""
    criteria = {
        "money": {"weight": 3},
        "air": {"weight": 1, "scores": {"west": 10, "middle": 0, "east": 0}},
    }
    answer = pw.siting(
        two_towns(
            criteria=criteria,
            candidates={
                "west": {**east(0), "cost": "1000 EUR"},
                "east": {**east(1), "cost": "3000 EUR"},
            },
        )
    )
    plans = {plan.plan: plan for plan in answer.plans}
    assert set(plans) == {"best", "without west", "without east"}
    assert plans["best"].values == pytest.approx({"money": 4000, "air": 10 * 14 / 24})
    assert plans["without east"].score == pytest.approx(
        0.25
        + 0.75
        * (plans["without west"].values["money"] - plans["without east"].values["money"])
        / (plans["without west"].values["money"] - 4000)
    )
    assert sum(plan.first_share for plan in answer.plans) == pytest.approx(1)
    air = next(swing for swing in answer.swings if swing.criterion == "air" and swing.swings_at > 0.25)
    assert air.plan == "without east"
    again = pw.siting(two_towns(criteria=criteria), seed=1)
    assert again.plans == pw.siting(two_towns(criteria=criteria), seed=1).plans
    assert again.plans != pw.siting(two_towns(criteria=criteria), seed=2).plans


def test_the_same_question_has_the_same_bytes(two_towns):
    assert pw.siting(two_towns()).to_json() == pw.siting(two_towns(), workers=2).to_json()


def test_rows_become_frames(two_towns):
    answer = pw.siting(two_towns())
    assert set(answer.tables()) >= {"tasks", "sites", "services", "points", "changes"}
    assert answer.frame("services")["pieces_per_year"].sum() == 24_000


def test_a_plant_without_a_task_says_what_to_write(bench):
    with pytest.raises(pw.RunError, match=r"E445.*Write siting"):
        pw.siting(bench)


def test_of_many_shut_sites_those_are_tried_that_promise_most(two_towns, monkeypatch):
    """Four sites half-way between the towns, the later the cheaper: room for the two open ones and one more."""
    plant = two_towns()
    task = plant.siting["towns"].model_dump(exclude_unset=True, by_alias=True)
    between = {f"site-{place}": {**east(0.5), "cost": f"{2000 - 100 * place} EUR"} for place in range(4)}
    candidates = {**task["candidates"], **between}
    monkeypatch.setattr("plantwright.study.siting.changed.EFFORT", 3 * 2 * len(candidates))
    answer = pw.siting(plant.replace(siting={"towns": {**task, "candidates": candidates}}))
    assert [(change.change, change.site) for change in answer.changes] == [
        ("without", "west"),
        ("without", "east"),
        ("with", "middle"),
    ]
    assert "towns: 4 shut candidates that promise less were not forced open." in answer.notes


def test_many_tasks_are_told_together(two_towns):
    task = two_towns().siting["towns"]
    far = two_towns(radius="1 km", candidates={"west": east(0)}).siting["towns"]
    answer = pw.siting(two_towns().replace(siting={"a": task, "b": task, "c": far}))
    assert (
        answer.verdict
        == "3 questions of where, 2 answered and proven the best, 1 impossible: a (2 open), b (2 open), c (none)."
    )


def test_a_site_whose_cost_nobody_has_written_is_unknown_and_said_to_count_as_free(two_towns):
    plant = two_towns(candidates={"east": east(1), "west": {**east(0), "cost": "10 EUR"}})
    answer = pw.siting(plant)
    cost = {site.site: site.cost_per_year for site in answer.sites}
    assert cost["east"] is None and cost["west"] == 10.0
    assert any("nobody has written what" in note and "east" in note for note in answer.notes)
