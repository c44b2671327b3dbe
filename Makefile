# Thin on purpose: what the commands do is in dev/. Everything is set up on the first run.
PYTHON ?= python3
export FILM PORT TESTS ARGS WITH_ADDON APPS TAGS RESET FROM DURATION CLERKS STORIES

.PHONY: help demo test test-deep test-install lint test-core pictures bench bench-apply bench-install check-demo terms bench-load test-faults package test-package check-terms access test-readme

help:
	@echo 'make demo           set up, install with the demo story, serve on localhost (PORT=8069, RESET=1: afresh)'
	@echo 'make test           set up, run every test (TESTS=tests/test_x.py, ARGS="-k word")'
	@echo 'make test-deep      200 random lives of a customer account, 20 steps each (an hour)'
	@echo 'make test-install   installing, updating and uninstalling beside documents (FROM=<commit>)'
	@echo 'make test-faults    Odoo and PostgreSQL killed in the middle of work, and started again'
	@echo 'make lint           ruff, pylint-odoo, the OCA checks and plain words'
	@echo "make test-core      core's own tests with the addon (WITH_ADDON=0: without; APPS=\"sale\": more)"
	@echo 'make check-demo     play the story over HTTP against the running demo'
	@echo 'make bench          everybody who reads what customers owe, on 640,000 items (ten minutes)'
	@echo 'make bench-apply    one credit on 2,000 invoices, and 50 on one each, against core'
	@echo 'make bench-install  installing on 640,000 items, and uninstalling'
	@echo 'make bench-load     eight clerks at once over HTTP, beside core (CLERKS=8, DURATION=120)'
	@echo 'make terms          export the strings and merge them into the languages'
	@echo 'make access         who may call what, tried and written into doc/access.md'
	@echo 'make check-terms    the same, and it fails if there was something to do'
	@echo 'make test-readme    the commands of the README, as they are written there'
	@echo 'make package        wheels and source archives of all addons, in dist/'
	@echo 'make test-package   what is in them, and an Odoo that has only them'
	@echo 'make pictures       take every picture of the documentation, by its tours (ARGS="-k aging": some)'

demo:
	@exec $(PYTHON) dev/demo.py

test:
	@exec $(PYTHON) dev/test.py

test-deep:
	@CUSTOMER_CREDIT_DEEP=20 TESTS=tests/test_credit_life.py ARGS=-s exec $(PYTHON) dev/test.py

test-install:
	@exec $(PYTHON) dev/test_install.py

lint:
	@exec $(PYTHON) dev/lint.py

test-core:
	@exec $(PYTHON) dev/test_core.py

pictures:
	@exec $(PYTHON) dev/pictures.py

bench:
	@exec $(PYTHON) dev/bench.py

bench-apply:
	@exec $(PYTHON) dev/bench_apply.py

bench-install:
	@exec $(PYTHON) dev/bench_install.py

check-demo:
	@exec $(PYTHON) dev/check_demo.py

terms:
	@exec $(PYTHON) dev/terms.py

bench-load:
	@exec $(PYTHON) dev/bench_load.py

test-faults:
	@exec $(PYTHON) dev/test_faults.py

package:
	@exec $(PYTHON) dev/package.py

test-package:
	@exec $(PYTHON) dev/test_package.py

check-terms:
	@CHECK=1 exec $(PYTHON) dev/terms.py

access:
	@CUSTOMER_CREDIT_WRITE=1 TESTS=tests/test_public_methods.py exec $(PYTHON) dev/test.py

test-readme:
	@exec $(PYTHON) dev/test_readme.py
