"""Small plants drawn by hypothesis. Every mechanism joins here: what it adds to a plant is one strategy below."""

import datetime as dt

from hypothesis import strategies as st

SKILLS = ("fit", "mend")
RULES = ("fifo", "shortest", "due", "critical-ratio", "priority", "same-family")


def seconds(low, high):
    """A constant time."""
    return st.integers(low, high).map(lambda value: f"{value} s")


def times(low=1, high=9):
    """A law of a time of some seconds."""
    return st.one_of(
        seconds(low, high),
        st.integers(max(low, 1), high).map(lambda mean: f"exponential({mean} s)"),
        st.integers(max(low, 1), high).map(lambda mean: f"uniform({min(low, 1)} s, {2 * mean} s)"),
    )


def shares(low, high):
    """A share of some per cent."""
    return st.integers(low, high).map(lambda value: f"{value} %")


def maybe(strategy):
    """The value, or nothing: half of the plants do without a feature."""
    return st.none() | strategy


def given(**fields):
    """A record with those of the fields that are given."""
    return st.fixed_dictionaries(fields).map(
        lambda drawn: {name: value for name, value in drawn.items() if value is not None}
    )


def people():
    """Who is held: a skill, whole persons or half ones."""
    return st.sampled_from([{"fit": 1}, {"mend": 1}, {"fit": 0.5}, {"fit": 1, "mend": 1}])


def failures():
    """A way to fail, by any clock and with any end."""
    return given(
        uptime=st.integers(5, 60).flatmap(
            lambda mean: st.sampled_from(
                [
                    f"exponential({mean} s)",
                    f"exponential({mean} s) busy",
                    f"{mean} s busy",
                    "geometric(0.2) operations",
                    "4 operations",
                ]
            )
        ),
        repair=times(1, 12),
        people=maybe(people()),
        then=maybe(st.sampled_from(["resume", "repeat", "scrap"])),
        shared=maybe(st.booleans()),
        **{
            "counted-from": maybe(st.sampled_from(["repair", "start"])),
            "off-shift": maybe(st.sampled_from(["pause", "run"])),
        },
    )


def machines():
    """A number of machines, or a list of ones that differ."""
    one = given(speed=maybe(st.sampled_from([0.5, 1.0, 2.0])), only=maybe(st.sampled_from([["unit"], ["part"]])))
    return st.integers(1, 3) | st.lists(one, min_size=1, max_size=2).map(lambda drawn: [*drawn, {}])


def setups():
    """Setups by family, with people or without."""
    return given(
        **{"between-families": times(0, 5)},
        first=maybe(times(0, 5)),
        people=maybe(people()),
    )


def batches(calm):
    """An oven; in a calm plant one that starts with what it has."""
    wait = seconds(1, 20) if not calm else st.none()
    return given(max=st.integers(2, 4), min=maybe(st.integers(1, 2)) if not calm else st.none(), wait=maybe(wait))


@st.composite
def stations(draw, calm):
    """A station. A calm one always gets its work done some day: no rooms that can interlock, no endless stops."""
    station = draw(
        given(
            machines=machines(),
            rule=maybe(st.sampled_from(RULES)),
            setup=maybe(setups()),
            failures=st.lists(failures(), max_size=2),
            room=st.none() if calm else maybe(st.integers(0, 4)),
            calendar=maybe(st.just("shifts")),
            locked=maybe(st.booleans()),
            blocking=maybe(st.sampled_from(["after", "before"])),
            **{
                "end-of-shift": maybe(
                    st.sampled_from(["interrupt", "finish"] if calm else ["interrupt", "finish", "no-start"])
                )
            },
        )
    )
    if calm:  # work that takes longer than every uptime would be repeated for ever
        station["failures"] = [{**way, "then": "resume"} for way in station["failures"]]
    if draw(st.integers(0, 3)) == 0:
        station["batch"] = draw(batches(calm))
        if "room" in station:
            station["room"] = max(4, station["room"])
    return station


def operations(where, calm):
    """What any operation may have."""
    return given(
        station=where,
        time=times(1, 9),
        family=maybe(st.sampled_from(["red", "blue"])),
        priority=maybe(st.integers(0, 2)),
        people=maybe(people()),
        attended=maybe(given(people=st.just({"fit": 1}), load=times(1, 2), unload=maybe(times(1, 2)))),
        tools=maybe(st.just({"jig": 1})),
        transfer=maybe(st.integers(2, 3)) if not calm else st.none(),
    )


