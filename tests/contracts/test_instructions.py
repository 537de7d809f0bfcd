"""What README, CONTRIBUTING and the documentation tell people to type and to open is there."""

import re

import pytest
import typer

from benchmarks.registry import SUBJECTS
from plantwright.cli import app


@pytest.fixture(scope="module")
def texts(root):
    """Everything a newcomer is told, in one text."""
    pages = [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]
    return "\n".join(page.read_text("utf-8") for page in pages)


def test_every_make_target_that_is_named_exists(root, texts):
    targets = set(re.findall(r"^([a-z][a-z%-]*):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", texts))
    assert "demo" in named
    assert "bench-%" in targets
    assert named <= targets | {f"bench-{subject}" for subject in SUBJECTS}


def test_every_command_that_is_named_exists(texts):
    named = set(re.findall(r"(?:`|\$ |bin/)plantwright ([a-z]+)\b", texts))
    assert "capacity" in named
    assert named <= set(typer.main.get_command(app).commands)


def test_every_file_of_the_reading_path_exists(root):
    readme = (root / "README.md").read_text("utf-8")
    path = re.findall(r"`([^`]+)`", readme.partition("## Reading the code")[2].partition("[Design]")[0])
    assert len(path) == 6
    assert [step for step in path if not (root / step).exists()] == []


def test_make_alone_says_in_a_sentence_what_each_target_does(root):
    lines = (root / "Makefile").read_text("utf-8").splitlines()
    phony = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    explained = {line.partition(":")[0] for line in lines if "## " in line}
    assert set(phony) - {"help"} <= explained
