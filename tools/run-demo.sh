#!/usr/bin/env bash
# Starts Acme Cloud, its jobs, and Candor watching them; prints where to look; Ctrl-C stops all.
# Data and logs are in build/demo. usage: tools/run-demo.sh [RELEASE_FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."

release=$PWD/${1:-build/release}
demo=$PWD/build/demo
acme=$PWD/examples/acme
config=$acme/candor.yaml
shift_by=0
children=()
mkdir -p "$demo"

busy() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The ports of examples/acme/candor.yaml, moved together until none of them is taken.
choose_ports() {
    local port taken=yes
    while [ $taken = yes ]; do
        taken=no
        for port in 7100 7101 7102 7103 7104 7105 8080 8081 8082; do
            if busy $((port + shift_by)); then taken=yes; fi
        done
        if [ $taken = yes ]; then shift_by=$((shift_by + 200)); fi
        [ $shift_by -le 4000 ] || { echo "No free ports near 7100 and 8080." >&2; exit 1; }
    done
    [ $shift_by = 0 ] && return
    echo "Some ports of the demo are taken; using those $shift_by higher." >&2
    config=$demo/candor.yaml
    perl -pe "s/(?<=127\.0\.0\.1:)([78]\d\d\d)/\$1 + $shift_by/ge" "$acme/candor.yaml" >"$config"
}

stop_all() {
    trap '' INT TERM
    [ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2>/dev/null || true
    wait || true
}

fail() {
    echo "$1" >&2
    tail -n 20 "$2" >&2
    exit 1
}

wait_for() { # URL PID LOG
    local tries
    for tries in $(seq 1 300); do
        if curl -fsS -m 2 -o /dev/null "$1" 2>/dev/null; then return; fi
        kill -0 "$2" 2>/dev/null || fail "It stopped while starting; the end of $3:" "$3"
        sleep 0.1
    done
    fail "No answer from $1 after $tries tries; the end of $3:" "$3"
}

choose_ports
page=http://127.0.0.1:$((8080 + shift_by))
control=$((7100 + shift_by))
trap stop_all EXIT
trap 'exit 0' INT TERM

"$release/acme" --data "$demo/acme" --base-port $control >"$demo/acme.log" 2>&1 &
children+=($!)
wait_for "http://127.0.0.1:$control/faults" $! "$demo/acme.log"

(cd "$acme" && exec "$release/candor" serve --config "$config") >"$demo/candor.log" 2>&1 &
candor=$!
children+=("$candor")
wait_for "$page/" $candor "$demo/candor.log"

"$acme/jobs/every.sh" 5 "http://127.0.0.1:$((8081 + shift_by))/ping/voicemail-sweep" \
    "$acme/jobs/sweep-voicemail.sh" $((7105 + shift_by)) >"$demo/jobs.log" 2>&1 &
children+=($!)

cat <<END

  Candor is watching Acme Cloud.

    status page     $page/
    operators       http://127.0.0.1:$((8082 + shift_by))/
    first admin     the one-time link in build/demo/candor.log ("no users yet")
    configuration   ${config#"$PWD/"}
    logs            build/demo/candor.log, build/demo/acme.log

  In another terminal:
    make outage                  Directory refuses connections; the page says so within seconds
    make outage KIND=latency     also: errors, dns, flap
    make recover                 heals it

  Ctrl-C stops everything.
END
wait $candor || fail "Candor stopped; the end of its log:" "$demo/candor.log"
