#!/bin/sh
# Print a Python from 3.11 to 3.13: the machine's default where it fits, else the newest that does.
for name in python3 python3.13 python3.12 python3.11 "$HOME"/.pyenv/versions/3.1[123]*/bin/python3; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "zhunsheng needs Python 3.11, 3.12 or 3.13 with the venv module (Debian: apt install python3-venv)" >&2
exit 1
