#!/usr/bin/env bash
# From a confirmed failing observation to the event at a reader and the new page, 1,000 components.
# There is no other system beside it: no peer flips a page on its own from a signal it confirmed.
set -euo pipefail
exec "$1/bench/flip/bench_flip"
