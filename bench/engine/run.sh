#!/usr/bin/env bash
# How long a start takes with a million entries in the journal. No other system is beside it: peers
# keep no history that a start has to verify.
set -euo pipefail
exec "$1/bench/engine/bench_start"
