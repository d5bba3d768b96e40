#!/bin/sh
# Fuzzes the running Worker against contracts/central.openapi.yaml, as an enrolled device and as who runs the
# central. Bounded and the same every time; FUZZ_EXAMPLES and FUZZ_SEED ask for more or other cases.
set -eu
cd "$(dirname "$0")/.."
venv=../target/central-fuzz
if ! "$venv/bin/st" --version 2>/dev/null | grep -q 4.32.5; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet schemathesis==4.32.5 hypothesis==6.170.15
fi
exec node test/fuzz/run.mjs "$venv/bin/st"
