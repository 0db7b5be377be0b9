# Every target prepares what it needs; `make demo` and `make test` work on a fresh clone.
PYTHON ?= $(shell scripts/find_python.sh)
VENV := .venv
RUN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: setup dev demo serve test check bench soak docs lock clean

setup: $(VENV)/.base src/zhunsheng/web/static/dist/.built $(VENV)/.messages

dev: setup $(VENV)/.dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	scripts/install.sh $(VENV) requirements/base.txt
	touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.base
	scripts/install.sh $(VENV) requirements/dev.txt
	touch $@

src/zhunsheng/web/static/dist/.built: $(VENV)/.base frontend/package-lock.json frontend/build.mjs $(wildcard frontend/src/* frontend/src/*/*)
	scripts/build_assets.sh $(VENV)
	touch $@

$(VENV)/.messages: $(VENV)/.base $(wildcard src/zhunsheng/*/locale/*/LC_MESSAGES/*.po src/zhunsheng/*/*/locale/*/LC_MESSAGES/*.po)
	$(RUN)/python -m zhunsheng.web.messages
	touch $@

demo: setup
	$(RUN)/zhunsheng demo $(ARGS)

serve: setup
	$(RUN)/zhunsheng migrate
	$(RUN)/zhunsheng serve $(ARGS)

check: dev
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	ZHUNSHENG_HOME=$$(mktemp -d) $(RUN)/zhunsheng manage makemigrations --check --dry-run

test: dev
	$(RUN)/python scripts/test.py $(ARGS)

bench: dev
	$(RUN)/python -m benchmarks $(ARGS)

soak: dev
	$(RUN)/python scripts/test.py --soak $(ARGS)

docs: dev
	$(RUN)/python scripts/docs.py

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/base.in -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/dev.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/node.in -o requirements/node.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/spark.in -o requirements/spark.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/sm2.in -o requirements/sm2.txt

clean:
	rm -rf $(VENV) frontend/node_modules src/zhunsheng/web/static/dist src/zhunsheng/web/geodata
