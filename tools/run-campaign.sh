#!/usr/bin/env bash
# Longer runs of the suites that search: the seeded simulator and the kill and fault loops.
# usage: tools/run-campaign.sh sim|soak
# ctest knows them by the labels `sim` and `soak`; CANDOR_CAMPAIGN tells them to run long.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?usage: $0 sim|soak}
tools/install-packages.sh build run test
CANDOR_TESTS=ON tools/build.sh
CANDOR_CAMPAIGN=$kind ctest --preset release -L "^$kind\$" --timeout 14400
