# make dashboard: set up and open the dashboard.  make test: set up and run every test.  make check: lint and types.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: dashboard test check lock clean

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

# Write the exact versions anew after a change of pyproject.toml.
lock: .venv/installed
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --no-annotate --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --no-header --no-annotate --group test -c requirements.txt -o tests/requirements.txt

clean:
	rm -rf .venv .data
