# Bare `make` says what there is. Needs only make and Python 3.11 or later with venv.
PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install run test check soak bench lock vendor clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/dev.stamp ## Put everything for work on the house into .venv

run: .venv/core.stamp ## Open the demo city at http://127.0.0.1:8000 (PORT=... for another door)
	@exec $(BIN)/python deploy/run.py --port $(PORT)

test: .venv/dev.stamp ## Run all tests, on SQLite and PostgreSQL and in a browser (JOBS=1 for one at a time)
	$(BIN)/python -m pytest -n $(JOBS)

check: .venv/dev.stamp ## Ask every tool: style, types, imports, templates, migrations, known holes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint ideas/templates --lint --quiet
	$(BIN)/python deploy/check_migrations.py
	$(BIN)/python deploy/audit.py requirements/dev.txt

soak: .venv/dev.stamp ## Race a thousand rounds, read whole files of real cities
	$(BIN)/python -m pytest -m soak

bench: .venv/dev.stamp ## Measure the promises that have a figure
	$(BIN)/python -m bench

lock: ## Compile requirements/*.txt again from pyproject.toml (needs uv)
	sh deploy/lock.sh

vendor: .venv/dev.stamp ## Copy the front-end files again from their packages (needs npm)
	$(BIN)/python deploy/vendor.py

clean: ## Remove what runs and tests left behind, and the demo city
	rm -rf .venv instance .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ideas needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

# A stamp is newer than its lock as long as the lock has not changed since it was installed.
.venv/core.stamp: requirements/core.txt | .venv/bin/python
	@echo "Installing $<"
	@$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@echo "Installing $<"
	@$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@touch $@ .venv/core.stamp
