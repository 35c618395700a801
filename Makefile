# Everything that is done with this project, by a person and by CI alike. `make help` lists it.
# Works with GNU Make 3.81 and newer; needs Python 3.11 or newer with venv, and a network for the first run.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

# The interpreter that makes the environment; `make chat PYTHON=/path/to/python` names another one.
PYTHON ?=
CANDIDATES := $(PYTHON) python3.11 python3.12 python3.13 python3 python

# More words for the command: make chat ARGS="--person Sam", make test ARGS="-k undo".
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
.PHONY: help chat test check format bench score soak chaos cards pictures schemas transcripts lock sbom audit clean

help: ## Show what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

chat: $(VENV)/run.ready ## Talk to the coach in this terminal
	@$(BIN)/python -m bot chat $(ARGS)

test: $(VENV)/dev.ready ## Run all tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.ready ## Check format, style, types, imports, dialogs and words
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m bot check

format: $(VENV)/dev.ready ## Put the code into its format and mend what mends itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# All of them take half an hour; `make bench ONLY="engine reading"` takes a minute.
ONLY ?= engine reading slack_turn slack_modal teams_turn storage growth drain load
bench: $(VENV)/dev.ready ## Measure turns, storage, growth, reminders and load against their floors and budgets
	@for one in $(ONLY); do \
		echo "== $$one"; $(BIN)/python -m benchmarks.$$one $(ARGS) || missed=1; \
	done; exit $${missed:-0}

score: $(VENV)/dev.ready ## Read the labelled texts, and count what is read rightly
	@$(BIN)/python benchmarks/score.py

soak: $(VENV)/dev.ready ## Run the tests that take longer and prove more
	@$(BIN)/python -m pytest --soak -m soak --override-ini faulthandler_timeout=0 $(ARGS)

chaos: $(VENV)/dev.ready ## Kill, pause and starve a running coach, and count what was lost
	@$(BIN)/python -m benchmarks.chaos $(ARGS)

# `make lock` keeps what is pinned already as far as it fits; `make lock ARGS=--upgrade` takes the newest of everything.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command "make lock" $(ARGS) pyproject.toml requirements/build.in

# Renderer and schema come from npm, unless ADAPTIVECARDS_JS and TEAMS_MANIFEST_SCHEMA name others; without them, or
# without Chromium, the tests say so.
CARDS := $(CURDIR)/build/cards
cards: $(VENV)/dev.ready ## Draw every Teams card in a browser, press its buttons, keep pictures; check the manifest
	@mkdir -p $(CARDS)
	@test -n "$$ADAPTIVECARDS_JS" || test -d $(CARDS)/package/dist || ! command -v npm >/dev/null || \
		(cd $(CARDS) && npm pack --silent adaptivecards@3.0.6 >/dev/null && tar -xzf adaptivecards-3.0.6.tgz)
	@test -n "$$TEAMS_MANIFEST_SCHEMA" || test -d $(CARDS)/package/build || ! command -v npm >/dev/null || \
		(cd $(CARDS) && npm pack --silent @microsoft/app-manifest@1.1.2 >/dev/null && \
		tar -xzf microsoft-app-manifest-1.1.2.tgz package/build/json-schemas/teams)
	@ADAPTIVECARDS_JS=$${ADAPTIVECARDS_JS:-$(CARDS)/package/dist/adaptivecards.min.js} CARD_PICTURES=$(CARDS) \
		TEAMS_MANIFEST_SCHEMA=$${TEAMS_MANIFEST_SCHEMA:-$(CARDS)/package/build/json-schemas/teams/v1.17/MicrosoftTeams.schema.json} \
		$(BIN)/python -m pytest tests/platforms/teams/test_rendering.py tests/platforms/teams/test_package.py $(ARGS)

pictures: $(VENV)/run.ready ## Draw every dialog anew, in docs/dialogs/
	@$(BIN)/python -m bot graph --format svg --output docs/dialogs

transcripts: $(VENV)/dev.ready ## Write what the coach says today into docs/transcripts/
	@$(BIN)/python -m tests.transcripts.replaying

schemas: $(VENV)/run.ready ## Write the schemas for editors anew, in docs/schema/
	@for kind in dialog slots messages words operator moments; do \
		$(BIN)/python -m bot schema $$kind > docs/schema/$$kind.json; \
	done

lock: $(VENV)/dev.ready ## Pin every dependency, with its hashes, in requirements/
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --extra slack --output-file requirements/slack.txt
	$(LOCK) --extra teams --output-file requirements/teams.txt
	$(LOCK) --extra postgres --output-file requirements/postgres.txt
	$(LOCK) --extra supply --output-file requirements/supply.txt
	$(LOCK) --extra dev --extra slack --extra teams --extra postgres --output-file requirements/dev.txt

SUPPLY := $(VENV)/supply
LOCKED := run slack teams postgres

sbom: $(SUPPLY).ready ## List in CycloneDX what the coach runs on, as sbom-*.json
	@for lock in $(LOCKED); do \
		$(SUPPLY)/bin/cyclonedx-py requirements requirements/$$lock.txt --pyproject pyproject.toml \
			--output-reproducible --output-file sbom-$$lock.json; \
	done

audit: $(SUPPLY).ready ## Look for known vulnerabilities in what is pinned; needs the network
	@for lock in $(LOCKED); do \
		$(SUPPLY)/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements/$$lock.txt || exit 1; \
	done

clean: ## Remove the environment and everything that can be made again
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says that the environment holds what its lock pins, so that the next run starts at once.
$(VENV)/run.ready: requirements/run.txt pyproject.toml
	@$(MAKE_ENVIRONMENT)
	@echo "Installing what the coach needs ..." >&2
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.ready: requirements/dev.txt $(VENV)/run.ready
	@echo "Installing what the tests and checks need ..." >&2
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

# An environment of its own: what looks the supply over must not change what is tested.
$(SUPPLY).ready: requirements/supply.txt $(VENV)/run.ready
	@$(BIN)/python -m venv --clear $(SUPPLY)
	@$(SUPPLY)/bin/python -m pip --quiet --disable-pip-version-check --no-input install --require-hashes --requirement requirements/supply.txt
	@touch $@

define MAKE_ENVIRONMENT
$(BIN)/python -m pip --version >/dev/null 2>&1 && exit 0; \
for python in $(CANDIDATES); do \
  if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
    echo "Making $(VENV) with $$("$$python" --version) ..." >&2; \
    exec "$$python" -m venv --clear $(VENV); \
  fi; \
done; \
echo "Afterword needs Python 3.11 or newer with its venv module, and found none." >&2; \
echo "On Debian and Ubuntu: apt install python3 python3-venv. Elsewhere: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; \
exit 1
endef
