#!/bin/sh
# A whole fortnight on invented cases: installs what is missing, then runs `marac demo [FOLDER]`.
set -eu
here=$(pwd)
cd "$(dirname "$0")/.."
. scripts/environment.sh
install_packages gpg:gnupg
make_environment requirements/build.txt requirements/run.txt
root=$(pwd)
cd "$here"
exec "$root/.venv/bin/marac" demo "$@"