@st.composite
def tests(draw, back):
    """Yield, inspection and what becomes of rejected pieces."""
    found = draw(
        given(
            good=maybe(shares(50, 100)),
            inspects=maybe(st.booleans()),
            miss=maybe(shares(0, 50)),
            defects=maybe(st.sampled_from(["found", "hidden"])),
            **{"false-reject": maybe(shares(0, 30))},
        )
    )
    if draw(st.booleans()):
        found["else"] = draw(
            given(to=st.sampled_from(back), tries=maybe(st.integers(1, 3)), then=maybe(st.just("strip")))
        )
        if "then" in found["else"] and "tries" not in found["else"]:
            found["else"]["tries"] = 2
    return found


def releases():
    """How units enter."""
    return st.one_of(
        st.just({"saturated": True}),
        given(
            every=times(2, 12),
            group=maybe(st.just("uniform(1, 3)")),
            full=maybe(st.sampled_from(["wait", "lost", "block"])),
        ),
        st.integers(1, 6).map(lambda cap: {"conwip": cap}),
    )


def policies():
    """How the component is called for."""
    return st.one_of(
        st.integers(2, 6).map(lambda cards: {"kanban": cards}),
        st.integers(2, 6).map(lambda level: {"base-stock": level}),
    )


def carriers():
    """Some carts that may break down, have drivers and a shift."""
    return given(
        number=st.integers(1, 2),
        load=maybe(st.integers(1, 3)),
        people=maybe(people()),
        calendar=maybe(st.just("shifts")),
        failures=st.lists(
            given(
                uptime=st.sampled_from(["exponential(30 s)", "25 s", "3 trips", "geometric(0.3) trips"]),
                repair=times(1, 12),
                people=maybe(people()),
                shared=maybe(st.booleans()),
                **{"off-shift": maybe(st.sampled_from(["pause", "run"]))},
            ),
            max_size=2,
        ),
        **{"return": maybe(times(0, 5))},
    )


def conveyors():
    """A conveyor with some places."""
    return st.integers(1, 6).map(lambda length: {"length": f"{length} m", "speed": "0.5 m/s", "spacing": "1 m"})


def ways():
    """How parts go from one station to another."""
    by_themselves = times(1, 5).map(lambda time: {"time": time})
    carried = times(1, 5).map(lambda time: {"time": time, "carrier": "cart"})
    return by_themselves | carried | st.just({"conveyor": "belt"})


@st.composite
def plants(draw, calm=False):
    """A plant with up to four stations, a component, a bought material and a product, as a document tree.

    A ``calm`` plant has supplies, and nothing in it that can bring it to a standstill.
    """
    names = [f"s{number}" for number in range(draw(st.integers(2, 4)))]
    where = st.sampled_from(names) | (st.permutations(names).map(lambda order: list(order[:2])))
    tree = {
        "sites": {"here": {}},
        "shops": {"hall": {"site": "here"}, "yard": {"site": "here"}},
        "calendars": {"shifts": {"shifts": ["00:00-00:01", "00:02-00:03", "00:04-24:00"]}},
        "crews": {
            "fitters": draw(
                given(
                    skills=st.just(["fit"]),
                    people=st.integers(1, 2),
                    absence=st.none() if calm else maybe(shares(0, 30)),
                )
            ),
            "all-round": {"skills": ["fit", "mend"], "people": 2 if calm else draw(st.integers(1, 2))},
        },
        "tools": {
            "jig": draw(
                given(
                    number=st.integers(1, 2),
                    setup=maybe(times(0, 3)),
                    life=maybe(st.integers(2, 5)),
                    repair=maybe(times(1, 9)),
                    **{"return": maybe(times(1, 3))},
                )
            )
        },
        "stations": {name: draw(stations(calm)) for name in names},
        "items": {
            "part": {"made-by": "part", "policy": draw(policies())},
            "ore": draw(
                st.sampled_from(
                    [
                        {"buy": {}},
                        {"buy": {"from": "mine", "policy": {"s": 4, "Q": 6}}},
                        {"buy": {"from": "mine", "policy": {"base-stock": 5}}},
                    ]
                )
            ),
        },
        "offers": {
            "mine": draw(
                given(
                    item=st.just("ore"),
                    **{"lead-time": times(1, 30)},
                    capacity=maybe(st.just("1000/h")),
                    minimum=maybe(st.integers(1, 9)),
                )
            )
        },
        "products": {"unit": {"made-by": "unit", "release": draw(releases())}},
    }
    if draw(st.booleans()):
        tree["items"]["part"]["serial"] = True
    elif draw(st.booleans()):
        tree["items"]["part"]["moves-as"] = 2
        tree["items"]["part"]["policy"]["lot"] = 2
        tree["items"]["part"]["policy"][next(iter(tree["items"]["part"]["policy"]))] = 6
    if draw(st.booleans()):
        tree["products"]["unit"]["options"] = {"size": {"small": "40 %", "large": "60 %"}}
    if draw(st.booleans()):
        tree["demand"] = {"part": {"every": draw(times(5, 20)), "unmet": draw(st.sampled_from(["backorder", "lost"]))}}
    if draw(st.booleans()):
        tree["carriers"] = {"cart": draw(carriers())}
        tree["conveyors"] = {"belt": draw(conveyors())}
        tree["travel"] = [
            {"from": names[0], "to": names[1], **draw(ways())},
            {"from": draw(st.sampled_from(names[1:])), "to": names[0], **draw(ways())},
        ]
    tree["routes"] = draw(routes(where, calm, tree))
    return tree


