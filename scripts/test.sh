#!/bin/sh
# Everything that must hold: lint, types, import contracts and tests. Installs what is missing first.
# Arguments go to pytest, which runs the tests in several processes; -n 0 runs them in one.
set -eu
cd "$(dirname "$0")/.."
{ true 3<&0; } 2>/dev/null || exec </dev/null # where the standard input is closed, pytest's stand-in for it fails
. scripts/environment.sh
# Debian keeps each version of PostgreSQL's server in a folder of its own
postgresql_server() { ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -n 1 | grep . || echo postgres; }
install_packages gpg:gnupg gpg-agent:gpg-agent dovecot:dovecot-imapd /usr/lib/dovecot/pop3:dovecot-pop3d strace:strace openssl:openssl soffice:libreoffice-writer localc:libreoffice-calc pdftoppm:poppler-utils tesseract:tesseract-ocr fc-list:fontconfig ps:procps "$(postgresql_server):postgresql"
make_environment requirements/build.txt requirements/run.txt requirements/test.txt
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
unset PYTHONDONTWRITEBYTECODE # each process would compile the tests anew
exec $bin/python -m pytest -n $((cores + 1)) --dist worksteal "$@" # one more, since many a test waits
