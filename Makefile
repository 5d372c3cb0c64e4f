# What a newcomer needs: `make up` (a serving API), `make test` (all tests), `make check` (the fast gate).
# Needs python3 (3.11 or newer, with venv) and make; everything else is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help up translations test slow check lint format mutate package-test readers clients lock ide ide-test browser-test bench bench-quick

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/'

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

up: $(STAMP) ## a private Neo4j, the real seeds and the API on 127.0.0.1:8000
	$(BIN)/detention-graph up

# WORKERS: how many tests run at once, each with a Neo4j of its own (one where DETENTION_GRAPH_TEST_URI gives the Neo4j)
WORKERS ?= $(if $(DETENTION_GRAPH_TEST_URI),1,2)

test: $(STAMP) ## the tests, on a real Neo4j
	$(BIN)/python -m pytest -m "not slow" -n $(WORKERS) --dist loadfile --no-loadscope-reorder

slow: $(STAMP) ## the long ones as well: larger brute force, more random graphs, every moment of every fault
	$(BIN)/python -m pytest

lint: $(STAMP) ## format, lint, strict types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint ## the same, and the fast tests
	$(BIN)/python -m pytest -m "not live and not slow" -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# MODULES: paths below graph_api; default: those that differ from main
mutate: $(STAMP) ## change the modules of a change one place at a time; what no fast test notices is printed
	$(BIN)/python -m tests.mutate $(MODULES)

# SERVER: the address of a running server, such as that of `make up`
SERVER ?= http://127.0.0.1:8000/graphql

clients: ## GraphQL clients in Python and JavaScript with their default settings against SERVER (needs Node 20)
	PYTHON=$(PYTHON) tests/clients/run.sh $(SERVER)

readers: $(STAMP) ## exports read back by followthemoney, networkx, shapely and pandas, in an environment of their own
	$(PYTHON) -m venv .venv-readers
	.venv-readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	.venv-readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/export/readers.lock
	.venv-readers/bin/python -m pytest -p no:cacheprovider -rs tests/export/test_real_readers.py tests/export/test_notebook.py

package-test: $(STAMP) ## wheel and source distribution: built, installed in an empty environment, started
	$(BIN)/python -m pytest tests/packaging

translations: $(STAMP) ## the catalogues of the pages: new messages into the .po files, and the .mo files made of them
	$(BIN)/python -m tests.helpers.translations

format: $(STAMP) ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# sizes: S = 10,000 people, M = 100,000, L = 1,000,000; seconds: the length of one load, of which there are about 950
BENCH_SIZES ?= S M
BENCH_SECONDS ?= 3
BENCH_RUNS ?= 3

bench: $(STAMP) ## our server beside its peers on one database: docs/benchmarks.md (needs wrk, node and npm)
	$(BIN)/python -m bench.run --sizes $(BENCH_SIZES) --seconds $(BENCH_SECONDS) --runs $(BENCH_RUNS)

bench-quick: $(STAMP) ## every question against the hand-written Cypher, compared with bench/quick.json (WRITE=1 writes it)
	$(BIN)/python -m bench.quick $(if $(WRITE),--write)

lock: $(STAMP) ## pin and hash the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group dev --extra private --extra documents --extra tables --extra tracing --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-dev.lock
	uv pip compile pyproject.toml -c requirements-dev.lock --extra documents --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	uv pip compile --group build -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-build.lock

ide/node_modules: ide/package-lock.json
	cd ide && npm ci --no-audit --no-fund
	@touch $@

ide: ide/node_modules ## build the page at /graphiql anew (needs Node 20)
	cd ide && npm run build

browser-test: $(STAMP) ide/node_modules ## the pages in a real browser, script on and off; fails where there is none (needs Node 20 and a Chromium)
	DETENTION_GRAPH_TEST_BROWSER=required $(BIN)/python -m pytest tests/browser/test_reader_pages.py tests/browser/test_scenarios.py

ide-test: $(STAMP) ide/node_modules ## the page in a real browser (needs Node 20 and a Chromium)
	$(BIN)/python -m pytest tests/browser
