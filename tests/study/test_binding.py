import pytest

from plantwright.study.binding import binding_station, suspects
from plantwright.study.effort import EFFORTS
from plantwright.study.session import Session

SHELF = """
    plantwright: 1
    name: A shelf of parts before an assembly
    stations: {turn: {}, fit: {}}
    items: {part: {made-by: part, policy: {kanban: 500}}}
    routes:
      part: [{op: turn, station: turn, time: TURN}]
      box: [{op: fit, station: fit, time: 10 min, uses: {part: 1}}]
    products: {box: {made-by: box}}
    demand: {box: {year: 50 000}}
"""


@pytest.fixture
def study(write, crowd):
    """Blamed stations and the binding one, with so many minutes to turn a part."""

    def found(minutes):
        session = Session(write(SHELF.replace("TURN", f"{minutes} min")), EFFORTS["quick"], 1, crowd)
        sold = session.year.wanted.sold
        return suspects(session.plant, session.runs, sold), binding_station(session.plant, session.runs, sold)

    return found


def test_whoever_makes_components_is_not_to_blame_while_kits_are_there_in_time(study):
    assert study(9) == (("fit",), "fit")


def test_components_are_to_blame_where_the_assembly_waits_for_its_kit(study):
    assert study(12) == (("turn", "fit"), "turn")
