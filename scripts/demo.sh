#!/bin/sh
# A whole fortnight on invented cases: installs what is missing, then runs `marac demo [FOLDER]`.
set -eu
here=$(pwd)
cd "$(dirname "$0")/.."
. scripts/environment.sh
install_packages gpg:gnupg gpg-agent:gpg-agent
make_environment requirements/build.txt requirements/run.txt
cd "$here"
"$root/.venv/bin/marac" demo "$@"
command -v marac >/dev/null 2>&1 || printf '\nSo that this terminal finds marac, type first:  . "%s/.venv/bin/activate"\n' "$root"
