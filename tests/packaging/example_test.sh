#!/usr/bin/env bash
# The example configuration is accepted as it stands and tells its heartbeat's ping URL. Negative
# control: the same file with one misspelt field is refused, at that line.
# usage: example_test.sh CANDOR EXAMPLE
set -euo pipefail

candor=$1 example=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$example" "$work/candor.yaml"
(cd "$work" && "$candor" check) | tee "$work/said"
grep -q /ping/ "$work/said"

line=$(grep -n 'min_red:' "$example" | cut -d: -f1)
sed 's/min_red:/min_rad:/' "$example" >"$work/candor.yaml"
status=0
(cd "$work" && "$candor" check) >"$work/said" 2>&1 || status=$?
[ "$status" = 1 ] || { echo "a misspelt field gave exit code $status"; exit 1; }
grep "candor.yaml:$line:" "$work/said"
