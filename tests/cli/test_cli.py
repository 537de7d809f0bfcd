"""The command line: exit codes, JSON on stdout, errors all at once."""

import json

import pytest
from typer.testing import CliRunner

from plantwright.cli import app

runner = CliRunner()

LINE = """
plantwright: 1
name: Two benches
stations: {a: {}, b: {room: 2}}
items: {part: {made-by: part, release: {saturated: true}}}
routes:
  part:
    - {op: a, station: a, time: 2 s}
    - {op: b, station: b, time: 3 s}
"""


@pytest.fixture
def line(tmp_path):
    """A document of two machines; the slower one lets through a part every 3 s."""
    path = tmp_path / "line.yaml"
    path.write_text(LINE, encoding="utf-8")
    return path


def invoke(*words):
    return runner.invoke(app, [str(word) for word in words])


def test_simulate_goes_on_from_a_folder_of_checkpoints(line, tmp_path):
    asked = ["simulate", line, "--until", "3000s", "--replications", "2", "--json", "--checkpoint", tmp_path / "kept"]
    first, again = invoke(*asked), invoke(*asked)
    assert (first.exit_code, again.stdout) == (0, first.stdout)
    refused = invoke(*asked, "--seed", "2")
    assert refused.exit_code == 3
    assert "E433" in refused.stdout


