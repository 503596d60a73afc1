#!/usr/bin/env bash
# Installs what is missing, builds everything in the release preset, runs every suite.
# Ends with ctest's own summary; the exit status is that of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh build run test
CANDOR_TESTS=ON tools/build.sh
for suite in tests/e2e tests/api; do
    npm ci --prefix "$suite" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
done
ctest --preset release -j "$(nproc)"
