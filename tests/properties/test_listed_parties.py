"""A listed party never appears in any plan: sourcing, materials, risk. Every party is invented."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import plantwright as pw

NAMES = {
    "weaver": "Alvora Weaving",
    "mill": "Verdanik Cloth Mill",
    "spinner": "Kestrelmark Spinning",
    "forest": "Nordmere Forestry",
    "rodder": "Tundrel Rods",
}
DOCUMENT = """
    plantwright: 1
    name: Kite works
    from: 2027-01-04
    money: {base: EUR}
    sites: {home: {country: AT, recovery: 4 week}}
    shops: {hall: {site: home}}
    stations: {bench: {shop: hall}}
    routes: {kite: [{op: tie, station: bench, time: 1 min, uses: {cloth: 2, rod: 3}}]}
    items:
      cloth: {buy: {policy: {s: 900, Q: 700}}}
      rod: {buy: {from: [rod-forest, rod-rodder], policy: {s: 1200, Q: 1000}}}
    products: {kite: {made-by: kite, price: 90 EUR, margin: 40 EUR}}
    demand: {kite: {year: 5 200}}
    offers:
      cloth-weaver: {item: cloth, supplier: weaver, lead-time: 7 d, prices: {1: 6 EUR}, origin: AT, capacity: 40/d}
      cloth-mill: {item: cloth, supplier: mill, lead-time: 14 d, prices: {1: 5 EUR}, origin: VN, capacity: 40/d}
      cloth-spinner: {item: cloth, supplier: spinner, lead-time: 7 d, prices: {1: 7 EUR}, origin: AT, capacity: 40/d}
      rod-forest: {item: rod, supplier: forest, lead-time: 7 d, prices: {1: 1 EUR}, origin: AT, capacity: 600/week}
      rod-rodder: {item: rod, supplier: rodder, lead-time: 7 d, prices: {1: 2 EUR}, origin: AT, capacity: 600/week}
    suppliers:
      weaver: {name: Alvora Weaving, country: AT, recovery: 6 week}
      mill: {name: Verdanik Cloth Mill, country: VN, recovery: 8 week}
      spinner: {name: Kestrelmark Spinning, country: AT, recovery: 6 week}
      forest: {name: Nordmere Forestry, country: AT, recovery: 6 week}
      rodder: {name: Tundrel Rods, country: AT, recovery: 6 week}
    sourcing: {holding: 0 %}
    risk: {horizon: 26 week, survive: 4 week}
    planning: {horizon: 13 week}
"""


@pytest.fixture(scope="module")
def works(write):
    return write(DOCUMENT)


ANSWERS = {
    "sourcing": lambda plant, lists: pw.sourcing(plant, lists=lists),
    "materials": lambda plant, lists: pw.materials(plant, lists=lists, follows=False),
    "risk": lambda plant, lists: pw.risk(plant, lists=lists, replays=0),
}


def plan_of(answer):
    """Every text of the answer but for what says who was left out, and why."""
    told = answer.as_dict()
    for said in ("screened", "verdict", "notes", "facts"):
        told.pop(said, None)

    def texts(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield str(key)
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)
        elif isinstance(value, str):
            yield value

    return set(texts(told))


@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_listed_party_and_what_it_offers_never_appear_in_a_plan(works, tmp_path_factory, data):
    listed = data.draw(st.sets(st.sampled_from(sorted(NAMES)), min_size=1, max_size=3), "listed")
    legal = data.draw(st.sampled_from(["", " GMBH", " LLC"]), "legal form")
    behind = data.draw(st.sampled_from([None, *sorted(NAMES)]), "who buys from a listed one")
    changes = {} if behind is None else {f"suppliers.{behind}.buys-from": sorted(listed - {behind})}
    path = tmp_path_factory.mktemp("lists") / "sdn-2026-11-05.csv"
    row = '{},"{}{}","-0-","TEST",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\n'
    path.write_text(
        "".join(row.format(n, NAMES[key].upper(), legal) for n, key in enumerate(sorted(listed), 1)), "utf-8"
    )
    plant = pw.apply(works, changes)
    barred = listed | ({behind} if behind is not None and listed - {behind} else set())
    theirs = {name for name, offer in plant.offers.items() if offer.supplier in barred}
    for noun, ask in ANSWERS.items():
        try:
            answer = ask(plant, [path])
        except pw.RunError:
            continue  # nobody is left whom it could be asked of
        assert set(answer.screened.offers) == theirs, noun
        assert answer.screened.state == "refused", noun
        assert not plan_of(answer) & (barred | theirs | {NAMES[key] for key in barred}), noun


def test_without_a_list_the_same_plans_name_them_all(works):
    named = set().union(*(plan_of(ask(works, None)) for ask in ANSWERS.values()))
    assert set(works.offers) <= named


def test_every_plan_says_that_nothing_was_screened_without_a_list(works):
    for ask in ANSWERS.values():
        assert ask(works, None).screened.note == "No list was given: nothing was screened."
