"""What starting up may cost. Seconds differ from machine to machine; what is imported does not."""

import json
import subprocess
import sys

HEAVY = {
    "numpy",
    "scipy",
    "numba",
    "llvmlite",
    "polars",
    "pydantic",
    "pint",
    "openpyxl",
    "plotly",
    "jinja2",
    "holidays",
}


def imported_by(code):
    """Names of the top-level packages that are loaded after running ``code`` in a fresh interpreter."""
    report = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    found = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], check=True, capture_output=True, text=True, timeout=60
    )
    return set(json.loads(found.stdout.splitlines()[-1]))


def test_importing_the_package_loads_nothing_heavy():
    assert imported_by("import plantwright") & (HEAVY | {"typer", "rich"}) == set()


def test_the_help_of_the_command_line_loads_no_engine_and_no_figures():
    code = """
import contextlib, io, sys
from plantwright.cli import main
sys.argv = ["plantwright", "--help"]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
"""
    assert imported_by(code) & {"numba", "llvmlite", "scipy", "polars", "plotly", "openpyxl", "holidays"} == set()
