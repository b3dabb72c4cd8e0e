# Lianfang: everything a newcomer types. Needs Python >= 3.11 and a package index; the rest goes into .venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
INSTALLED := .venv/.installed
COMPILED := .venv/.compiled
KERNEL := $(wildcard src/lianfang/core/obligations/*.py src/lianfang/core/days/civil.py)
CITY := var/city
PORT ?= 8000
WORKERS ?= 2

.PHONY: help install demo city test check format bench clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(COMPILED) ## the environment in .venv, with the kernel compiled

$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed."; exit 1; }
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --seed --python $(PYTHON) .venv; \
	else test -x $(BIN)/python || $(PYTHON) -m venv .venv; fi
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python --editable '.[dev]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'; fi
	@touch $@

$(COMPILED): $(INSTALLED) $(KERNEL)
	$(BIN)/python -m lianfang.core.obligations.compile
	@touch $@

demo: $(COMPILED) ## a made-up district at work, with accounts for every role
	$(BIN)/lianfang demo-district --port $(PORT)

city: $(COMPILED) ## a made-up city of 2,000 people without a database, five plans over it
	$(BIN)/lianfang city --persons 2000 --seed 7 --out $(CITY)
	$(BIN)/lianfang demo --facts $(CITY)

test: $(COMPILED) ## every test; says what was skipped
	$(BIN)/python -m pytest -n $(WORKERS) -rs

check: $(COMPILED) ## format, lint, types, layers, architecture; goes through all of them
	@wrong=""; \
	$(BIN)/ruff format --check . || wrong="$$wrong format"; \
	$(BIN)/ruff check . || wrong="$$wrong lint"; \
	$(BIN)/mypy || wrong="$$wrong types"; \
	$(BIN)/lint-imports || wrong="$$wrong layers"; \
	$(BIN)/python -m pytest -q tests/architecture || wrong="$$wrong architecture"; \
	test -z "$$wrong" || { echo "check:$$wrong"; exit 1; }

format: $(INSTALLED) ## put the files into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(COMPILED) ## measure against hand-written SQL; writes docs/benchmarks.md
	$(BIN)/python -m bench

clean: ## remove what can be made again
	rm -rf .venv var dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
