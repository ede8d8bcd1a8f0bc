# Two commands: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench bench-scale bench-complaints lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.ready  ## make .venv with .venv/bin/itabot

run: setup  ## the five sample agencies, the service and the desk simulator
	@$(BIN)/itabot demo

test: $(VENV)/.dev  ## the whole suite, each part with its time
	@$(BIN)/python -m tests

check: $(VENV)/.dev  ## format, lint, types and import contracts only
	@$(BIN)/python -m tests --only check

bench: $(VENV)/.dev  ## speed beside a plain Flask app and others, in the same run
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.plans
	@$(BIN)/python -m tests.benchmarks.messages
	@$(BIN)/python -m tests.benchmarks.papers

bench-scale: $(VENV)/.dev  ## the same with much stored, many agencies, more workers, a whole country (an hour)
	@$(BIN)/python -m tests.benchmarks.scale
	@$(BIN)/python -m tests.benchmarks.scale.clock
	@$(BIN)/python -m tests.benchmarks.scale.broadcast
	@$(BIN)/python -m tests.benchmarks.surveys

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed. On Debian or Ubuntu: sudo apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make environments. On Debian or Ubuntu: sudo apt-get install -y python3-venv"; exit 1; }
	@echo "· making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(BIN)/python requirements.lock pyproject.toml
	@echo "· installing what the service needs (about a minute the first time)"
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.ready requirements-dev.lock
	@echo "· installing what the tests need (about a minute the first time)"
	@$(PIP) -r requirements-dev.lock
	@touch $@

bench-complaints: $(VENV)/.dev  ## 50 complaints a second for a minute, none lost or doubled, on both engines (ten minutes)
	@$(BIN)/python -m tests.benchmarks.complaints --postgres

lock:  ## refresh the two lock files (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet pyproject.toml --group build --output-file requirements.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --constraint requirements.lock pyproject.toml --group build --group dev --output-file requirements-dev.lock

clean:  ## remove the environment and caches, keep var/
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
