import pytest

from plantwright.model.plant import Plant
from plantwright.report.names import Names, load_class, load_legend, series_class

NAMES = Names(
    Plant.model_validate(
        {
            "name": "Frames",
            "shops": {"fitting": {"site": "here", "name": "Fitting"}},
            "stations": {
                "weld-cell": {"name": "Fitting, welding cell", "shop": "fitting"},
                "smt": {"name": "SMT line: print, place, reflow, inspect", "shop": "fitting"},
                "bench-2": {"shop": "fitting"},
            },
            "crews": {"fitting": {"skills": ["fit"], "people": 2, "name": "Fitters"}},
            "items": {"bar": {"name": "Bar, 40 mm"}},
            "routes": {"frame": [{"op": "weld", "station": "weld-cell", "time": "4 min"}]},
            "products": {"frame": {"made-by": "frame", "name": "Frame A"}},
        }
    )
)


def test_a_thing_without_a_name_is_called_by_its_id():
    assert NAMES.station("bench-2") == "bench 2"
    assert NAMES.station("of-another-plant") == "of another plant"
    assert NAMES.shop(None) == "Stations"


def test_a_crew_keeps_its_name_where_a_shop_has_the_same_id():
    assert NAMES.crew("fitting") == "Fitters"
    assert NAMES.crew("night-crew") == "Night crew"


def test_a_brief_name_leaves_out_the_shop_and_what_only_explains():
    assert NAMES.brief("weld-cell") == "Welding cell"
    assert NAMES.brief("smt") == "SMT line"
    assert NAMES.brief("smt", most=60) == "SMT line: print, place, reflow, inspect"


def test_a_change_begins_with_its_resource():
    assert NAMES.change("weld-cell", "one more machine") == "Welding cell: one more machine"
    assert NAMES.change("two-shift", "Saturday shift") == "Two shift: Saturday shift"
    assert NAMES.change("bar", "200 more pieces") == "Bar, 40 mm: 200 more pieces"


@pytest.mark.parametrize(
    ("load", "cls"), [(None, "l-unknown"), (0.0, "l-0"), (0.5, "l-1"), (0.949, "l-3"), (0.95, "l-4"), (1.0, "l-5")]
)
def test_loads_fall_into_steps(load, cls):
    assert load_class(load) == cls


def test_the_legend_has_only_the_steps_that_occur():
    assert load_legend([0.2, None, 0.97]) == [("l-0", "under 50 %"), ("l-4", "95 to 100 %")]


def test_series_colours_repeat_after_the_last():
    classes = series_class([f"p{number}" for number in range(7)])
    assert classes["p0"] == classes["p6"] == "c-0"
    assert len(set(classes.values())) == 6
