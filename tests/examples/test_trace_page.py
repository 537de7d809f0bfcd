"""The example on the page about traces prints what the page says."""

import re

import pytest


@pytest.fixture
def example(root):
    """The program of the page and what it is said to print."""
    text = (root / "docs" / "trace.md").read_text("utf-8")
    return re.search(r"```python\n(import .*?)```\n\n```text\n(.*?)```", text, re.DOTALL).groups()


def test_the_example_prints_what_the_page_says(example, root, tmp_path, monkeypatch, capsys):
    program, said = example
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(root / "examples")
    exec(program, {})
    assert capsys.readouterr().out == said
    # The trace and the statistics of the engine are counted in different ways; the example sets them side by side.
    pairs = re.findall(r"([\d.]+) s in the trace, ([\d.]+) s in the answer", said)
    assert len(pairs) == 3
    assert all(one == other for one, other in pairs)
