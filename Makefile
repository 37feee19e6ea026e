# TrialSim. `make run` needs Python 3.11 or newer and, the first time, the network. That is all.

PYTHON ?= $(firstword $(foreach one,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(one) -c 'import sys; sys.version_info >= (3, 11) and print("$(one)")' 2>/dev/null)))
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := uv>=0.13,<0.14

export PORT

.DEFAULT_GOAL := run
.PHONY: run setup test check bench lock clean

run: $(VENV)/.run-ready ## Start the demo on http://127.0.0.1:$(PORT), filling an empty database first
	@exec $(BIN)/trialsim serve --demo

setup: $(VENV)/.dev-ready ## Install what development needs as well

test: $(VENV)/.dev-ready ## Run every test
	$(BIN)/pytest -q -n 2 --dist loadgroup

check: $(VENV)/.dev-ready ## Everything that is checked without running it, in the order of CI
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/codespell

bench: $(VENV)/.dev-ready ## Print the product's own figures as a table and as JSON
	$(BIN)/python -m tests.bench

lock: $(VENV)/.uv ## Write the lock files anew, with hashes and naming no index
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Remove what was built; the database in instance/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage \
		htmlcov dist *.egg-info
	find trialsim tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "TrialSim needs Python 3.11 or newer. Install it, or name it: make run PYTHON=/path/to/python3"; \
		exit 1; \
	fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "TrialSim needs Python 3.11 or newer, and $(PYTHON) is not."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "This Python cannot make a virtual environment: on Debian, apt-get install python3-venv."; \
		exit 1; }
	@touch $@

# uv installs in seconds; where it cannot be had, pip installs the same files more slowly.
$(VENV)/.uv: $(VENV)/.python
	@$(BIN)/python -m pip install -q --disable-pip-version-check "$(UV)" || echo "Going on without uv."
	@touch $@

$(VENV)/.run-ready: $(VENV)/.uv requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev-ready: $(VENV)/.uv requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $@

define install
@echo "Installing $(1) ..."
@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes -r $(1) 2>/dev/null \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e . 2>/dev/null \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
endef
