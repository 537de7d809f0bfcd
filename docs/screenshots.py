"""Take the pictures of the docs from a report, in a real browser: ``python docs/screenshots.py report.html``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

PARTS = {
    "report-flow": "#flow",
    "report-bottleneck": "#bottleneck",
    "report-sharing": "#figure-saved",
    "report-materials": "#figure-plan-load",
    "report-risk": "#figure-survival",
    "report-siting": "#siting-line-posts figure",
    "report-schedule": "#figure-schedule",
    "report-balance": "#figure-yamazumi-final-assembly-peak",
}
"""Picture and the part of the page that it shows; a part that the report does not have is left out."""


def main(report: Path) -> int:
    """Exit code: 0 with the pictures taken, 1 where the report or a browser is missing."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None or not report.is_file():
        missing = f"a browser ({', '.join(BROWSERS)})" if found is None else f"{report} (make demo writes it)"
        print(f"No {missing}.", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=QUIET)
        for picture in take(browser, report.resolve().as_uri()):
            print(picture.relative_to(Path.cwd()) if picture.is_relative_to(Path.cwd()) else picture)
        browser.close()
    return 0


def take(browser: Any, address: str) -> list[Path]:
    """The first screen by day, by night and on a phone, then one picture a part."""
    pictures = []
    for name, size, scheme in (
        ("report", DESKTOP, "light"),
        ("report-dark", DESKTOP, "dark"),
        ("report-phone", PHONE, "light"),
    ):
        context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1.5)
        sheet = context.new_page()
        complaints: list[str] = []
        sheet.on("pageerror", lambda error, found=complaints: found.append(str(error)))
        sheet.goto(address)
        if complaints:
            raise SystemExit(f"{name}: {'; '.join(complaints)}")
        pictures.append(IMAGES / f"{name}.png")
        sheet.screenshot(path=pictures[-1])
        if name == "report":
            sheet.evaluate("document.querySelectorAll('.closed details').forEach(each => each.open = true)")
            for part, place in PARTS.items():
                if sheet.locator(place).count():
                    pictures.append(IMAGES / f"{part}.png")
                    sheet.locator(place).first.screenshot(path=pictures[-1])
        context.close()
    return pictures


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "report.html")))
