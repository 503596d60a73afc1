#!/usr/bin/env bash
# Searches for inputs that break a parser: every fuzz target with libFuzzer, SECONDS_EACH (20) each.
# New inputs stay under build/fuzz/found; an input that crashes is printed and fails the run.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${SECONDS_EACH:-20}
cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target fuzz_targets
status=0
for target in build/fuzz/tests/fuzz/fuzz_*; do
    if [ ! -f "$target" ] || [ ! -x "$target" ]; then continue; fi
    name=${target##*/fuzz_}
    found=build/fuzz/found/$name
    mkdir -p "$found"
    echo "fuzz $name, $seconds s"
    if ! "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$found/crash-" "$found" "tests/fuzz/corpus/$name" \
        >"$found.log" 2>&1; then
        echo "fuzz $name failed; its log:" >&2
        cat "$found.log" >&2
        status=1
    else
        grep -E 'number_of_executed_units|average_exec_per_sec' "$found.log" || true
    fi
done
exit $status
