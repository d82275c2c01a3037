# Every target is one line of `python3 -m tools.…`: the Makefile itself decides nothing.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help up down test check fix golden bench chaos soak shell engine cluster cluster-down pins prices install ci-preview

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: ## make the dev stack run on this machine and ask it a question
	@$(PYTHON) -m tools.stack up

down: ## stop the dev stack and remove everything it made
	@$(PYTHON) -m tools.stack down

shell: ## open a shell where plain `pulumi` works on the dev stack, or on STACK=name
	@$(PYTHON) -m tools.stack shell $(STACK)

test: ## run all checks and all tests; prints a table of times
	@$(PYTHON) -m tools.suite test

check: ## formatting, lint, types, import contracts, file sizes, stale files
	@$(PYTHON) -m tools.suite check

fix: ## format the code and mend what the linter can mend
	@$(PYTHON) -m tools.suite fix

golden: ## write all goldens, the schema and the reference page again
	@$(PYTHON) -m tools.suite golden

bench: ## measure and write docs/benchmarks.md
	@$(PYTHON) -m tools.suite bench

chaos: ## the long kill and failure tests
	@$(PYTHON) -m tools.suite chaos

soak: ## the long load tests
	@$(PYTHON) -m tools.suite soak

engine: ## find, download or build Pulumi; prints its folder
	@$(PYTHON) -m tools.engine

cluster: ## a real Kubernetes of one node on this machine (root); prints its kubeconfig
	@$(PYTHON) -m tools.cluster up

cluster-down: ## stop that cluster and remove everything it made
	@$(PYTHON) -m tools.cluster down

pins: ## ask registries for digests and chart versions; writes the catalog
	@$(PYTHON) -m tools.bootstrap && .venv/bin/python -m tools.pins

prices: ## ask AWS and Hugging Face for prices; writes the catalog, and prints what changed
	@$(PYTHON) -m tools.bootstrap && .venv/bin/python -m operations prices --write && .venv/bin/python -m operations hf-hardware --write

install: ## only the Python environment in .venv
	@$(PYTHON) -m tools.bootstrap

ci-preview: ## what a pipeline says of a change: STACK=dev or those affected, BASE=main
	@$(PYTHON) -m tools.bootstrap && .venv/bin/python -m tools.ci all $(STACK)
