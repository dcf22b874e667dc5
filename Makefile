# Two commands for newcomers: `make verify` and `make test`. Both set up .venv on their first call.
PYTHON ?= python3
STAMP := .venv/.ok
BIN := .venv/bin

.PHONY: verify verify-full test test-all lint check axioms clean

verify: $(STAMP)  ## prove, re-check and measure everything present, quick profile
	@$(BIN)/lemmascope verify --profile quick

verify-full: $(STAMP)  ## the same with the full experiments
	@$(BIN)/lemmascope verify --profile full

# One file of tests stays in one process; four processes at most, for each imports torch.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile

test: $(STAMP)  ## the quick test suite (about 5 minutes on two cores)
	@$(BIN)/python -m pytest -q -m "not slow" $(PARALLEL)

test-all: $(STAMP)  ## quick and slow tests
	@$(BIN)/python -m pytest -q $(PARALLEL)

lint: $(STAMP)
	@$(BIN)/ruff check .

check: $(STAMP)  ## lint, quick tests, then re-check the last report with nothing but the standard library
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest -q -m "not slow" $(PARALLEL)
	@$(BIN)/lemmascope verify --profile quick
	@$(PYTHON) -I -S proofs_check/certificates/checker .lemmascope/report.json

axioms: $(STAMP)  ## write the checker's axioms.json again after a change of theory/textbook/axioms.py
	@$(BIN)/python -c "from pathlib import Path; from theory.textbook import axioms_json; \
	Path('proofs_check/certificates/axioms.json').write_text(axioms_json(), encoding='utf-8')"

clean:  ## remove caches, build outputs and the ledger; the environment stays (remove .venv by hand)
	rm -rf .lemmascope .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist
	find . -path ./.venv -prune -o -type d -name __pycache__ -print | xargs rm -rf

$(STAMP): pyproject.toml constraints.txt scripts/setup_env.py
	@$(PYTHON) scripts/setup_env.py
