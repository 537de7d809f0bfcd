def test_the_linter_has_nothing_to_say(tool):
    found = tool("ruff", "check", "--output-format", "concise")
    assert found.returncode == 0, found.stdout


def test_the_code_is_in_its_standard_form(tool):
    found = tool("ruff", "format", "--check")
    assert found.returncode == 0, found.stdout


def test_types_hold(tool):
    found = tool("mypy", "--no-error-summary")
    assert found.returncode == 0, found.stdout
