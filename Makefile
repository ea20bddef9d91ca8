# maabar: what can be made here. `make` prints this list.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first Python of at least 3.11 that works; 3.11 first, because golden baselines bind there.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)

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

read-eval: $(STAMP)  ## score the reader on the development and test reports
	$(BIN)/python -m maabar.reader.evaluate tests/reader/reports

coverage: $(STAMP)  ## line coverage of the tests marked uncompiled, with the JIT off
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m coverage run -m pytest -m uncompiled
	$(BIN)/python -m coverage report --skip-covered

setup: $(STAMP)  ## only set up .venv

clean:  ## remove .venv and what was built
	rm -rf $(VENV) build dist

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "maabar needs Python 3.11 or later; none was found. Install it, or say make PYTHON=/path/to/python."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt install python3-venv."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)