@st.composite
def come_and_go(draw, whole):
    """A plant some of whose machines, people, tools and carriers come later or leave, in its first sixty days."""
    tree = draw(whole)
    for station in tree["stations"].values():
        if isinstance(station.get("machines"), list):
            station["machines"] = [{**machine, **draw(dates())} for machine in station["machines"]]
        station.update(draw(dates()))
    for thing in (*tree["crews"].values(), *tree["tools"].values(), *tree.get("carriers", {}).values()):
        thing.update(draw(dates()))
    return tree


def maintenance():
    """A planned stop of some seconds."""
    every = st.integers(20, 90)
    by_calendar = given(every=every.map(lambda seconds: f"{seconds} s"), apart=maybe(st.just("7 s")))
    by_busy = every.map(lambda seconds: {"every-busy": f"{seconds} s"})
    by_count = st.integers(1, 5).map(lambda count: {"every-operations": count})
    rest = given(
        takes=times(1, 9),
        people=maybe(people()),
        renews=maybe(st.just(["wear"])),
        **{
            "off-shift": maybe(st.sampled_from(["wait", "run", "skip"])),
            "during-repair": maybe(st.sampled_from(["wait", "together", "skip"])),
        },
    )
    interrupting = st.sampled_from([{}, {"interrupts": True}])
    stop = st.tuples(by_calendar | by_busy, rest, interrupting) | st.tuples(by_count, rest, st.just({}))
    return stop.map(lambda pieces: {key: value for piece in pieces for key, value in piece.items()})


@st.composite
def maintained(draw, whole, calm=False):
    """A plant with maintenance, machines that fail in their own way or together, overtime and learning."""
    tree = draw(whole)
    for station in tree["stations"].values():
        ends = {"name": "wear", **({"then": "resume"} if calm else {})}
        failures = [{**way, **ends} for way in draw(st.lists(failures_alone(), max_size=1))]
        station["failures"] = [*station.get("failures", ()), *failures]
        stops = draw(st.lists(maintenance(), max_size=2))
        renewable = {way.get("name") for way in station["failures"] if not way.get("shared")}
        station["maintenance"] = [{**stop, "renews": ["wear"] if "wear" in renewable else []} for stop in stops]
        if isinstance(station.get("machines"), list):
            station["machines"][0] = {**station["machines"][0], **draw(st.sampled_from([{}, {"failures": []}]))}
    if draw(st.booleans()):
        longer = given(extend=seconds(5, 50), when=st.just({"queue": "s0", "above": draw(st.integers(0, 3))}))
        tree["calendars"]["shifts"]["overtime"] = [draw(longer)]
    if draw(st.booleans()):
        by = st.sampled_from(["skill", "operation"])
        tree["skills"] = {"fit": {"learning": {**draw(learning()), "by": draw(by)}}}
        tree["routes"]["unit"][0]["learning"] = draw(learning())
    if draw(st.booleans()):
        wind = given(uptime=st.just("exponential(60 s)"), repair=times(1, 9), people=maybe(people()))
        tree["shared-failures"] = {"wind": {**draw(wind), "stations": list(tree["stations"])[:2]}}
    return tree


def learning():
    """How times fall with practice."""
    counts = st.integers(1, 20)
    return given(
        rate=shares(60, 99), standard=counts, start=maybe(counts), plateau=maybe(counts), fixed=maybe(shares(0, 90))
    )


def failures_alone():
    """A failure of one machine."""
    return failures().map(lambda way: {key: value for key, value in way.items() if key != "shared"})


def dates():
    """No dates, or a first day, a day on which it is gone, or both."""
    first = st.integers(0, 30).map(lambda day: dt.date(2027, 1, 4) + dt.timedelta(days=day))
    last = st.integers(31, 60).map(lambda day: dt.date(2027, 1, 4) + dt.timedelta(days=day))
    return st.just({}) | given(**{"from": maybe(first), "until": maybe(last)})


