#!/usr/bin/env bash
# Breaks or heals the sample service of a running demo.
# usage: tools/demo-control.sh outage [down|latency|errors|dns|flap] [AREA]
#        tools/demo-control.sh recover
# AREA: directory signin profiles calls voicemail
set -euo pipefail
cd "$(dirname "$0")/.."

ports=build/demo/acme/ports.json
action=${1:-} kind=${2:-down} area=${3:-}
[ -f $ports ] || { echo "The demo is not running; start it with: make run" >&2; exit 1; }
control=$(sed 's/.*"control":\([0-9]*\).*/\1/' $ports)

ask() {
    curl -fsS -m 10 -X POST "http://127.0.0.1:$control$1" -o /dev/null 2>/dev/null && return
    echo "The sample service does not take that; is the demo running, are kind and area right?" >&2
    sed -n '3,5s/^# //p' "$0" >&2
    exit 1
}

case $action in
    outage)
        case $kind in
            down) says="refuses connections" default=directory ;;
            latency) says="answers 3 s late" default=calls ;;
            errors) says="answers 500" default=signin ;;
            flap) says="comes and goes every 8 s" default=voicemail ;;
            dns) says="name api.acme.example does not resolve" default=profiles area=profiles ;;
            *) says="" default=directory ;;
        esac
        ask "/fault?kind=$kind&area=${area:-$default}"
        echo "Acme's ${area:-$default} $says. Watch the page; heal it with: make recover"
        ;;
    recover)
        ask /heal
        echo "Acme is healthy again. The page turns green when the checks say so."
        ;;
    *)
        sed -n '3,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac
