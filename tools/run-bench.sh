#!/usr/bin/env bash
# Builds and runs every bench/*/run.sh; each runs the other system beside Candor and prints ratios.
# usage: tools/run-bench.sh [NAME…]
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh build test bench
CANDOR_TESTS=ON tools/build.sh
status=0
for script in bench/*/run.sh; do
    name=$(basename "$(dirname "$script")")
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    echo "== $name"
    "$script" build/release || status=1
done
exit $status
