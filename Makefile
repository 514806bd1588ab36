# Everything this project can be asked for. Needs Python 3.11 or newer with its venv module, and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Whoever starts many processes wants what is compiled to be kept, whatever the machine's habit is.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check bench quality nemesis gallery words migration migrate clean

help: ## Show what can be asked for.
	@printf 'make …\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name says; \
		do printf '  %-12s %s\n' "$$name" "$$says"; done

install: $(STAMP) ## Make the environment (.venv; another folder with VENV=…).

# The stamp is newer than what it was made from, so the environment is made once and again after a change.
$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) ## Try it: the town, the messenger, the page and the bot (http://127.0.0.1:8090).
	$(BIN)/python -m sandbox

test: $(STAMP) ## Run all tests on all cores, with coverage.
	$(BIN)/python -m pytest -q -n logical --dist worksteal --cov --cov-report=term --cov-fail-under=90

check: $(STAMP) ## Format, lint, types, floors, then all tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(STAMP) ## Measure throughput and latency; writes benchmarks/results.json.
	$(BIN)/python -m benchmarks

quality: $(STAMP) ## Measure search and written orders; writes benchmarks/quality.json.
	$(BIN)/python -m benchmarks.quality

nemesis: $(STAMP) ## Run the fault tests with all of their trials.
	BONAK_TRIALS=full $(BIN)/python -m pytest -q -n logical --dist worksteal -m nemesis

gallery: $(STAMP) ## Draw every screen in every language into gallery.html.
	$(BIN)/python -m sandbox.gallery

words: $(STAMP) ## Join the Persian words with the screens; fails when one is missing.
	$(BIN)/python -m locales.words
	@test -z "$$CI" || git diff --exit-code -- locales

migration: $(STAMP) ## Write a migration from the tables: make migration name="add cheques".
	@test -n "$(name)" || { echo 'usage: make migration name="add cheques"'; exit 2; }
	$(BIN)/python -m storage.migrations.new "$(name)"

migrate: $(STAMP) ## Bring the database of BONAK_DATABASE_URL up to date.
	$(BIN)/python -m bot migrate

clean: ## Take away what was made, except the database.
	rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis gallery.html
