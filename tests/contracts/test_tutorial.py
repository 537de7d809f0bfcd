"""The tutorial, typed in as it stands, in an empty folder."""

import re
import shutil

import pytest

QUESTIONS = ("capacity", "bottleneck", "compare", "run")
SUPPLY = ("materials", "siting", "risk")
"""Asked of an example, which lies where the tutorial is read."""


@pytest.fixture
def steps(root):
    """The commands of the tutorial, in order, as words."""
    text = (root / "docs" / "tutorial.md").read_text("utf-8")
    return [line.split() for line in re.findall(r"^\$ plantwright (.+)$", text, re.MULTILINE)]


def follow(steps, tool, folder):
    """Do as the tutorial says. The question commands are asked with the least effort."""
    for name, *words in steps:
        if name == "compare":
            shutil.copytree(folder / "my-plant", folder / "my-plant-b")
        effort = ["--effort", "quick"] if name in QUESTIONS else []
        done = tool("plantwright", name, *words, *effort, folder=folder)
        assert done.returncode == 0, done.stdout
        yield name, done.stdout


def test_the_plant_of_the_tutorial_makes_something(steps, tool, tmp_path):
    said = dict(follow([step for step in steps if step[0] in ("new", "check", "capacity")], tool, tmp_path))
    assert "0 errors" in said["check"]
    made = re.search(r"makes (?:about )?([\d,]+) good units a year", said["capacity"])
    assert made is not None
    assert int(made[1].replace(",", "")) > 1000


@pytest.mark.slow
def test_every_step_of_the_tutorial_works(steps, tool, root, tmp_path):
    shutil.copytree(root / "examples" / "bakery", tmp_path / "examples" / "bakery")
    assert [name for name, _ in follow(steps, tool, tmp_path)] == ["new", "check", *QUESTIONS, *SUPPLY]
    assert (tmp_path / "report.html").is_file()
