"""Answers as polars frames: one row for each thing, two columns for each number with an interval."""

import pytest

import plantwright as pw
from tests.report import sample


@pytest.fixture(scope="module")
def simulated(noisy):
    return pw.simulate(noisy, until="500 s", warmup="0 s", replications=2)


def test_a_table_by_id_has_its_ids_and_two_columns_for_a_number_with_an_interval(simulated):
    stations = simulated.frame("stations")
    assert stations["id"].to_list() == ["a", "b"]
    assert stations["utilisation"].to_list() == [each.utilisation.mean for each in simulated.stations.values()]
    assert stations["utilisation_half_width"][1] == simulated.stations["b"].utilisation.half_width
    assert stations["states.blocked"][0] == simulated.stations["a"].states["blocked"].mean


def test_single_numbers_by_id_stand_in_a_column_called_value():
    shares = sample.bottleneck().frame("longest_active_share")
    assert shares.columns == ["id", "value", "value_half_width"]


def test_rows_without_ids_keep_their_order_and_leave_out_what_is_a_table_itself():
    gains = sample.bottleneck().frame("marginal")
    assert gains["resource"].to_list() == [row.resource for row in sample.bottleneck().marginal]
    assert {"gain_per_year", "gain_per_year_half_width", "distinguishable"} < set(gains.columns)


def test_ranges_become_their_ends():
    products = sample.capacity().frame("by_product")
    assert {"units_per_year_inputs_low", "units_per_year_inputs_high"} < set(products.columns)


@pytest.mark.parametrize("answer", [sample.capacity(), sample.bottleneck(), sample.simulate()], ids=lambda a: a.plant)
def test_every_table_that_is_named_is_a_frame_of_as_many_rows(answer):
    assert answer.tables()
    for name in answer.tables():
        assert answer.frame(name).height == len(getattr(answer, name))


def test_an_unknown_table_names_those_there_are():
    with pytest.raises(ValueError, match=r'no table "station" in .*Did you mean stations\?'):
        sample.simulate().frame("station")
