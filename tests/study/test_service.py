import pytest

from plantwright.study import service
from plantwright.study.effort import EFFORTS
from plantwright.study.session import Session

SEASON = """
    plantwright: 1
    name: A season
    stations: {m: {}}
    routes: {toy: [{op: make, station: m, time: 30 min}]}
    products: {toy: {made-by: toy, ahead: 30 d, start: 100}}
    demand: {toy: {year: 12 000, season: {Dec: 40 %}}}
"""


@pytest.fixture
def session(write, crowd):
    return Session(write(SEASON), EFFORTS["quick"], 1, crowd)


@pytest.fixture
def runs(session):
    return service.serve(session)


def test_every_month_of_the_year_is_there_with_its_demand(session, runs):
    months = service.months(session, runs)
    assert [month.month for month in months][:2] == ["2027-01", "2027-02"]
    demand = {month.month: month.demand["toy"] for month in months}
    assert demand["2027-12"] == pytest.approx(4800, abs=1)
    assert sum(demand.values()) == 12_000


def test_stock_built_ahead_is_delivered_in_the_season(session, runs):
    months = {month.month: month for month in service.months(session, runs)}
    # 48 a day are 1,488 in December; 30 days ahead of it give as much again
    delivered = months["2027-12"].delivered["toy"].mean
    assert 1488 + 700 < delivered < 4800
    assert months["2027-11"].stock_end["toy"].mean > 700
    assert months["2027-12"].backlog_end["toy"].mean == pytest.approx(
        sum(month.demand["toy"] - month.delivered["toy"].mean for month in months.values() if month.month < "2028"),
        abs=2,
    )


def test_the_figures_agree_with_the_months(session, runs):
    found = service.figures(session, runs)
    months = service.months(session, runs)
    assert found.delivered_per_year.mean == pytest.approx(sum(month.delivered["toy"].mean for month in months))
    assert found.demand_per_year == 12_000
    assert 0 < found.service_level.mean < 1
    assert sum(share for _, share in found.flow_time_histogram["toy"]) == pytest.approx(1)
    assert len(found.output_by_week["toy"]) == 52


def test_without_a_demand_there_is_no_service(write, crowd, moment):
    plant = write("""
        plantwright: 1
        name: None
        target: 1000
        stations: {m: {}}
        routes: {part: [{op: work, station: m, time: 1 h}]}
        products: {part: {made-by: part}}
    """)
    session = Session(plant, moment, 1, crowd)
    assert service.serve(session) == []
    assert service.figures(session, []) is None
    assert service.months(session, []) == ()
