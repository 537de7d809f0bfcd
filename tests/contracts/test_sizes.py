import ast
import statistics

import pytest

FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "core", "misc", "manager", "handler", "processor"}


@pytest.fixture
def modules(root):
    """Path and source of every module of the package."""
    return {path.relative_to(root): path.read_text("utf-8") for path in (root / "src" / "plantwright").rglob("*.py")}


def test_no_file_is_longer_than_450_lines(modules):
    long = {str(path): text.count("\n") for path, text in modules.items() if text.count("\n") > 450}
    assert long == {}


def test_the_median_file_is_under_150_lines(modules):
    assert statistics.median(text.count("\n") for text in modules.values()) < 150


def test_nine_functions_in_ten_are_under_50_lines(modules):
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for text in modules.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(0.9 * len(lengths))] < 50


def test_no_module_has_a_name_that_says_nothing(modules):
    assert [path for path in modules if path.stem in FORBIDDEN_NAMES] == []
