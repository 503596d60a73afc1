#!/usr/bin/env bash
# The public page beside nginx serving the same bytes, and a bare epoll loop as the ceiling; then
# page reads while 10,000 event streams are held, each told a new position every 5 s, which is twice
# as often as a quiet Candor renews its page. The unit is requests per second of the server's
# processor time, so that what else runs on the machine, and the load generator, matter little.
# usage: bench/web/run.sh BUILD_FOLDER     SECONDS_EACH=4 ROUNDS=5 STREAMS=10000
set -euo pipefail
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
seconds=${SECONDS_EACH:-4}
rounds=${ROUNDS:-5}
streams=${STREAMS:-10000}
bin=$build/bench/web
folder=$(mktemp -d /dev/shm/candor-bench.XXXXXX)
chmod 755 "$folder"  # nginx drops to its own user
pids=()
stop() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap 'stop; wait; rm -rf "$folder"' EXIT
ticks=$(getconf CLK_TCK)
mkfifo "$folder/open" && exec 9<>"$folder/open"
# One processor for the server, the others for the load, where there are several.
server_on=() load_on=()
if [ "$(nproc)" -gt 1 ] && command -v taskset >/dev/null; then
    server_on=(taskset -c 0)
    load_on=(taskset -c "1-$(($(nproc) - 1))")
fi

# start NAME COMMAND…: sets `pid` and `port`, the first line that it prints.
start() {
    local name=$1
    shift
    : >"$folder/$name.out"
    "${server_on[@]}" "$@" <&9 >"$folder/$name.out" &
    pid=$!
    pids+=("$pid")
    until [ -s "$folder/$name.out" ]; do
        kill -0 "$pid"
        read -r -t 0.05 <>"$folder/never" || true
    done
    port=$(head -1 "$folder/$name.out")
}
mkfifo "$folder/never"

cpu_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

# measure PID PORT: prints "requests-per-cpu-second requests-per-second".
measure() {
    local before after
    before=$(cpu_ticks "$1")
    "${load_on[@]}" wrk -t1 -c64 -d"${seconds}s" "http://127.0.0.1:$2/" >"$folder/wrk"
    after=$(cpu_ticks "$1")
    if grep -q 'Non-2xx\|Socket errors' "$folder/wrk"; then
        cat "$folder/wrk" >&2
        exit 1
    fi
    awk -v used=$((after - before)) -v ticks="$ticks" '
        /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 }
        END { printf "%.0f %.0f\n", n * ticks / used, rate }' "$folder/wrk"
}

median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

page_against_nginx() {
    local size=$1 target=$2 _ name ratio status=0
    mkdir -p "$folder/www"
    head -c "$size" /dev/zero | tr '\0' x >"$folder/www/index.html"
    local -A pid_of port_of now
    start candor "$bin/bench_server" "$size"
    pid_of[candor]=$pid port_of[candor]=$port
    start loop "$bin/bench_epoll_loop" "$size"
    pid_of[loop]=$pid port_of[loop]=$port
    # A port that was just free; nginx wants it in its file.
    start free "$bin/bench_epoll_loop" 1
    kill "$pid"
    sed -e "s#@FOLDER@#$folder#g" -e "s#@PORT@#$port#g" "$here/nginx.conf.in" >"$folder/nginx.conf"
    "${server_on[@]}" nginx -p "$folder" -c "$folder/nginx.conf" 2>/dev/null &
    pids+=($!)
    until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do kill -0 "${pids[-1]}"; done
    port_of[nginx]=$port
    pid_of[nginx]=$(pgrep -P "${pids[-1]}")
    rm -f "$folder"/rate.* "$folder"/ratio
    for _ in $(seq "$rounds"); do
        for name in candor nginx loop; do
            measure "${pid_of[$name]}" "${port_of[$name]}" >"$folder/now"
            cat "$folder/now" >>"$folder/rate.$name"
            now[$name]=$(cut -d' ' -f1 "$folder/now")
        done
        awk -v a="${now[candor]}" -v b="${now[nginx]}" 'BEGIN { print a / b }' >>"$folder/ratio"
    done
    ratio=$(median "$folder/ratio")
    printf '%6d bytes: candor %s, nginx %s, bare epoll loop %s requests per server CPU-second\n' \
        "$size" "$(median "$folder/rate.candor")" "$(median "$folder/rate.nginx")" \
        "$(median "$folder/rate.loop")"
    awk -v r="$ratio" -v t="$target" -v n="$rounds" 'BEGIN {
        printf "              candor / nginx = %.2f (median of %d rounds; at least %.2f): %s\n",
               r, n, t, (r >= t ? "met" : "MISSED"); exit r < t }' || status=1
    stop
    wait
    pids=()
    return $status
}

page_beside_streams() {
    local _ ratio cpu status=0
    local seconds=5  # one new position in each measurement
    start candor "$bin/bench_server" 5000 5000
    local candor_pid=$pid candor_port=$port
    rm -f "$folder"/rate.* "$folder"/ratio*
    # Without and with, in turns, so that both see the same machine.
    for _ in $(seq "$rounds"); do
        until curl -s "http://127.0.0.1:$candor_port/metrics" |
            grep -q 'event_streams 0$'; do :; done
        measure "$candor_pid" "$candor_port" >"$folder/alone"
        : >"$folder/readers.out"
        "${load_on[@]}" "$bin/bench_event_readers" "$candor_port" "$streams" \
            >"$folder/readers.out" &
        local readers=$!
        pids+=("$readers")
        until grep -q ready "$folder/readers.out"; do kill -0 "$readers"; done
        measure "$candor_pid" "$candor_port" >"$folder/beside"
        kill "$readers" && wait "$readers"
        paste -d' ' "$folder/alone" "$folder/beside" | tee -a "$folder/rate.both" |
            awk '{ print $4 / $2 }' >>"$folder/ratio"
        awk '{ print $3 / $1 }' <(tail -1 "$folder/rate.both") >>"$folder/ratio.cpu"
    done
    ratio=$(median "$folder/ratio")
    cpu=$(median "$folder/ratio.cpu")
    printf '%6d event streams: %s; %s requests/s alone, %s beside\n' \
        "$streams" "$(tail -1 "$folder/readers.out")" \
        "$(cut -d' ' -f2 "$folder/rate.both" | sort -g | tail -1)" \
        "$(cut -d' ' -f4 "$folder/rate.both" | sort -g | tail -1)"
    awk -v r="$ratio" -v c="$cpu" -v n="$rounds" 'BEGIN {
        printf "              beside / alone = %.2f per server CPU-second", c
        printf " (median of %d rounds; at least 0.80): %s;", n, (c >= 0.8 ? "met" : "MISSED")
        printf " %.2f in requests per second\n", r
        exit c < 0.8 }' || status=1
    stop
    wait
    pids=()
    return $status
}

failed=0
page_against_nginx 5000 1.35 || failed=1
page_against_nginx 20000 1.20 || failed=1
page_beside_streams || failed=1
exit $failed
