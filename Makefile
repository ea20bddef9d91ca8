# maabar: what can be made here. `make` prints this list.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first Python that will do; 3.11 first, because golden baselines bind there. Each is tried,
# because a name on the path may belong to a version that is not installed.
WILL_DO := import sys, venv, ensurepip; raise SystemExit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c '$(WILL_DO)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run test check verify bench docs baseline read-eval coverage setup clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(STAMP)  ## set up and run the shipped scenario asharah, with a table of what happens
	$(BIN)/maabar run asharah --resume

test: $(STAMP)  ## set up and pass the tests
	$(BIN)/python -m pytest

check: $(STAMP)  ## ruff, types, docs and architecture, under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m pytest tests/test_architecture.py

verify: $(STAMP)  ## long validation with pictures (build/verify)
	$(BIN)/python -m verification.verify

bench: $(STAMP)  ## measure the engine
	$(BIN)/python bench/bench.py

docs: $(STAMP)  ## write the generated pages of docs/
	$(BIN)/python docs/generate.py

baseline: $(STAMP)  ## write the golden summaries again (Python 3.11; say why in the changelog)
	$(BIN)/python tests/baseline.py

read-eval: $(STAMP)  ## score the reader on every set of reports; write docs/reading.md
	$(BIN)/python -m maabar.reader.evaluate tests/reader/reports --write docs/reading.md

coverage: $(STAMP)  ## line coverage of the tests marked uncompiled, with the JIT off
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m coverage run -m pytest -m uncompiled
	$(BIN)/python -m coverage report --skip-covered

setup: $(STAMP)  ## only set up .venv

clean:  ## remove .venv, caches and what was built; runs/ stays
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

# The stamp comes last: a set-up that was cut short is taken up again. It is done anew when the pins
# change.
$(STAMP): pyproject.toml constraints.txt
	@$(or $(PYTHON),false) -c '$(WILL_DO)' 2>/dev/null || { \
		echo "maabar needs Python 3.11 or later with its venv module; $(or $(PYTHON),no Python here) will not do."; \
		echo "On Debian and Ubuntu: apt install python3-venv. Another Python: make PYTHON=/path/to/python"; \
		exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON): some minutes, once."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
