# Sourced by demo.sh and test.sh: a Python environment in .venv, with everything pinned by hash.
# Works on a fresh Debian as root, where GnuPG and venv may be missing and pip may refuse to install outside an environment.

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }

python_found() {
    for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed, and was not found."
    exit 1
}

# install_packages PROGRAM:PACKAGE… installs the Debian packages whose programs are missing.
install_packages() {
    missing=
    for pair in "$@"; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
    done
    [ -z "$missing" ] && return
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
        say "These packages are missing; install them (on Debian or Ubuntu: sudo apt-get install$missing), then run this again."
        exit 1
    fi
    say "Installing$missing …"
    guarded=
    if [ ! -e /usr/sbin/policy-rc.d ]; then # nothing that is installed here is to start as a service
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d && guarded=yes
    fi
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        [ -n "$guarded" ] && rm -f /usr/sbin/policy-rc.d
        say "The packages could not be installed:$missing"
        exit 1
    fi
    [ -n "$guarded" ] && rm -f /usr/sbin/policy-rc.d
    rm -f "$log"
}

# make_environment REQUIREMENTS… makes .venv, or adds what it lacks; one that is out of date or was moved is made anew.
make_environment() {
    python=$(python_found) || exit 1
    root=$(pwd)
    installed=.venv/installed.sha256
    if ! { [ -x .venv/bin/python ] && head -n 3 .venv/bin/marac | grep -qF "$root/.venv/bin/python" &&
        sha256sum --check --status "$installed"; } 2>/dev/null; then
        say "Making a Python environment in .venv …"
        new_environment
    fi
    for file in "$@" pyproject.toml; do
        grep -qF "  $file" "$installed" 2>/dev/null && continue
        if [ "$file" = pyproject.toml ]; then
            .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
        else
            .venv/bin/python -m pip install --quiet --require-hashes --no-deps -r "$file"
        fi
        sha256sum "$file" >>"$installed"
    done
}

new_environment() {
    rm -rf .venv .venv-maker
    { "$python" -m venv .venv && .venv/bin/python -m pip --version; } >/dev/null 2>&1 && return
    rm -rf .venv # Debian's python without python3-venv
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        say "Python can make no environment here. Install python3-venv, then run this again."
        exit 1
    fi
    "$python" -m pip install --quiet --require-hashes --target .venv-maker -r requirements/bootstrap.txt
    PYTHONPATH=.venv-maker "$python" -m virtualenv --quiet .venv
    rm -rf .venv-maker
}
