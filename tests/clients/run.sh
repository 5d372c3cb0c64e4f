#!/bin/sh
# run.sh URL: the clients that people use, with their default settings, against the server at URL. Prints a line for each; fails if one fails.
# Needs Node 20 and Python 3.11 or newer; everything else comes from the lock files beside this script.
set -eu
export SERVER="$1"
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --no-audit --no-fund --silent
for client in gql ariadne; do
  [ -d "$client/.venv" ] && continue
  "${PYTHON:-python3}" -m venv "$client/.venv"
  "$client/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$client/requirements.lock"
done
node audits.mjs "$SERVER"
node javascript.mjs "$SERVER"
npx graphql-codegen --config codegen.mjs --silent
npx tsc --strict --noEmit --skipLibCheck --target es2022 --module nodenext --moduleResolution nodenext client.ts
echo "ok      graphql-codegen, tsc --strict"
(cd ariadne && .venv/bin/ariadne-codegen > /dev/null && .venv/bin/python run.py "$SERVER")
gql/.venv/bin/python gql/run.py "$SERVER"
