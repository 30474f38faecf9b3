#!/bin/sh
# Pins every requirement with its hashes, for every system, from pyproject.toml. Needs uv.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 "$@"; }
compile pyproject.toml --output-file requirements/run.txt
compile pyproject.toml --group test --constraint requirements/run.txt --output-file requirements/test.txt
printf 'hatchling\neditables\n' | compile - --output-file requirements/build.txt
printf 'virtualenv\n' | compile - --output-file requirements/bootstrap.txt
