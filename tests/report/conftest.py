"""Pages rendered once for all tests of the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantwright.report.page import page, write

from . import sample, small

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def html() -> str:
    return page(sample.answer(), sample.plant())


@pytest.fixture(scope="session")
def small_html() -> str:
    return page(small.answer(), small.plant())


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    return {
        "large": write(sample.answer(), sample.plant(), folder / "large.html"),
        "small": write(small.answer(), small.plant(), folder / "small.html"),
    }


@pytest.fixture(scope="session")
def browser():
    """A real browser, where this machine has one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next((path for path in BROWSERS if Path(path).exists()), None)
    if found is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=quiet)
        yield opened
        opened.close()
