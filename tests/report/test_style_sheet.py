"""Text can be read: contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) on every ground it stands on, light and dark."""

import re
from importlib.resources import files

import pytest

CSS = files("plantwright.report").joinpath("page.css").read_text("utf-8")
PAIR = re.compile(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
VARIABLES = {name: colours for name, *colours in PAIR.findall(CSS[: CSS.index("\n}")])}
LOADS = {
    name: (ground, on)
    for name, ground, on in re.findall(
        r"\.(l-[0-5]) \{ --c: light-dark\(([^)]*)\); --on: (var\(--ink\)|light-dark\([^)]*\)); \}", CSS
    )
}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["--ink", "--quiet", "--accent", "--target"])
@pytest.mark.parametrize("ground", ["--paper", "--raised", "--sunk"])
def test_words_can_be_read_on_every_ground(text, ground, theme):
    assert contrast(VARIABLES[text][theme], VARIABLES[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("step", [f"l-{number}" for number in range(6)])
def test_a_station_can_be_read_on_the_colour_of_its_load(step, theme):
    ground, on = LOADS[step]
    text = VARIABLES["--ink"][theme] if "ink" in on else re.findall(r"#[0-9a-f]{6}", on)[theme]
    assert contrast(text, ground.split(", ")[theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_loads_step_steadily_away_from_the_paper(theme):
    lights = [luminance(LOADS[f"l-{number}"][0].split(", ")[theme]) for number in range(5)]
    assert lights == sorted(lights, reverse=theme == 0)
