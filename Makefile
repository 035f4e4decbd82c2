# SPDX-License-Identifier: Apache-2.0
# Everything this repository can do, one target each; `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run build test lint format clean deps deps-test screenshots bench bench-quick bench-redaction bench-tools bench-peers fuzz toolchain

FORMATTED := Sources Tests Package.swift
VENV := .venv
REQUIREMENTS := Tests/EndToEnd/requirements.txt Tests/Browser/requirements.txt
BENCHMARKS := Tests/Benchmarks
# As the image ships it: with the Swift runtime inside, which saves some of every call into it.
RELEASE := swift build -c release --static-swift-stdlib --product cartlink

# Sets $$as_root to what runs a command as root.
define find_root
as_root=""; \
if [ "$$(id -u)" -ne 0 ]; then \
    command -v sudo >/dev/null || { echo "Please install as root:$$missing" >&2; exit 1; }; \
    as_root=sudo; \
fi
endef

# Until this shell ends, packages don't start the daemons they bring (invoke-rc.d(8)); a rule that is there already stays.
define without_daemons
if [ -n "$$missing" ] && command -v apt-get >/dev/null && [ ! -e /usr/sbin/policy-rc.d ]; then \
    $(find_root); \
    trap '$$as_root rm -f /usr/sbin/policy-rc.d' EXIT; \
    printf '#!/bin/sh\nexit 101\n' | $$as_root tee /usr/sbin/policy-rc.d >/dev/null; \
    $$as_root chmod 755 /usr/sbin/policy-rc.d; \
fi
endef

# Installs the Debian packages named in $$missing, if any; elsewhere it says what to install by hand.
define install_missing
if [ -n "$$missing" ]; then \
    if command -v apt-get >/dev/null; then \
        $(find_root); \
        echo "==> installing with apt-get:$$missing"; \
        $$as_root apt-get update -qq; \
        $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
    else \
        echo "This system has no apt-get. Please install by hand what Debian calls:$$missing" >&2; \
        exit 1; \
    fi; \
fi
endef

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: deps ## Build Cartlink and start it with demo carts; prints links to try
	@echo "==> 1/2 building the release binary (some minutes the first time)"
	@$(RELEASE)
	@echo "==> 2/2 starting; Ctrl-C stops it"
	@exec .build/release/cartlink serve --config config/demo/cartlink.yaml --demo

build: deps ## Build the release binary, .build/release/cartlink
	@$(RELEASE)

test: deps-test ## Run every test: units, stores, HTTP, the real binary end to end and in a browser
	@echo "==> 1/5 building the unit tests"
	@swift build --build-tests
	@echo "==> 2/5 running the unit tests"
	@# Apart from what keeps the processor busy: what goes out counts on answers within some seconds, and PostgreSQL has its own.
	@swift test --skip-build --disable-xctest --skip PostgresStoreTests --skip WebhooksTests --skip CartSourcesTests
	@swift test --skip-build --disable-xctest --filter WebhooksTests
	@swift test --skip-build --disable-xctest --filter CartSourcesTests
	@# What breaks connections counts on answers within some seconds; the contract keeps the processor busy.
	@python3 Tests/Support/with_postgres.py swift test --skip-build --disable-xctest --filter 'PostgresStoreTests.ContractTests'
	@python3 Tests/Support/with_postgres.py swift test --skip-build --disable-xctest \
	    --filter PostgresStoreTests --skip PostgresStoreTests.ContractTests
	@echo "==> 3/5 building the release binary"
	@$(RELEASE)
	@echo "==> 4/5 running the end-to-end tests"
	@$(VENV)/bin/python -m pytest -q Tests/EndToEnd
	@echo "==> 5/5 running the browser tests"
	@# Two at a time: each has a service and a browser of its own, and mostly waits. A browser on a busy computer now and then does two
	@# things in another order than ever before: what fails is tried once more, and named at the end. Only here: no other test has two tries.
	@$(VENV)/bin/python -m pytest -q --numprocesses 2 --dist loadfile --reruns 1 -rR Tests/Browser

