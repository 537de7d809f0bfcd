"""The command of ``platform``: choices, dates, variants and pages."""

import json

import pytest
from typer.testing import CliRunner

from plantwright.cli import app

runner = CliRunner()


@pytest.fixture(scope="module")
def uas(root):
    return root / "examples" / "uas-plant"


def invoke(*words):
    return runner.invoke(app, [str(word) for word in words])


def test_a_choice_is_written_as_option_and_value_and_either_may_do(uas):
    asked = invoke(
        "platform", uas, "--choose", "product=agri", "--choose", "product=cargo", "--choose", "packs=2", "--json"
    )
    told = json.loads(asked.stdout)
    assert [each["product"] for each in told["configurations"]] == ["agri", "cargo"]
    assert told["bill"] == []  # two configurations, two bills


def test_a_choice_without_a_value_is_refused(uas):
    refused = invoke("platform", uas, "--choose", "payload")
    assert refused.exit_code == 2
    assert "payload=camera" in refused.stderr


def test_a_variant_and_its_page(uas, tmp_path):
    page = tmp_path / "platform.html"
    asked = invoke("platform", uas, "--variant", uas / "patches" / "new-variant.yaml", "--report", page, "--json")
    assert json.loads(asked.stdout)["variant"]["new_parts"] == ["scanner"]
    assert "What does SURV-4 survey need?" in page.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_refused_before_anything_takes_its_time(uas, tmp_path):
    refused = invoke("platform", uas, "--report", tmp_path)
    assert refused.exit_code == 3
    assert "E109" in refused.stderr


def test_a_day_that_is_none_is_refused(uas):
    refused = invoke("platform", uas, "--on", "soon")
    assert (refused.exit_code, "E415" in refused.stderr) == (3, True)
