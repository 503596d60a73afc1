#!/usr/bin/env bash
# Runs a job again and again and tells Candor of each run: a stand-in for cron in the demo.
# usage: every.sh SECONDS PING_URL COMMAND…
# Pings PING_URL/start, runs the command, pings PING_URL/EXITCODE. An unreachable Candor never
# stops the job: watching must not break what is watched.
set -uo pipefail

seconds=$1 url=$2
shift 2
ping() { curl -fsS -m 5 -o /dev/null "$url/$1" 2>/dev/null || true; }

while :; do
    ping start
    "$@"
    ping $?
    sleep "$seconds" &
    wait $!
done
