# Everything a person needs: make demo, make test, make check. Each sets up what it needs, once.
.POSIX:
.PHONY: help demo test check bench build assets clean

# The first Python that is new enough; `make PYTHON=/opt/bin/python3.12 demo` chooses another.
PYTHON = $$(for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO = demo
STORE = $(DEMO)/film-kg.store

help:
	@echo 'make demo    read the sample articles, ask three questions, check and draw the graph'
	@echo 'make test    run the tests'
	@echo 'make check   lint, format, types, tests, data'
	@echo 'make bench   figures, beside those of other tools'
	@echo 'make build   the wheel and the source archive, in dist/'
	@echo 'make assets  the newest editor of the page at /, from npm'
	@echo 'make clean   remove everything that these made'

$(VENV)/made:
	@python=$(PYTHON); test -n "$$python" || { echo 'film-kg needs Python 3.11 or newer' >&2; exit 1; }; \
	echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo 'Installing film-kg and what it needs (once)'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo 'Installing what the tests and checks need (once)'
	@$(PIP) install --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@mkdir -p $(DEMO)
	$(BIN)/kg build data/documents --store $(STORE)
	@echo; echo '# Who directed what?'
	$(BIN)/kg query who-directed-what --store $(STORE)
	@echo; echo '# Who is whose son or daughter?'
	$(BIN)/kg query famous-children --store $(STORE)
	@echo; echo '# Who won or was nominated for what?'
	$(BIN)/kg query awards --store $(STORE)
	@echo; echo '# Does the graph keep to its shapes?'
	$(BIN)/kg validate --store $(STORE) || echo 'No: the facts above are forbidden by a shape.'
	@echo
	$(BIN)/kg export $(DEMO)/film-kg.ttl --store $(STORE)
	$(BIN)/kg draw $(DEMO)/film-kg.html --store $(STORE)
	@echo; echo 'The graph is in the store   $(STORE)'
	@echo 'as Turtle, in               $(DEMO)/film-kg.ttl'
	@echo 'as a page for a browser, in $(DEMO)/film-kg.html'
	@echo 'Ask it more:                $(BIN)/kg query --store $(STORE)'

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
	$(BIN)/kg evaluate data/gold data/documents

$(VENV)/installed-bench: $(VENV)/installed-dev
	@echo 'Installing what is compared with (once)'
	@$(PIP) install --editable '.[bench]'
	@touch $@

bench: $(VENV)/installed-bench
	$(BIN)/python -m tests.bench

build: $(VENV)/installed-dev
	$(BIN)/python -m build --outdir dist .

# What the page at / loads. The hashes say what was reviewed; a test compares them.
YASGUI = kg/http/static/yasgui
assets:
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cd "$$folder" && \
	npm pack --silent @zazuko/yasgui && tar -xzf zazuko-yasgui-*.tgz && \
	cp package/build/yasgui.min.js package/build/yasgui.min.css "$(CURDIR)/$(YASGUI)" && \
	cd "$(CURDIR)/$(YASGUI)" && sha256sum yasgui.min.js yasgui.min.css > SHA256SUMS && \
	sed -n 's/.*"version": "\(.*\)".*/@zazuko\/yasgui \1/p' "$$folder/package/package.json"

clean:
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
