# IKT Coder. Each target first sees to what it needs: the environment in .venv, the locked
# packages, the package itself and the system libraries of the window. `make` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
MAKEFLAGS += --no-print-directory

.PHONY: help run demo test check bench pictures bundle clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: $(VENV)/.package $(VENV)/.qt-libraries ## open the window on the sample project (without a display: make demo)
	@if sh packaging/linux/display $(BIN)/python; then \
	  exec $(BIN)/python -m ikt_coder open --sample; \
	else \
	  echo "There is no display here, so no window can open. The demonstration does the same"; \
	  echo "work without one and leaves its tables and pictures in demo-output."; \
	  QT_QPA_PLATFORM=offscreen exec $(BIN)/python -m ikt_coder demo --out demo-output; \
	fi

demo: $(VENV)/.package $(VENV)/.qt-libraries ## the main job without a display; results in demo-output
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m ikt_coder demo --out demo-output

test: $(VENV)/.dev $(VENV)/.package $(VENV)/.qt-libraries ## all tests, without a display (make test ARGS="tests/core")
	@QT_QPA_PLATFORM=offscreen exec $(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/.dev $(VENV)/.package ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

bench: $(VENV)/.dev $(VENV)/.package $(VENV)/.qt-libraries ## measure the speeds of docs/performance.md
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks $(ARGS)

pictures: $(VENV)/.dev $(VENV)/.package $(VENV)/.qt-libraries ## make the pictures of the README and the documentation
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.pictures $(ARGS)

bundle: $(VENV)/.dev $(VENV)/.package $(VENV)/.qt-libraries ## a program folder for Linux that needs no Python, in dist
	$(BIN)/python packaging/linux/build

clean: ## remove what the other targets made, except .venv
	rm -rf build dist demo-output benchmarks/results .pytest_cache .mypy_cache .ruff_cache \
	  .hypothesis .import_linter_cache
	find ikt_coder tests benchmarks packaging -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The files below stand for a step that was done; each is redone when what it rests on changed.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "IKT Coder needs Python 3.11 or newer; '$(PYTHON)' is `$(PYTHON) --version 2>&1 | tail -n 1`." >&2; \
	  echo "Install one, or name one you have: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make environments. On Debian and Ubuntu:" >&2; \
	  echo "  sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.package: pyproject.toml | $(VENV)/.runtime
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.qt-libraries: packaging/debian/qt-libraries $(VENV)/.runtime
	@$(BIN)/python packaging/debian/qt-libraries
	@touch $@
