import re
import tomllib

import pytest

from plantwright.model.plant import Plant
from plantwright.model.state import State


@pytest.fixture
def pages(root):
    """Every page written by hand: path below docs/ and text."""
    return {
        path.relative_to(root / "docs").as_posix(): path.read_text("utf-8") for path in (root / "docs").rglob("*.md")
    }


def in_nav(entries):
    """The pages that a navigation leads to."""
    for entry in entries:
        for target in entry.values():
            yield from [target] if isinstance(target, str) else in_nav(target)


def test_the_documentation_builds_strictly_and_loads_nothing_from_the_network(tool, tmp_path):
    found = tool("python", "docs/build.py", str(tmp_path))
    assert found.returncode == 0, found.stdout
    assert "No issues found" in found.stdout
    site = {page.name: page.read_text("utf-8") for page in (tmp_path / "site").rglob("*.html")}
    assert "capacity.html" in site
    loaded = r"""<(?:script|img|iframe)[^>]*\ssrc="?https?:|<link[^>]*rel="?stylesheet[^>]*href="?https?:"""
    assert [name for name, text in site.items() if re.search(loaded, text)] == []


def test_the_navigation_leads_to_every_page(root, pages):
    settings = tomllib.loads((root / "docs" / "zensical.toml").read_text("utf-8"))
    assert sorted(in_nav(settings["project"]["nav"])) == sorted(pages)


def test_every_picture_is_there(root, pages):
    pictures = {(page, name) for page, text in pages.items() for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)}
    missing = [(page, name) for page, name in pictures if not (root / "docs" / page).parent.joinpath(name).is_file()]
    assert missing == []


def test_every_link_of_the_readme_leads_somewhere(root):
    for page in ("README.md", "CONTRIBUTING.md"):
        targets = re.findall(r"\]\(([^)#:]+)\)", (root / page).read_text("utf-8"))
        assert [target for target in targets if not (root / target).exists()] == []


@pytest.mark.parametrize("document", [Plant, State])
def test_every_field_of_a_document_has_its_sentence(document, root, monkeypatch):
    monkeypatch.syspath_prepend(root / "docs")
    from generators import fields

    silent = [
        f"{record.__name__}.{name}"
        for record in fields.records(document)
        for name, field in record.model_fields.items()
        if not field.description
    ]
    assert silent == []


def test_every_code_of_a_finding_is_explained(root, pages, monkeypatch):
    monkeypatch.syspath_prepend(root / "docs")
    from generators import findings

    source = "\n".join(path.read_text("utf-8") for path in (root / "src").rglob("*.py"))
    by_hand = re.findall(r"^\| `([EW]\d{3})` \|", pages["errors.md"], re.MULTILINE)
    generated = set(re.findall(r"^\| `([EW]\d{3})` \|", findings.of_plants() + findings.of_states(), re.MULTILINE))
    assert len(by_hand) == len(set(by_hand))
    assert set(by_hand).isdisjoint(generated)
    assert set(by_hand) | generated == set(re.findall(r"[\"']([EW]\d{3})[\"']", source))
