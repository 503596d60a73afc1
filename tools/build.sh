#!/usr/bin/env bash
# Configures the release build once and builds the named targets (all of them without a name).
# usage: tools/build.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! console/node_modules/.package-lock.json -nt console/package-lock.json ]; then
    npm ci --prefix console --ignore-scripts --no-audit --no-fund --loglevel=error >&2
fi
if [ ! -f build/release/build.ninja ]; then
    cmake --preset release -DCANDOR_TESTS="${CANDOR_TESTS:-OFF}" >/dev/null
fi
if [ "${CANDOR_TESTS:-}" = ON ]; then
    cmake --preset release -DCANDOR_TESTS=ON >/dev/null
fi
if [ $# -eq 0 ]; then
    cmake --build build/release
else
    cmake --build build/release --target "$@"
fi
