"""One question, one noun: the function, the command, the page and the tests."""

import inspect

import pytest
import typer

import plantwright
from plantwright.answers import QUESTIONS
from plantwright.cli import app
from plantwright.cli.options import SHARED


@pytest.fixture(scope="module")
def commands():
    """The commands of the command line by name."""
    return typer.main.get_command(app).commands


@pytest.mark.parametrize("noun", QUESTIONS)
def test_a_question_has_its_noun_in_every_place(noun, root, commands):
    assert callable(getattr(plantwright, noun))
    assert noun in commands
    assert (root / "docs" / "answers" / f"{noun}.md").is_file()
    assert (root / "tests" / "answers" / f"test_{noun}.py").is_file()


def test_every_page_of_an_answer_belongs_to_a_question(root):
    assert {page.stem for page in (root / "docs" / "answers").glob("*.md")} == set(QUESTIONS)


@pytest.mark.parametrize("noun", QUESTIONS)
def test_the_command_can_answer_programs_too_and_shows_an_example(noun, commands):
    command = commands[noun]
    assert any("--json" in parameter.opts for parameter in command.params)
    assert f"plantwright {noun}" in (command.help or "") + (command.epilog or "")


@pytest.mark.parametrize("noun", [*QUESTIONS, "run"])
def test_the_command_has_the_settings_of_the_function_with_the_same_defaults(noun, commands):
    told = inspect.signature(getattr(plantwright, noun)).parameters
    options = {parameter.name: parameter.default for parameter in commands[noun].params if parameter.name in SHARED}
    assert options == {name: told[name].default for name in SHARED if name in told}
    assert {"seed", "workers", "timing", "strict"} <= options.keys()
