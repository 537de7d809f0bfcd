"""Plans drawn by hypothesis: lots of what a plant makes, each operation on some machine at some time."""

from hypothesis import strategies as st

from plantwright.compile import lower
from plantwright.compile.following import Lot, Visit, follow
from plantwright.compile.planned import Planned
from tests.strategies import given, maybe, times
from tests.trial import plant_of


def planned_world(plant, lots, *, until_s, **how):
    """A plant that follows a plan."""
    plan = {lot.item: [Planned(1, 0.0, 0.0)] for lot in lots}
    return follow(lower(plant, mode="as-written", until_s=until_s, plan=plan), lots, **how)


def machines_of(plant, operation, item):
    """Every machine that may do an operation on an item."""
    route = {**plant.items, **plant.products}[item].made_by
    for name in operation.stations:
        for number, machine in enumerate(plant.stations[name].each_machine):
            if not machine.only or item in machine.only or route in machine.only:
                yield f"{name}/{machine.name or number + 1}"


@st.composite
def visits(draw, plant, item):
    """A machine and a time for most operations of a route, in no sensible order."""
    found = []
    route = plant.routes[{**plant.items, **plant.products}[item].made_by]
    for operation in route:
        machines = list(machines_of(plant, operation, item))
        if machines and not operation.side and draw(st.integers(0, 7)):
            machine = draw(st.sampled_from([*machines, machines[0].partition("/")[0]]))
            rest = {"rest_s": draw(st.integers(0, 5)), "is_alone": draw(st.booleans())}
            found.append(Visit(operation.op, machine, draw(st.integers(0, 80)), 3.0, **rest))
    return tuple(found)


@st.composite
def planned(draw, whole, items=("part", "unit")):
    """A plant as a document tree, and a plan."""
    tree = draw(whole)
    plant = plant_of(tree)
    lots = []
    for item in draw(st.lists(st.sampled_from(items), min_size=1, max_size=7)):
        pieces, enters = draw(st.integers(1, 4)), draw(st.integers(0, 60))
        lots.append(Lot(item, pieces, enters, 100.0, draw(visits(plant, item))))
    return tree, lots


@st.composite
def scheduled(draw):
    """A job shop with alternatives, setups, shifts and laws of all kinds, a schedule of it, and its bars [s].

    The schedule is made in the order of a list: each operation begins when its lot and its machine are there. One that
    is not tight lets time pass besides.
    """
    stations = {
        f"s{n}": draw(
            given(
                machines=st.integers(1, 2), setup=maybe(st.integers(1, 5).map(lambda t: {"between-families": f"{t} s"}))
            )
        )
        for n in range(draw(st.integers(1, 3)))
    }
    names = list(stations)
    items = [f"i{n}" for n in range(draw(st.integers(1, 3)))]
    where = st.permutations(names).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: list(order[:n])))
    steps = st.builds(lambda at, time: {"station": at, "time": time, "good": "90 %"}, where, times(1, 9))
    routes = {
        item: [{"op": f"o{n}", **step} for n, step in enumerate(draw(st.lists(steps, min_size=1, max_size=4)))]
        for item in items
    }
    document = {"stations": stations, "items": {item: {"made-by": item} for item in items}, "routes": routes}
    is_tight = draw(st.booleans())
    made = draw(st.lists(st.sampled_from(items), min_size=1, max_size=6))
    lots, expected = _in_list_order(draw, document, made, is_tight)
    return document, lots, expected, is_tight


def _in_list_order(draw, document, made, is_tight):
    """Lots and bars, operation by operation in an order that is drawn."""
    free, family, ready = {}, {}, [0] * len(made)
    visits, bars = [[] for _ in made], [[] for _ in made]
    turns = draw(st.permutations([n for n, item in enumerate(made) for _ in document["routes"][item]]))
    for n in turns:
        step = document["routes"][made[n]][len(visits[n])]
        station = draw(st.sampled_from(step["station"]))
        machine = f"{station}/{draw(st.integers(1, document['stations'][station]['machines']))}"
        change = document["stations"][station].get("setup", {}).get("between-families", "0 s")
        setup = 0 if family.get(machine) == made[n] else int(change.split()[0])
        lets_pass = 0 if is_tight else draw(st.integers(0, 5))
        begins = max(ready[n], free.get(machine, 0)) + lets_pass
        takes = draw(st.integers(0 if not is_tight else 1, 9))
        start = begins + setup
        visits[n].append(Visit(step["op"], machine, begins, takes))
        bars[n].append((start, start + takes))
        ready[n] = free[machine] = start + takes
        family[machine] = made[n]
    lots = [Lot(item, 1, visits[n][0].begins_s, 100, tuple(visits[n])) for n, item in enumerate(made)]
    return lots, [bar for each in bars for bar in each]
