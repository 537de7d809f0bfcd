"""The log of decisions is only added to, and shows where it was touched."""

import json
from dataclasses import replace

import pytest

from plantwright.errors import DocumentError
from plantwright.io.decisions import FIRST, append, read_log
from plantwright.problems.screening import Decision

ONE = Decision(
    date="2026-11-02",
    reviewer="R. Ostervik",
    party="Verdanik GmbH",
    party_hash="a" * 64,
    list="sdn.csv",
    list_hash="b" * 64,
    entry="101",
    entry_hash="c" * 64,
    decision="clear",
    reason="Another founder, another register.",
)
TWO = replace(ONE, date="2026-11-03", decision="refuse", reason="The register was misread.")


@pytest.fixture
def log(tmp_path):
    """A log of two decisions."""
    path = tmp_path / "decisions.jsonl"
    append(path, ONE)
    append(path, TWO)
    return path


def told(path):
    with pytest.raises(DocumentError) as caught:
        read_log(path)
    return [(finding.place.line, finding.message.partition(":")[0]) for finding in caught.value.findings]


def test_what_was_written_is_read_and_each_line_is_bound_to_the_one_before(log):
    first, second = map(json.loads, log.read_text("utf-8").splitlines())
    assert read_log(log).decisions == (ONE, TWO)
    assert (first["previous"], second["previous"], read_log(log).last) == (FIRST, first["hash"], second["hash"])


def test_a_changed_line_shows(log):
    log.write_text(log.read_text("utf-8").replace("Another founder", "Same founder"), encoding="utf-8")
    assert told(log) == [(1, "the line was changed after it was written")]


def test_a_line_written_anew_with_its_own_hash_breaks_the_chain(log, tmp_path):
    other = tmp_path / "other.jsonl"
    append(other, replace(ONE, reason="Forged."))
    log.write_text(other.read_text("utf-8") + log.read_text("utf-8").splitlines()[1] + "\n", encoding="utf-8")
    assert told(log) == [(2, "the chain is broken")]


def test_a_line_left_out_or_moved_breaks_the_chain(log):
    first, second = log.read_text("utf-8").splitlines()
    log.write_text(second + "\n", encoding="utf-8")
    assert told(log) == [(1, "the chain is broken")]
    log.write_text(f"{second}\n{first}\n", encoding="utf-8")
    assert told(log) == [(1, "the chain is broken"), (2, "the chain is broken")]


def test_lines_cut_off_at_the_end_show_in_the_last_hash_alone(log):
    whole = read_log(log)
    log.write_text(log.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert read_log(log).decisions == (ONE,)
    assert read_log(log).last != whole.last


def test_nobody_decides_without_a_name_and_a_reason(tmp_path):
    with pytest.raises(DocumentError) as caught:
        append(tmp_path / "log.jsonl", replace(ONE, reviewer=" ", reason=""))
    assert [finding.message for finding in caught.value.findings] == [
        'the decision has no "reviewer"',
        'the decision has no "reason"',
    ]
    assert not (tmp_path / "log.jsonl").exists()


def test_everything_wrong_with_a_log_is_told_at_once(log):
    line = json.loads(log.read_text("utf-8").splitlines()[0])
    broken = {**line, "decision": "fine", "date": "yesterday", "extra": "x"}
    log.write_text(f"nonsense\n{json.dumps(broken)}\n", encoding="utf-8")
    messages = [message for _, message in told(log)]
    assert "the line is no JSON object" in messages
    assert 'a decision has no field "extra"' in messages
    assert '"fine" is no decision' in messages
    assert '"yesterday" is no day such as 2026-11-01' in messages


def test_a_log_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(DocumentError, match="the log of decisions cannot be read"):
        read_log(tmp_path / "none.jsonl")
