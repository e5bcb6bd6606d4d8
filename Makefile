# Every target works on a fresh machine with Python ≥ 3.11, git and make.
PYTHON ?= python3
VENV := .venv
# Streamlit asks for these to draw tables, maps and charts, of which this application has none (tests/test_dependencies.py).
SPARED := pyarrow pydeck altair
RUN := $(VENV)/bin/python -m clicnjob
# Containers often forbid it; without, each process compiles everything again, and `make test` starts dozens.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install install-prod demo run region check test test-all test-screens test-fast test-faults coverage fix lint audit sbom licences bench schemas templates screenshots clean

help: ## la liste des commandes
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## préparer l’environnement (.venv)

$(VENV)/.installed: pyproject.toml uv.lock
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(VENV)/bin/uv sync --quiet --frozen --inexact --active
	@touch $@

install-prod: ## pour un serveur : sans les outils de test (retire ceux qui sont là)
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(VENV)/bin/uv sync --quiet --frozen --no-dev --active $(SPARED:%=--no-install-package %)
	@$(VENV)/bin/python -c "import clicnjob.server"
	@touch $(VENV)/.installed  # otherwise `make run` would install the tools again

demo: install ## l’application avec des personnes fictives, sur http://localhost:8501
	@$(RUN) demo

run: install ## l’application, base vide au premier démarrage
	@$(RUN) run

region: install ## deux processus derrière HAProxy, sur un PostgreSQL jetable, avec les personnes fictives
	@$(VENV)/bin/python -m tests.region

check: install ## vérifier les contenus (data/) et les modèles (cv_templates/)
	@$(RUN) check

lint: install ## style, types et étages
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports

test: install ## les tests, à passer avant chaque envoi
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal --ignore=tests/browser -m "not long"
	@$(VENV)/bin/python -m pytest -n 3 --dist loadfile tests/browser -m "not long and not screens"  # apart: each worker has a server and a browser, and mostly waits

test-all: install ## tous les tests, longs compris : avant une version, et chaque nuit où un serveur peut le faire
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal --ignore=tests/browser
	@$(VENV)/bin/python -m pytest -n 3 --dist loadfile tests/browser -m "not screens"
	@$(VENV)/bin/python -m pytest -m screens tests/browser

test-screens: install ## chaque écran, à deux largeurs, avec axe-core (plusieurs minutes)
	@$(VENV)/bin/python -m pytest -m screens

test-fast: install ## les tests rapides, pour travailler
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal --ignore=tests/browser -m "not postgres and not slow and not long"

test-faults: install ## des pannes au milieu du travail (kill -9, disque plein, PostgreSQL coupé…) : rien n’est perdu (un quart d’heure)
	@$(VENV)/bin/python -m tests.faults

coverage: install ## la part du code que les tests parcourent (sans navigateur), branche par branche
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal --ignore=tests/browser -m "not postgres" --cov

fix: install ## remettre le code en forme
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

bench: install ## les mesures (benchmarks/)
	@for name in rendering search cohort territory sign_ins load workshop; do $(VENV)/bin/python -m benchmarks.$$name || exit 1; done

audit: install ## chercher les failles connues de ce dont le code dépend (demande internet)
	@$(VENV)/bin/uv export --frozen --quiet --no-dev --no-emit-project --no-hashes -o $(VENV)/requirements.txt >/dev/null
	@$(VENV)/bin/python -m tests.audit $(VENV)/requirements.txt

sbom: install ## la liste de ce qu’un serveur installe, en CycloneDX, depuis uv.lock (dist/clicnjob.cdx.json)
	@mkdir -p dist
	@$(VENV)/bin/uv export --frozen --quiet --no-dev --no-emit-project --format cyclonedx1.5 -o dist/clicnjob.cdx.json >/dev/null
	@echo "dist/clicnjob.cdx.json"

licences: install ## les licences de ce qu’un serveur installe, celles à nommer (LGPL, MPL) d’abord
	@$(RUN:clicnjob=clicnjob.cli.licences)

schemas: install ## refaire les schémas de data/ (data/schemas), que lisent les éditeurs de texte
	@$(VENV)/bin/python -m clicnjob.cli.schemas

templates: install ## refaire cv.docx, la jauge et l’image de chaque modèle
	@$(VENV)/bin/python cv_templates/_common/build.py

screenshots: install ## refaire les images du README
	@$(VENV)/bin/python -m tests.browser.screenshots

clean: ## effacer l’environnement et la base de démonstration
	rm -rf $(VENV) var/demo
