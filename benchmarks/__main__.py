"""``python -m benchmarks [NAME ...]``: measure the subjects named, or all of them."""

from __future__ import annotations

import sys

from .registry import SUBJECTS, run


def main(names: list[str]) -> int:
    """Measure; 2 when a name is none."""
    if names == ["validate"]:
        from .validate import main as validate

        return validate([])
    if names == ["publish"]:
        from .publish import main as publish

        return publish()
    unknown = [name for name in names if name not in SUBJECTS]
    if unknown:
        known = "".join(f"\n  {name:10} {subject.says}" for name, subject in SUBJECTS.items())
        print(
            f"No such benchmark: {', '.join(unknown)}. There are:{known}\n  validate   the exact cases\n"
            "  publish    put what was measured into the docs"
        )
        return 2
    for name in names or SUBJECTS:
        run(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
