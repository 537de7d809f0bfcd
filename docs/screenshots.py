"""Take the pictures of the documentation from a report, in a real browser: python docs/screenshots.py report.html."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No window, no network of the browser's own: the pictures depend on the report alone.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = {
    "report": {"width": 1280, "height": 1500, "scheme": "light"},
    "report-dark": {"width": 1280, "height": 1500, "scheme": "dark"},
    "report-phone": {"width": 390, "height": 1500, "scheme": "light"},
}


def browser_path() -> str:
    """Where the browser is."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise SystemExit(f"None of {', '.join(BROWSERS)} is on the PATH.")


def take(browser: Browser, report: Path, name: str) -> Path:
    """One picture of the top of the report; what went wrong on the page stops it."""
    size = PICTURES[name]
    page = browser.new_page(viewport={"width": size["width"], "height": size["height"]}, color_scheme=size["scheme"])
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report.resolve().as_uri())
    page.wait_for_load_state("load")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        complaints.append(f"{overflow} px wider than the window")
    if complaints:
        raise SystemExit(f"{name}: {'; '.join(complaints)}")
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target)
    page.close()
    return target


def main() -> None:
    """All pictures of the report named on the command line."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        for name in PICTURES:
            print(take(browser, Path(sys.argv[1]), name))
        browser.close()


if __name__ == "__main__":
    main()
