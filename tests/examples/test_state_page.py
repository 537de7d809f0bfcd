"""The example on the page about states: its file, its commands and what its program prints."""

import re

import pytest
from typer.testing import CliRunner

import plantwright as pw
from plantwright.cli import app
from tests.trial import plant_of


@pytest.fixture
def page(root):
    """The text of the page."""
    return (root / "docs" / "state.md").read_text("utf-8")


@pytest.fixture
def folder(page, root, tmp_path, monkeypatch):
    """A folder with the examples and the state that the page shows."""
    (tmp_path / "examples").symlink_to(root / "examples")
    (tmp_path / "now.yaml").write_text(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_program_prints_what_the_page_says(page, folder, capsys):
    program, said = re.search(r"```python\n(import .*?)```\n\n```text\n(.*?)```", page, re.DOTALL).groups()
    exec(program, {})
    assert capsys.readouterr().out == said


def test_the_commands_work(page, folder):
    commands = re.findall(r"^\$ plantwright (.+)$", page, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["check", "simulate", "simulate"]
    for command in commands:
        assert CliRunner().invoke(app, command.split()).exit_code == 0
    later = pw.load_state(folder / "later.yaml", pw.load("examples/bench.yaml"))
    assert f"{later.at:%Y-%m-%d %H:%M}" == "2027-01-12 00:00"


def test_the_bit_is_drawn_from_what_is_left_of_its_repair(folder):
    """The repair takes 15 min, 4 of which are over; then the bracket in the drill takes its last 150 s."""
    plant = pw.load("examples/bench.yaml")
    now = pw.load_state("now.yaml", plant)
    for minutes, finished in ((13.4, 0), (13.6, 1)):
        answer = pw.simulate(plant, state=now, until=f"{minutes} min", replications=8)
        count = answer.items["bracket"].throughput_per_h.mean * minutes / 60
        assert count == pytest.approx(finished, abs=0.5)


def test_the_error_on_the_page_is_what_is_said(page, tmp_path):
    said = re.search(r"```text\n(E279 .*?)```", page, re.DOTALL)[1]
    text = "state: 1\nat: 2027-01-05\n" + "\n" * 4 + "parts:\n" + "  - {item: leg, op: cut}\n" * 4
    (tmp_path / "state.yaml").write_text(text + "  - {item: arm, op: cut}\n", encoding="utf-8")
    plant = plant_of("""
        stations: {saw: {}}
        routes: {r: [{op: cut, station: saw, time: 1 s}]}
        products: {arm-2: {made-by: r}, leg: {made-by: r}}
    """)
    with pytest.raises(pw.DocumentError) as caught:
        pw.load_state(tmp_path / "state.yaml", plant)
    told = str(caught.value.findings[0]).replace(f"{tmp_path}/", "")
    assert told == " ".join(said.split())
