# The two commands: `make run` and `make test`. Each installs what is missing by itself, on a
# fresh Debian 12 machine with Python 3.11 and Node 20. `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps

DEMO := demo
DEMO_CONVERSATIONS ?= 200

.PHONY: help
help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: install
install: $(STAMPS)/package  ## prepare .venv with the command raise-finetune

.PHONY: run
run: install  ## make a demo domain, export it, and say where the dataset is
	$(BIN)/raise-finetune demo $(DEMO)/domain --conversations $(DEMO_CONVERSATIONS)
	$(BIN)/raise-finetune export $(CURDIR)/$(DEMO)/dataset --root $(DEMO)/domain

.PHONY: test
test: $(STAMPS)/dev  ## run every check and every test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/pytest

.PHONY: format
format: $(STAMPS)/dev  ## format the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.PHONY: clean
clean:  ## remove what the other commands made
	rm -rf $(VENV) $(DEMO)

$(STAMPS)/venv:
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/system_packages python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	mkdir -p $(STAMPS)
	touch $@

$(STAMPS)/package: $(STAMPS)/venv pyproject.toml
	$(BIN)/pip install --quiet --editable .
	touch $@

$(STAMPS)/dev: $(STAMPS)/package pyproject.toml
	$(BIN)/pip install --quiet --group dev
	touch $@
