"""What questions share is declared once; the public functions show it as their own."""

import inspect

import pytest

import plantwright as pw
from plantwright.answers import QUESTIONS
from plantwright.errors import RunError
from plantwright.study.asked import Asked, AskedOfAYear, question, sentences


@question(AskedOfAYear)
def guess(plant, asked):
    """A guess.

    Parameters
    ----------
    plant
        Any plant.

    Raises
    ------
    RunError
        Never.
    """
    return plant, asked


@pytest.mark.parametrize("name", [*QUESTIONS, "run"])
def test_a_question_shows_every_setting_with_its_sentence(name):
    ask = getattr(pw, name)
    _, _, told = inspect.getdoc(ask).partition("Parameters\n----------\n")
    parameters, _, rest = told.partition("\n\n")
    assert rest.startswith("Raises")
    listed = [line for line in parameters.splitlines() if not line.startswith(" ")]
    assert listed == list(inspect.signature(ask).parameters)
    assert {"workers", "progress", "strict", "timing"} < set(listed)
    assert listed[-1] == "seed"
    assert not any(line.startswith(" ") and not line.strip() for line in parameters.splitlines())


@pytest.mark.parametrize("settings", [Asked, AskedOfAYear])
def test_every_setting_has_a_sentence(settings):
    assert all(sentences(settings).values())


def test_settings_are_handed_over_as_they_are_said():
    plant, asked = guess("a plant", effort="full", seed=7)
    assert (plant, asked) == ("a plant", AskedOfAYear(effort="full", seed=7))
    assert guess(plant="a plant")[1] == AskedOfAYear()
    assert asked.budget.name == "full"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"efort": "full"}, r"guess\(\) got an unexpected keyword argument 'efort'"),
        ({}, r"guess\(\) missing a required argument: 'plant'"),
    ],
)
def test_what_cannot_be_said_is_refused_in_the_name_of_the_question(said, wrong):
    with pytest.raises(TypeError, match=wrong):
        guess(*["a plant"] if said else [], **said)


@pytest.mark.parametrize("said", [{"seed": -1}, {"seed": 2**32}, {"workers": 0}])
def test_settings_that_make_no_sense_are_refused(said):
    with pytest.raises(RunError) as error:
        guess("a plant", **said)
    assert error.value.findings[0].code == "E415"
