#!/bin/sh
# Install a lock file and the package itself into a virtual environment, with uv where the machine has it.
set -eu
venv=$1
lock=$2
if command -v uv >/dev/null 2>&1; then
    install() { uv pip install --quiet --python "$venv/bin/python" "$@"; }
else
    install() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
fi
install --require-hashes -r "$lock"
if [ "$lock" = requirements/base.txt ]; then
    install --no-deps --no-build-isolation -e .
fi
