#!/usr/bin/env bash
# What 1,000 HTTP checks every 10 s cost: the whole of `candor serve`, page included, and beside it,
# in the same minute and against the same server, Prometheus with the blackbox exporter.
# usage: bench/footprint/run.sh BUILD_FOLDER     SECONDS_MEASURED=60 CHECKS=1000
set -euo pipefail
build=$(cd "$1" && pwd)
measured=${SECONDS_MEASURED:-60}
checks=${CHECKS:-1000}
folder=$(mktemp -d)
chmod 755 "$folder"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
ticks=$(getconf CLK_TCK)

free_port() {
    local port
    while port=$((20000 + RANDOM)); do
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}
target=$(free_port) page=$(free_port) intake=$(free_port) console=$(free_port)
exporter=$(free_port) prometheus=$(free_port)

cat >"$folder/nginx.conf" <<END
daemon off; worker_processes 1; pid $folder/nginx.pid; error_log $folder/nginx.log;
events { worker_connections 4096; }
http { access_log off; server { listen 127.0.0.1:$target; return 200 "up"; } }
END
nginx -c "$folder/nginx.conf" 2>/dev/null &
pids+=($!)

{
    echo "page: { name: Bench }"
    echo "listen: { public: \"127.0.0.1:$page\", intake: \"127.0.0.1:$intake\","
    echo "          console: \"127.0.0.1:$console\" }"
    echo "storage: { url: \"sqlite:$folder/data\" }"
    echo "components:"
    for i in $(seq "$checks"); do
        echo "  - { id: c$i, name: Component $i, checks: [{ id: h$i, every: 10s," \
            "http: { url: \"http://127.0.0.1:$target/$i\", expect: { status: 200 } } }] }"
    done
} >"$folder/candor.yaml"
{
    echo "global: { scrape_interval: 10s, scrape_timeout: 5s }"
    echo "scrape_configs:"
    echo "  - job_name: http"
    echo "    metrics_path: /probe"
    echo "    params: { module: [http_2xx] }"
    echo "    static_configs:"
    echo "      - targets:"
    for i in $(seq "$checks"); do echo "          - http://127.0.0.1:$target/$i"; done
    echo "    relabel_configs:"
    echo "      - { source_labels: [__address__], target_label: __param_target }"
    echo "      - { source_labels: [__param_target], target_label: instance }"
    echo "      - { target_label: __address__, replacement: \"127.0.0.1:$exporter\" }"
} >"$folder/prometheus.yml"
echo "modules: { http_2xx: { prober: http, timeout: 5s } }" >"$folder/blackbox.yml"

"$build/candor" serve --config "$folder/candor.yaml" 2>"$folder/candor.log" &
ours=$!
prometheus-blackbox-exporter --config.file="$folder/blackbox.yml" \
    --web.listen-address="127.0.0.1:$exporter" 2>"$folder/blackbox.log" &
theirs_probe=$!
prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/tsdb" \
    --web.listen-address="127.0.0.1:$prometheus" 2>"$folder/prometheus.log" &
theirs=$!
pids+=("$ours" "$theirs_probe" "$theirs")

cpu() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
peak_kib() { awk '/^VmHWM/ { print $2 }' "/proc/$1/status"; }

# The first rounds, in which everything starts, are not measured.
sleep 25
ours_before=$(cpu $ours)
theirs_before=$(($(cpu $theirs) + $(cpu $theirs_probe)))
sleep "$measured"
ours_used=$(($(cpu $ours) - ours_before))
theirs_used=$(($(cpu $theirs) + $(cpu $theirs_probe) - theirs_before))
seen=$(curl -fsS "http://127.0.0.1:$console/metrics" |
    awk '/^candor_observations(_total)? / { print $2 }')

report() { # NAME TICKS KIB
    awk -v name="$1" -v used="$2" -v hz="$ticks" -v s="$measured" -v kib="$3" 'BEGIN {
        printf "  %-22s %6.2f %% of a core %7.1f MiB at most\n", name, 100 * used / hz / s,
            kib / 1024
    }'
}
ours_kib=$(peak_kib $ours)
theirs_kib=$(($(peak_kib $theirs) + $(peak_kib $theirs_probe)))
echo "$checks HTTP checks every 10 s, over $measured s ($seen observations since the start):"
report candor "$ours_used" "$ours_kib"
report "prometheus + blackbox" "$theirs_used" "$theirs_kib"
awk -v n="$checks" -v s="$measured" -v hz="$ticks" -v ours="$ours_used" -v theirs="$theirs_used" \
    -v ours_kib="$ours_kib" -v theirs_kib="$theirs_kib" -v seen="$seen" 'BEGIN {
        printf "  %-22s %6.2f %20.2f\n", "ratio", theirs / ours, theirs_kib / ours_kib
        good = 100 * ours / hz / s < 5 && ours_kib < 64 * 1024 && seen > n * s / 10
        printf "footprint: goal under 5 %% and under 64 MiB: %s\n", good ? "met" : "MISSED"
        exit !good
    }'