screenshots: deps-test ## Write docs/screenshots anew: the page on phone and desktop, light and dark
	@$(RELEASE)
	@$(VENV)/bin/python Tests/Browser/screenshots.py

bench: build bench-tools bench-peers ## Measure the service beside nginx, Go and Node, a quarter of an hour (LINKS=10000000=FOLDER for seeded data)
	@$(BENCHMARKS)/.venv/bin/python $(BENCHMARKS)/suite $(addprefix --data-with-links ,$(LINKS)) \
	    --results $(BENCHMARKS)/results/latest.json --chart docs/benchmark.svg

bench-quick: build bench-tools bench-peers ## The same in about two minutes, rougher; prints the table and keeps nothing
	@$(BENCHMARKS)/.venv/bin/python $(BENCHMARKS)/suite --quick $(addprefix --data-with-links ,$(LINKS))

bench-redaction: bench-tools ## Measure the filter beside orjson, Node and Foundation
	@echo "==> measuring, about 20 s"
	@$(BENCHMARKS)/.venv/bin/python $(BENCHMARKS)/redaction.py

bench-tools: deps
	@missing=""; \
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3 python3-venv"; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	$(install_missing)
	@$(MAKE) --silent $(BENCHMARKS)/.venv/installed
	@echo "==> building cartlink-bench (a minute or two the first time)"
	@swift build -c release --package-path $(BENCHMARKS) --product cartlink-bench

bench-peers:
	@missing=""; \
	PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$$missing nginx"; \
	command -v go >/dev/null || missing="$$missing golang-go"; \
	command -v wrk >/dev/null || missing="$$missing wrk"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	$(without_daemons); \
	$(install_missing)

$(BENCHMARKS)/.venv/installed: $(BENCHMARKS)/requirements.txt
	@python3 -m venv --clear $(BENCHMARKS)/.venv
	@$(BENCHMARKS)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

fuzz: deps ## Fuzz the filter, the policy parser and the scrubber, ten minutes each (SECONDS=60 for less)
	@Tests/Fuzz/run.sh $(or $(SECONDS),600)

lint: toolchain ## Check format, licence lines, file sizes, imports and the Dockerfile
	@failed=0; \
	echo "==> format"; \
	swift format lint --strict --parallel --recursive $(FORMATTED) || failed=1; \
	for check in Tests/Lint/*.sh; do \
	    echo "==> $$(basename "$$check" .sh)"; \
	    bash "$$check" || failed=1; \
	done; \
	exit $$failed

format: toolchain ## Format the Swift sources in place
	@swift format --in-place --parallel --recursive $(FORMATTED)

clean: ## Remove what was built; data, keys and links stay
	@rm -rf .build $(VENV) $(BENCHMARKS)/.build $(BENCHMARKS)/.venv

deps: toolchain ## Install the Debian packages the build needs, where missing
	@missing=""; \
	command -v pkg-config >/dev/null || missing="$$missing pkg-config"; \
	pkg-config --exists libcrypto 2>/dev/null || missing="$$missing libssl-dev"; \
	pkg-config --exists sqlite3 2>/dev/null || missing="$$missing libsqlite3-dev"; \
	pkg-config --exists libpq 2>/dev/null || missing="$$missing libpq-dev"; \
	pkg-config --exists zlib 2>/dev/null || missing="$$missing zlib1g-dev"; \
	$(install_missing)

deps-test: deps ## Install what the tests need besides: Chromium, nginx, PostgreSQL, strace, and Python in .venv
	@missing=""; \
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3 python3-venv"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v strace >/dev/null || missing="$$missing strace"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$$missing nginx-light"; \
	$(without_daemons); \
	$(install_missing)
	@$(MAKE) --silent $(VENV)/installed

# Made again whenever the pinned packages change.
$(VENV)/installed: $(REQUIREMENTS)
	@echo "==> installing the tests' Python packages into $(VENV)"
	@python3 -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check $(addprefix --requirement ,$(REQUIREMENTS))
	@touch $@

toolchain:
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is missing; https://www.swift.org/install has it." >&2; exit 1; }
