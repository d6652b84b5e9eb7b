# The two commands: `make run` and `make test`. Each installs what is missing by itself, on a
# fresh Debian 12 machine with Python 3.11 and Node 20. `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
# Test processes: one for each core, and no more than four, since each may hold a model. Browsers and
# windows come one after the other: each takes more than a core by itself.
JOBS ?= $(shell cores=$$(nproc); echo $$((cores < 4 ? cores : 4)))
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PAGE := frontend/dist/index.html
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/*.ts frontend/*.json frontend/index.html -type f) $(wildcard python/raise_finetune/locales/*.json)

WINDOW_PACKAGES := libwebkit2gtk-4.1-0 libgtk-3-0
TEST_PACKAGES := $(WINDOW_PACKAGES) \
	webkit2gtk-driver xvfb xauth openbox xdotool wmctrl dbus-daemon chromium-headless-shell \
	fonts-dejavu-core

.PHONY: help
help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: install
install: $(STAMPS)/package  ## prepare .venv with the command raise-finetune

.PHONY: run
run: $(STAMPS)/desktop $(PAGE)  ## open the window (without a display: serve it to a browser)
	$(BIN)/raise-finetune window

.PHONY: test
test: check test-page test-python  ## run every check and every test

.PHONY: check
check: $(STAMPS)/dev $(STAMPS)/desktop $(STAMPS)/extras frontend/node_modules  ## format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright
	$(BIN)/lint-imports
	cd frontend && npm run check

.PHONY: test-page
test-page: frontend/node_modules  ## run the page's own tests
	cd frontend && npm test

.PHONY: test-python
test-python: $(STAMPS)/dev $(STAMPS)/desktop $(STAMPS)/extras $(STAMPS)/audit $(PAGE)  ## run the tests on every core (JOBS=1: one), then the browser's and the real window's
	scripts/system_packages $(TEST_PACKAGES)
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --ignore tests/browser --ignore tests/desktop
	$(BIN)/pytest tests/browser tests/desktop

.PHONY: bench
bench: $(STAMPS)/dev $(STAMPS)/peers  ## measure everything, beside the peers (an hour on a quiet machine)
	$(BIN)/python -m bench $(BENCH)

.PHONY: fuzz
fuzz: $(STAMPS)/dev $(STAMPS)/extras  ## give every parser a hundred times as many damaged files as the tests do
	RAISE_FUZZ=100 $(BIN)/pytest tests/fuzz --timeout=7200

.PHONY: screenshots
screenshots: $(STAMPS)/dev $(STAMPS)/extras $(PAGE)  ## take the pictures of the documentation anew
	scripts/system_packages chromium fonts-dejavu-core
	$(BIN)/python scripts/screenshots.py --docs

.PHONY: lock
lock: $(STAMPS)/audit  ## lock what pyproject.toml changed (LOCK="--upgrade": the newest of everything)
	$(BIN)/python scripts/lock.py $(LOCK)

.PHONY: audit
audit: $(STAMPS)/audit  ## ask the advisory databases about every locked dependency
	$(BIN)/python scripts/audit.py $(AUDIT)

.PHONY: format
format: $(STAMPS)/dev frontend/node_modules  ## format the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	cd frontend && npm run format

.PHONY: clean
clean:  ## remove what the other commands made
	rm -rf $(VENV) frontend/node_modules frontend/dist

# Everything comes from requirements/, which `make lock` makes: these versions, and files of these
# hashes only. The lists are complete, so nothing else is resolved (`--no-deps`).
LOCKED := install --quiet --no-deps --require-hashes --requirement

$(STAMPS)/venv: requirements/build.txt
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/system_packages python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip $(LOCKED) requirements/build.txt
	mkdir -p $(STAMPS)
	touch $@

$(STAMPS)/package: $(STAMPS)/venv requirements/base.txt pyproject.toml
	$(BIN)/pip $(LOCKED) requirements/base.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(STAMPS)/desktop: $(STAMPS)/package requirements/desktop.txt
	scripts/system_packages $(WINDOW_PACKAGES)
	$(BIN)/pip $(LOCKED) requirements/desktop.txt
	touch $@

$(STAMPS)/dev: $(STAMPS)/package requirements/dev.txt
	$(BIN)/pip $(LOCKED) requirements/dev.txt
	touch $@

# Every extra, for the tests alone.
$(STAMPS)/extras: $(STAMPS)/package requirements/extras.txt requirements/torch.txt
	scripts/install_torch $(BIN)/pip requirements/torch.txt
	$(BIN)/pip $(LOCKED) requirements/extras.txt
	touch $@

$(STAMPS)/audit: $(STAMPS)/venv requirements/audit.txt
	$(BIN)/pip $(LOCKED) requirements/audit.txt
	touch $@

# What our figures stand beside, in an environment of its own: what we measure is what users have.
$(STAMPS)/peers: $(STAMPS)/venv requirements/peers.txt
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/pip $(LOCKED) requirements/peers.txt
	touch $@

# Not `npm ci`: it refuses a lock file without the optional packages of platforms that the
# registry in use does not carry. The versions are the lock file's all the same.
frontend/node_modules: frontend/package-lock.json
	cd frontend && npm install --no-save --no-audit --no-fund --ignore-scripts
	touch $@

$(PAGE): frontend/node_modules $(PAGE_SOURCES)
	cd frontend && npm run build
	touch $@
