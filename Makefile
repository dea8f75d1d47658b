# make dashboard: set up and open the dashboard.  make test: set up and run every test.  make check: lint and types.
# make lock: choose the exact versions anew.  make licences: list the licences of the dependencies.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: dashboard test check lock licences clean

dashboard: .venv/installed
	$(BIN)/python -m dashboard --port $(PORT)

test: .venv/installed-tests check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/installed-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv/installed: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/installed-tests: .venv/installed tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

# Write the exact versions anew after a change of pyproject.toml: one version of each package for every Python from 3.11
# on and every system, with the hashes of its files.
COMPILE := uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes
lock: .venv/installed
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	$(BIN)/$(COMPILE) --group test -c requirements.txt -o tests/requirements.txt

# Write the table of dependencies in geo/LICENSES.md from what is installed.
licences: .venv/installed
	$(BIN)/python -m tests.licences

clean:
	rm -rf .venv .data
