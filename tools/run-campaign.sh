#!/usr/bin/env bash
# Longer runs of the suites that search: the seeded simulator and the kill and fault loops.
# usage: tools/run-campaign.sh sim|soak
#   sim   CANDOR_SEEDS seeds (default 20000) from CANDOR_FROM (default 1001) on, with progress; the
#         first that fails is printed with the command that replays it
#   soak  the ctest tests labelled `soak`; CANDOR_CAMPAIGN tells them to run long
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?usage: $0 sim|soak}
tools/install-packages.sh build run test
CANDOR_TESTS=ON tools/build.sh
if [ "$kind" = sim ]; then
    exec build/release/tests/sim/sim_campaign \
        --seeds "${CANDOR_SEEDS:-20000}" --from "${CANDOR_FROM:-1001}"
fi
CANDOR_CAMPAIGN=$kind ctest --preset release -L "^$kind\$" --timeout 14400