def test_simulate_gives_json_with_units_in_the_names(line):
    done = invoke("simulate", line, "--until", "3000s", "--warmup", "300s", "--replications", "2", "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["items"]["part"]["throughput_per_h"]["mean"] == pytest.approx(1200)
    assert set(answer["stations"]["b"]["wait_mean_s"]) == {"mean", "half_width", "n"}
    assert answer["provenance"]["seed"] == 1
    assert "execution" not in answer


def test_timing_adds_the_execution(line):
    done = invoke("simulate", line, "--until", "300s", "--replications", "1", "--json", "--timing", "--workers", "1")
    assert json.loads(done.stdout)["execution"]["workers"] == 1


def test_the_number_of_workers_changes_no_byte(line):
    words = ("simulate", line, "--until", "3000s", "--replications", "4", "--seed", "7", "--json")
    assert invoke(*words, "--workers", "1").stdout == invoke(*words, "--workers", "2").stdout


def test_a_document_with_errors_ends_with_1_and_names_all_of_them(line):
    line.write_text(LINE.replace("station: b", "station: bb").replace("time: 2 s", "time: 2 kg"), encoding="utf-8")
    done = invoke("check", line, "--json")
    assert done.exit_code == 1
    findings = json.loads(done.stdout)["findings"]
    assert len(findings) >= 2
    assert {finding["nearest"] for finding in findings} >= {"b"}
    assert all(finding["place"]["line"] and finding["remedy"] for finding in findings)


def test_a_sound_document_ends_with_0(line):
    done = invoke("check", line, "--json")
    assert (done.exit_code, json.loads(done.stdout)["ok"]) == (0, True)


def test_a_file_that_is_not_there_ends_with_1_and_says_so(tmp_path):
    done = invoke("simulate", tmp_path / "nothing.yaml", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["findings"][0]["code"] == "E100"


def test_an_unknown_option_ends_with_2(line):
    assert invoke("simulate", line, "--nonsense").exit_code == 2


def test_a_question_that_cannot_be_answered_ends_with_3(line):
    done = invoke("simulate", line, "--until", "10s", "--warmup", "20s", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["findings"][0]["remedy"]


def test_a_patch_changes_the_answer(line, tmp_path):
    patch = tmp_path / "two.yaml"
    patch.write_text("plantwright-patch: 1\nset: {stations.b.machines: 2}\n", encoding="utf-8")
    words = ("simulate", line, "--until", "3000s", "--warmup", "300s", "--replications", "1", "--json")
    answer = json.loads(invoke(*words, "--patch", patch).stdout)
    # With two machines at b the first one, a part every 2 s, holds the line.
    assert answer["items"]["part"]["throughput_per_h"]["mean"] == pytest.approx(1800)


def test_the_scaffold_checks_clean_and_is_never_written_over(tmp_path):
    folder = tmp_path / "mine"
    assert invoke("new", folder).exit_code == 0
    assert json.loads(invoke("check", folder, "--json").stdout) == {"ok": True, "findings": [], "not_used": []}
    assert invoke("new", folder).exit_code == 1


@pytest.mark.parametrize("name", ["other.yaml", "plant.xlsx", "folder"])
def test_a_converted_document_is_equal(line, tmp_path, name):
    from plantwright.io.document import load

    assert invoke("convert", line, tmp_path / name).exit_code == 0
    assert load(tmp_path / name) == load(line)


def test_nothing_is_written_over_unless_that_is_asked_for(line, tmp_path):
    before = line.read_text("utf-8")
    refused = invoke("convert", line, line)
    assert refused.exit_code == 1
    assert "E109" in refused.stderr
    assert line.read_text("utf-8") == before
    assert invoke("convert", line, tmp_path / "folder").exit_code == 0
    assert invoke("convert", line, tmp_path / "folder").exit_code == 1
    assert invoke("convert", line, line, "--overwrite").exit_code == 0


def test_a_plant_is_not_written_to_a_file_of_another_kind(line, tmp_path):
    refused = invoke("convert", line, tmp_path / "plant.txt")
    assert (refused.exit_code, "E101" in refused.stderr) == (1, True)
    assert invoke("convert", line, tmp_path / "plant.v2").exit_code == 0
    assert (tmp_path / "plant.v2" / "plant.yaml").is_file()


def test_what_nothing_uses_yet_is_told_and_refused_where_the_asker_is_strict(line):
    line.write_text(LINE + "staff: {drivers: {people: 3}}\n", encoding="utf-8")
    assert "Not used yet: staff" in invoke("check", line).stderr
    strict = invoke("check", line, "--strict", "--json")
    told = json.loads(strict.stdout)
    assert (strict.exit_code, told["ok"], told["not_used"]) == (1, False, ["staff"])
    assert [finding["code"] for finding in told["findings"]] == ["E414"]


@pytest.mark.parametrize("place", ["", "line.yaml/below.html"])
def test_a_report_that_cannot_be_written_is_refused_before_the_engine_is_loaded(line, tmp_path, monkeypatch, place):
    from plantwright.engine import run

    monkeypatch.setattr(run, "warm", lambda: pytest.fail("the engine was loaded"))
    done = invoke("run", line, "--report", tmp_path / place)
    assert (done.exit_code, "E109" in done.stderr) == (3, True)


def test_a_file_that_cannot_be_written_is_a_finding_and_no_traceback(tmp_path):
    done = invoke("schema", tmp_path / "nowhere" / "schema.json", "--json")
    assert done.exit_code == 3
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == "E109"
    assert finding["place"]["file"].endswith("schema.json")


def test_the_schema_is_json(tmp_path):
    schema = json.loads(invoke("schema").stdout)
    assert "stations" in schema["properties"]


@pytest.mark.parametrize("command", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_every_command_has_json_and_an_example_in_its_help(command):
    text = invoke(command, "--help").stdout
    assert "--json" in text
    assert "Example: plantwright " in text


@pytest.mark.parametrize("ending", ["parquet", "json", "xes.gz"])
def test_a_trace_is_written_where_it_is_asked_for_and_changes_nothing(line, tmp_path, ending):
    from plantwright.io.trace import read_trace

    words = ("simulate", line, "--until", "30s", "--replications", "2", "--json")
    done = invoke(*words, "--trace", tmp_path / f"t.{ending}")
    assert (done.exit_code, done.stdout) == (0, invoke(*words).stdout)
    assert f"t.{ending}" in done.stderr
    # b takes 3 s and gets its first part at second 2: it ends one at 5, 8, ..., 29.
    ended = read_trace(tmp_path / f"t.{ending}").filter(event="ended", machine="b/1")
    assert ended["time_s"].to_list() == list(range(5, 30, 3))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["line.yaml", f"t.{ending}"]


@pytest.mark.parametrize(("name", "code"), [("t.parqet", "E416"), ("nowhere/t.xes", "E417")])
def test_a_trace_that_cannot_be_written_is_refused_before_the_engine_is_loaded(line, tmp_path, monkeypatch, name, code):
    from plantwright.engine import run

    monkeypatch.setattr(run, "warm", lambda: pytest.fail("the engine was loaded"))
    done = invoke("simulate", line, "--until", "30s", "--trace", tmp_path / name, "--json")
    assert done.exit_code == 3
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == [code]


def test_simulate_leaves_a_state_behind_and_begins_from_one(line, tmp_path):
    """By 3000 s the second bench has finished 999 parts (the first one at 5 s); by 3300 s 1,099."""
    left = tmp_path / "left.yaml"
    asked = ("simulate", line, "--warmup", "0s", "--replications", "1", "--json")
    done = invoke(*asked, "--until", "3000s", "--save-state", left)
    assert done.exit_code == 0
    assert "at: 2027-01-04 00:50:00" in left.read_text("utf-8")
    again = invoke(*asked, "--until", "300s", "--from-state", left)
    assert json.loads(again.stdout)["items"]["part"]["throughput_per_h"]["mean"] == pytest.approx(100 * 12)


def test_check_looks_at_a_state_beside_its_plant(line, tmp_path):
    left = tmp_path / "left.yaml"
    invoke("simulate", line, "--until", "60s", "--replications", "1", "--save-state", left)
    assert invoke("check", line, "--state", left).exit_code == 0
    left.write_text(left.read_text("utf-8").replace("machine: b/1", "machine: c/1"), encoding="utf-8")
    done = invoke("check", line, "--state", left, "--json")
    findings = json.loads(done.stdout)["findings"]
    assert (done.exit_code, {finding["code"] for finding in findings}) == (1, {"E279", "E291"})
    assert all(finding["place"]["file"] == str(left) for finding in findings)


def test_a_state_that_does_not_fit_ends_with_1(line, tmp_path):
    state = tmp_path / "state.yaml"
    state.write_text("state: 1\nat: 2027-01-05\nstocks: {pat: 3}\n", encoding="utf-8")
    done = invoke("simulate", line, "--from-state", state)
    assert done.exit_code == 1
    assert "stocks.pat" in done.output
    assert 'Did you mean "part"?' in done.output


def test_a_state_where_a_plant_is_needed_is_told_as_one(tmp_path):
    state = tmp_path / "state.yaml"
    state.write_text("state: 1\nat: 2027-01-05\n", encoding="utf-8")
    done = invoke("check", state, "--json")
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["E101"]


def test_schema_knows_states_too():
    assert invoke("schema").stdout == invoke("schema", "--of", "plant").stdout
    schema = json.loads(invoke("schema", "--of", "state").stdout)
    assert schema["title"] == "Plantwright state"
    assert "at" in schema["required"]
