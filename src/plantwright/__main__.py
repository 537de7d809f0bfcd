"""``python -m plantwright`` is ``plantwright``."""

from plantwright.cli import main

if __name__ == "__main__":
    main()
