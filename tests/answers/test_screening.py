"""The answer to `screening`, on the reference plant and its invented lists."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import plantwright
from plantwright.cli import app
from plantwright.report.page import page
from plantwright.results.screening import AID, NOTHING

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "uas-plant"
LIST = EXAMPLE / "lists" / "invented-sdn-2026-11-02.csv"
OWNERS = EXAMPLE / "patches" / "owners-of-kitsuma.yaml"


@pytest.fixture(scope="module")
def plant():
    return plantwright.load(EXAMPLE)


@pytest.fixture(scope="module")
def answer(plant):
    """Every party against the invented list, with the owners of one supplier written down."""
    return plantwright.screening(plantwright.apply(plant, plantwright.load_patch(OWNERS)), lists=[LIST])


def test_without_a_list_it_says_that_nothing_was_screened(plant):
    answer = plantwright.screening(plant)
    assert (answer.state, answer.verdict) == ("not screened", NOTHING)
    assert not any(answer.left_out.values())
    assert NOTHING in str(answer)


def test_it_names_party_list_date_score_and_what_is_left_out(answer):
    assert answer.state == "refused"
    corvane = next(each for each in answer.refusals if each.party == "suppliers.corvane")
    assert (corvane.state, corvane.list, corvane.list_date) == ("refused", LIST.name, "2026-11-02")
    assert corvane.score == 1.0  # the same name without the legal form
    assert "display-corvane" in answer.left_out["offers"]
    assert [each.sha256 for each in answer.lists] == [
        plantwright.screening(plantwright.load(EXAMPLE), lists=[LIST]).lists[0].sha256
    ]


def test_owners_that_are_listed_add_up(answer):
    kitsuma = next(each for each in answer.refusals if each.party == "suppliers.kitsuma")
    assert (kitsuma.cause, kitsuma.state, kitsuma.share) == ("ownership", "refused", pytest.approx(0.55))


def test_a_doubtful_one_is_held_and_unknown_owners_are_told(answer, plant):
    held = {each.party for each in answer.refusals if each.state == "held"}
    assert held == {"suppliers.anadolis"}
    unknown = {each.party for each in answer.unknown_owners}
    assert unknown == {f"suppliers.{name}" for name in plant.suppliers} - {"suppliers.kitsuma"}


def test_it_is_an_aid_and_proposes_no_way_around(answer):
    told = str(answer) + answer.to_json()
    assert AID in told
    for word in ("instead", "alternative", "intermediary", "another supplier"):
        assert word not in told.lower()


def test_the_same_lists_give_the_same_bytes(plant):
    first, second = (plantwright.screening(plant, lists=[LIST]).to_json() for _ in range(2))
    assert first == second


def test_tables_become_frames(answer):
    assert {"refusals", "clearances", "unknown_owners", "lists"} <= set(answer.tables())
    assert answer.frame("refusals").columns[:4] == ["party", "name", "state", "cause"]


def test_the_report_draws_likenesses_and_names_lists_with_their_hashes(answer, plant):
    html = page(answer, plant)
    assert 'id="figure-likenesses"' in html
    assert answer.lists[0].sha256 in html
    assert "With whom may it not deal?" in html


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_decides_and_the_answer_follows(tmp_path, monkeypatch):
    log = tmp_path / "log.jsonl"
    words = ("--list", LIST, "--decisions", log)
    decided = run(
        "decide", EXAMPLE, "suppliers.anadolis", "104", "clear", *words, "--reviewer", "R. Virholm", "--reason", "Seen."
    )
    assert decided.exit_code == 0, decided.output
    asked = run("screening", EXAMPLE, *words, "--json")
    told = json.loads(asked.stdout)
    assert [each["reviewer"] for each in told["clearances"]] == ["R. Virholm"]
    assert "suppliers.anadolis" not in {each["party"] for each in told["refusals"]}
    assert told["decisions"] == 1
    assert told["last_decision_hash"] == json.loads(log.read_text("utf-8"))["hash"]


def test_nobody_decides_about_what_is_refused_or_not_held(tmp_path):
    words = ("--list", LIST, "--decisions", tmp_path / "log.jsonl", "--reviewer", "R.", "--reason", "x", "--json")
    refused = run("decide", EXAMPLE, "suppliers.corvane", "101", "clear", *words)
    (finding,) = json.loads(refused.stdout)["findings"]
    assert (refused.exit_code, finding["code"]) == (3, "E480")
    assert "suppliers.anadolis and 104" in finding["remedy"]
    nowhere = run(
        "decide", EXAMPLE, "suppliers.anadolis", "104", "clear", "--list", LIST, "--reviewer", "R.", "--reason", "x"
    )
    assert nowhere.exit_code == 3


def test_the_command_explains_a_malformed_list(tmp_path):
    broken = tmp_path / "sdn.csv"
    broken.write_text('1,"A"\n2x,"B",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\n', encoding="utf-8")
    told = run("screening", EXAMPLE, "--list", broken, "--json")
    places = [(each["place"]["line"], each["place"]["path"]) for each in json.loads(told.stdout)["findings"]]
    assert told.exit_code == 1
    assert places == [(1, "column 3"), (2, "column 1, ent_num")]


def test_without_nomenklatura_it_says_what_to_install(plant, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nomenklatura.matching", None)
    from plantwright.study import screened

    screened._compared.cache_clear()
    with pytest.raises(plantwright.RunError, match=r"pip install 'plantwright\[screening\]'"):
        plantwright.screening(plant, lists=[LIST])
    assert plantwright.screening(plant).state == "not screened"
