#!/usr/bin/env bash
# Appends to the journal and the series beside a bare SQLite loop that stores the same rows.
set -euo pipefail
exec "$1/bench/store/bench_store"
