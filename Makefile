# Plantwright. `make` alone lists the targets; each sets up in .venv what it needs, once.
#
# Another interpreter: make test PYTHON=python3.12
# Extra words for a tool: make test ARGS="-k layers"

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
EFFORT ?= quick
ARGS   ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format validate bench slow docs screenshots clean

help:
	@echo "Plantwright: make TARGET"
	@sed -n 's/^\([a-z][a-zA-Z%-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | sed 's/%/NAME/' \
	  | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

demo: $(VENV)/for-demo ## answer the reference plant and write report.html (EFFORT=normal or full for more runs)
	$(BIN)/plantwright run examples/uas-plant --effort $(EFFORT) --report report.html
	@echo "The report: file://$(CURDIR)/report.html"

test: $(VENV)/for-test $(VENV)/browser ## run every test: layers, lint, types, docs and examples included
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(VENV)/for-test ## only what takes seconds: lint, format, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

format: $(VENV)/for-test ## put the code into its standard form
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

validate: $(VENV)/for-demo ## compare with exact and published results; print the table that the docs show
	$(BIN)/python -m benchmarks.validate $(ARGS)

bench: $(VENV)/for-demo ## run every benchmark; rows go to build/bench/
	$(BIN)/python -m benchmarks $(ARGS)

bench-%: $(VENV)/for-demo ## run one benchmark, for example bench-engine
	$(BIN)/python -m benchmarks $* $(ARGS)

slow: $(VENV)/for-test ## run the tests that take minutes
	$(BIN)/python -m pytest -m slow $(ARGS)

docs: $(VENV)/for-docs ## build the documentation into build/docs/site
	$(BIN)/python docs/build.py
	@echo "The documentation: file://$(CURDIR)/build/docs/site/index.html"

screenshots: $(VENV)/for-test $(VENV)/browser report.html ## take the pictures of the docs from report.html, in a real browser
	$(BIN)/python docs/screenshots.py report.html

report.html:
	$(MAKE) demo

clean: ## remove what the targets made, .venv included
	rm -rf $(VENV) build dist report.html .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --------------------------------------------------------------------------------------------------- the set-up
# A stamp per set of extras: made again only when pyproject.toml changes.

$(VENV)/for-demo: EXTRAS := [optimise]
$(VENV)/for-test: EXTRAS := [test]
$(VENV)/for-docs: EXTRAS := [docs]

$(VENV)/for-%: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --prefer-binary --editable '.$(EXTRAS)'
	@touch $@

# The browser is the machine's own. Where there is none and none can be installed, tests that need it are skipped.
$(VENV)/browser: | $(VENV)/bin/python
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing chromium ..." \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo "No chromium on this machine: tests that need a browser are skipped."
	@touch $@

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Plantwright needs Python 3.11, 3.12 or 3.13."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version 2>&1). Plantwright needs Python 3.11, 3.12 or 3.13:"; \
	  echo "  make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment (Debian, Ubuntu: apt install python3-venv)."; exit 1; }
