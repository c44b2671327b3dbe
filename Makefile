# Thin on purpose: what the commands do is in dev/. Everything is set up on the first run.
PYTHON ?= python3
export PORT TESTS ARGS WITH_ADDON TAGS RESET

.PHONY: help demo test lint test-core pictures check-demo

help:
	@echo 'make demo         set up, install with the demo story, serve on localhost (PORT=8069, RESET=1: afresh)'
	@echo 'make test         set up, run every test (TESTS=tests/test_x.py, ARGS="-k word")'
	@echo 'make lint         ruff, pylint-odoo and the OCA checks'
	@echo "make test-core    core's own accounting tests with the addon (WITH_ADDON=0: without it)"
	@echo 'make check-demo   play the story over HTTP against the running demo'
	@echo 'make pictures     take the pictures of the README'

demo:
	@exec $(PYTHON) dev/demo.py

test:
	@exec $(PYTHON) dev/test.py

lint:
	@exec $(PYTHON) dev/lint.py

test-core:
	@exec $(PYTHON) dev/test_core.py

pictures:
	@exec $(PYTHON) dev/pictures.py

check-demo:
	@exec $(PYTHON) dev/check_demo.py
