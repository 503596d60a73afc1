#!/usr/bin/env bash
# The unit file is valid, has at least 31 sandbox directives, and systemd scores its exposure at
# most 1.5. Negative control: the same unit without its sandbox scores far worse.
# usage: unit_test.sh UNIT_FILE
set -euo pipefail

unit=$1
most=1.5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exposure() {
    systemd-analyze security --offline=true --no-pager "$1" 2>/dev/null |
        sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p'
}
at_most() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a <= b) }'; }

score=$(exposure "$unit")
echo "exposure $score, at most $most"
at_most "$score" $most || { echo "too exposed"; exit 1; }

families='Ambient|Capability|Device|Dynamic|Lock|Memory|NoNew|Private|Proc|Protect|Remove|Restrict'
families+='|System|UMask|State|Runtime|Configuration'
directives=$(sed -n '/^\[Service\]/,/^\[Install\]/p' "$unit" | grep -cE "^($families)[A-Za-z]*=")
echo "$directives sandbox directives, at least 31"
[ "$directives" -ge 31 ]

# verify wants the programs to exist: it reads a copy that names one that does.
sed 's|/usr/bin/candor|/bin/true|; s|^Documentation=.*||' "$unit" >"$work/candor.service"
systemd-analyze verify --man=no "$work/candor.service" 2>&1 | tee "$work/verify"
if grep -q "candor.service" "$work/verify"; then exit 1; fi

printf '[Service]\nExecStart=/bin/true\n' >"$work/naked.service"
naked=$(exposure "$work/naked.service")
echo "without the sandbox: $naked"
if at_most "$naked" 5; then
    echo "the score does not notice a missing sandbox"
    exit 1
fi