def laws():
    """A time by one of the rarer laws."""
    return st.sampled_from(
        [
            "gamma(4 s, 2 s)",
            "erlang(5 s, 3)",
            "lognormal(4 s, 3 s)",
            "normal(4 s, 3 s)",
            "triangular(1 s, 2 s, 9 s)",
            "weibull(4 s, 1.5)",
            "geometric(0.3, 2 s)",
        ]
    )


@st.composite
def varied(draw, whole):
    """A plant with laws of all kinds, setups by pair, shelves with room, supplies cut off, orders of several pieces."""
    tree = draw(whole)
    for operation in (each for route in tree["routes"].values() for each in route):
        operation.update(draw(given(time=maybe(laws()), per=maybe(st.sampled_from(["part", "piece"])))))
        if "good" in operation:
            operation["good"] = draw(st.sampled_from([operation["good"], [operation["good"], "60 %", "100 %"]]))
        if operation["op"] == "mend":
            operation.update(draw(given(repairs=maybe(shares(0, 100)))))
        if "else" in operation.get("sample", {}):
            operation["sample"]["else"].update(draw(given(tries=maybe(st.integers(1, 2)))))
    for station in tree["stations"].values():
        if "setup" in station and draw(st.booleans()):
            station["setup"]["matrix"] = {"red": {"blue": "4 s"}, "blue": {"red": "0 s"}}
    tree["items"]["part"].update(draw(given(room=maybe(st.integers(2, 9)), start=maybe(st.integers(0, 3)))))
    tree["crews"]["all-round"].update(draw(given(calendar=maybe(st.just("shifts")))))
    if "from" in tree["items"]["ore"]["buy"] and draw(st.booleans()):
        cut = {"from": dt.date(2027, 1, 4), "until": dt.date(2027, 1, 5), "left": draw(shares(0, 60))}
        tree["offers"]["pit"] = {"item": "ore", "lead-time": draw(times(1, 20)), "outages": [cut]}
        tree["items"]["ore"]["buy"]["from"] = draw(st.permutations(["mine", "pit"]))
    if draw(st.booleans()):
        del tree["products"]["unit"]["release"]
        pieces = given(pieces=maybe(st.just("geometric(0.6)")), unmet=maybe(st.just("lost")))
        tree.setdefault("demand", {})["unit"] = {"every": draw(times(8, 20)), **draw(pieces)}
    return tree


@st.composite
def competing(draw, whole):
    """A plant with two products that are launched in turn, by their share of the mix or by the dates of their orders.

    The document tree, how it is lowered, and the caps on units in process.
    """
    tree = draw(whole)
    where = st.sampled_from(list(tree["stations"]))
    tree["routes"]["spare"] = [{"op": f"v{step}", **draw(operations(where, True))} for step in range(2)]
    tree["products"]["spare"] = {"made-by": "spare"}
    tree["products"]["unit"].pop("release", None)
    demand = tree.setdefault("demand", {})
    if draw(st.booleans()):
        for product in ("unit", "spare"):
            tree["products"][product].update(draw(given(ahead=st.just("2 d"), conwip=maybe(st.integers(1, 5)))))
            dated = {"date": dt.date(2027, 1, 4), "pieces": draw(st.integers(1, 40))}
            demand[product] = {"orders": [dated, {**dated, "date": dt.date(2027, 1, 5)}]}
        return tree, "as-written", None
    for product in ("unit", "spare"):
        demand[product] = {"year": draw(st.integers(1, 9)) * 1000}
    return tree, "capacity", {"unit": draw(st.integers(1, 5)), "spare": draw(st.integers(1, 5))}


@st.composite
def routes(draw, where, calm, tree):
    """The component's route and the product's, with a repair and a teardown beside them."""
    part = [{"op": f"p{step}", **draw(operations(where, calm))} for step in range(draw(st.integers(1, 2)))]
    part[0]["uses"] = {"ore": 1}
    unit = [{"op": f"u{step}", **draw(operations(where, calm))} for step in range(draw(st.integers(2, 3)))]
    sized = "options" in tree["products"]["unit"]
    unit[1]["uses"] = {"part": {"small": 1, "large": 2} if sized else 1}
    if not calm:
        part[-1].update(draw(tests(["p0"])))
        unit[-1].update(draw(tests(["u0", "mend"])))
        unit.append({"op": "mend", "side": True, **draw(operations(where, calm))})
        unit.append({"op": "strip", "side": True, **draw(operations(where, calm)), "gives": {"part": 1}})
        if draw(st.booleans()):
            unit[0]["sample"] = draw(
                given(
                    every=st.integers(1, 3),
                    operations=st.just(["look"]),
                    good=maybe(shares(30, 90)),
                    **{"else": maybe(st.just({"to": "u0"}))},
                )
            )
            unit.append({"op": "look", "side": True, **draw(operations(where, calm))})
    return {"part": part, "unit": unit}
