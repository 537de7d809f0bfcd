import pytest

import plantwright as pw
from plantwright.answers.bottleneck import answer_of
from plantwright.study.session import Session

YEAR = 261 * 8 * 15


@pytest.fixture(scope="module")
def plant(write, text_of_bench):
    """The bench with a little luck at the drill."""
    return write(text_of_bench.replace("time: 4 min", '"time": "gamma(4 min, 1 min)"'))


@pytest.fixture(scope="module")
def answer(plant):
    return pw.bottleneck(plant, effort="quick", seed=1)


def gain(answer, resource, change):
    return next(row for row in answer.marginal if (row.resource, row.change) == (resource, change))


def test_the_drill_holds_it_back(answer):
    assert answer.verdict.lower().startswith("drill")
    assert next(iter(answer.longest_active_share)) == "drill"


def test_a_second_drill_doubles_the_output(answer):
    """Then the saw, just as quick as two drills, holds it back too: hardly less than twice as many."""
    row = gain(answer, "drill", "one more machine")
    assert 0.85 * YEAR < row.gain_per_year.mean <= 1.02 * YEAR
    assert row.distinguishable


def test_five_per_cent_shorter_times_give_as_much(answer):
    row = gain(answer, "drill", "5 % shorter time")
    assert row.gain_per_year.mean == pytest.approx(YEAR * 0.05 / 0.95, rel=0.1)


def test_what_gives_nothing_is_not_told_from_nothing(answer):
    row = gain(answer, "saw", "one more machine")
    assert not row.distinguishable
    assert abs(row.gain_per_year.mean) < 0.01 * YEAR


def test_the_best_are_estimated_on_fresh_runs(answer):
    assert answer.marginal[0].gain_per_year.n > 1


def test_a_gain_can_be_tried_as_the_patch_that_stands_beside_it(answer, plant):
    row = gain(answer, "drill", "one more machine")
    assert row.patch == {"set": {"stations.drill.machines": 2}}
    assert pw.apply(plant, row.patch["set"]).stations["drill"].machines == 2


def test_the_stairs_climb_and_their_gains_are_their_steps(answer):
    levels = [answer.units_per_year.mean, *(step.units_per_year.mean for step in answer.staircase)]
    assert levels == sorted(levels)
    for below, above, step in zip(levels[:-1], levels[1:], answer.staircase, strict=True):
        assert above - below == pytest.approx(step.gain_per_year.mean, rel=0.05)


def test_pairs_name_both_changes(answer):
    for pair in answer.pairs:
        assert pair.second
        assert len(pair.patch["set"]) >= 2


def test_every_change_is_either_in_the_table_or_named_as_not_tested(answer, plant):
    from plantwright.study.candidates import candidates

    told = {f"{row.resource}: {row.change}" for row in answer.marginal} | set(answer.not_tested)
    assert told == {f"{each.resource}: {each.change}" for each in candidates(plant)}


def test_one_and_two_workers_give_the_same_bytes(plant, moment):
    one, two = (pw.bottleneck(plant, effort=moment, workers=workers).to_json() for workers in (1, 2))
    assert one == two


def test_an_interruption_before_the_first_change_leaves_the_states(bench, moment, crowd):
    session = Session(bench, moment, 1, crowd)
    assert session.runs
    crowd.interrupted = True
    answer = answer_of(session)
    assert answer.marginal == ()
    assert answer.stations["drill"].states["busy"].mean > 0


def test_one_more_cart_is_tried_first_where_carts_hold_the_plant_back(write):
    plant = write("""
        plantwright: 1
        name: A cart between two machines
        stations: {form: {}, trim: {room: 20}}
        carriers: {cart: {return: 5 min, name: Hand cart}}
        travel: [{from: form, to: trim, time: 10 min, carrier: cart}]
        routes:
          part:
            - {op: form, station: form, time: 6 min}
            - {op: trim, station: trim, time: exponential(1 min)}
        products: {part: {made-by: part}}
        demand: {part: {year: 60 000}}
    """)
    found = pw.bottleneck(plant, effort="quick", seed=1)
    assert found.marginal[0].resource == "cart"
    # Four trips an hour; two carts make eight.
    assert found.marginal[0].gain_per_year.mean == pytest.approx(365 * 24 * 4, rel=0.01)
    assert found.verdict.startswith("Hand cart (carrier, in use 100 % of its time) holds the plant back")
