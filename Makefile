# Everything happens in .venv; nothing is installed outside this folder. Needs Python 3.11 or newer with venv.
#   make demo    sample documents and web app          make test    the whole test suite
#   make lint    ruff      make types    mypy          make clean   remove what was made
# PYTHON=… chooses the interpreter, ARGS=… is passed on to pytest or to the demo.

.POSIX:
.PHONY: demo test lint format types clean

PYTHON =
ARGS =
BIN = .venv/bin
MARKER = .venv/.auskunft

demo: $(MARKER)-app
	@$(BIN)/auskunft demo $(ARGS)

# Most tests run on all cores; those that measure time run afterwards with nothing beside them (pytest says 5 for none).
test: $(MARKER)-dev
	@left=; \
	if [ "$$CI" != true ] && ! command -v chromium >/dev/null \
		&& ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then \
		echo "No Chromium found: the tests marked »browser« are left out."; left="and not browser"; \
	fi; \
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not alone $$left" $(ARGS) || [ $$? = 5 ] || exit 1; \
	$(BIN)/python -m pytest -m "alone $$left" $(ARGS) || [ $$? = 5 ]

lint: $(MARKER)-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(MARKER)-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(MARKER)-dev
	@$(BIN)/mypy

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(MARKER)-venv:
	@python=; \
	for name in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
		if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			python=$$name; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer with venv is needed (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; \
	fi; \
	"$$python" -m venv .venv
	@touch $@

# pip's many harmless warnings go to a file, which is shown where the installation fails. Compiling afterwards uses all
# cores, and makes every later start quick even where Python is told to write no bytecode; what no command loads waits.
INSTALL = $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check
UNUSED = '/(tests|pip|setuptools|networkx|nltk|llama_index|workflows|dateparser|dateparser_data|hypothesis|mypy)/'
COMPILE = $(BIN)/python -m compileall -q -j 0 -x $(UNUSED) .venv/lib app eval index ingest prompts

$(MARKER)-app: $(MARKER)-venv pyproject.toml
	@echo "Installing what the assistant needs into .venv (once, one to two minutes) ..."
	@$(INSTALL) -e . >.venv/pip.log 2>&1 || { cat .venv/pip.log >&2; exit 1; }
	@$(COMPILE) >/dev/null 2>&1 || true
	@touch $@

$(MARKER)-dev: $(MARKER)-venv pyproject.toml
	@echo "Installing the assistant and its test tools into .venv (once, one to two minutes) ..."
	@$(INSTALL) -e '.[dev,training]' >.venv/pip.log 2>&1 || { cat .venv/pip.log >&2; exit 1; }
	@$(COMPILE) >/dev/null 2>&1 || true
	@touch $(MARKER)-app $@
