#!/usr/bin/env bash
# Proves on a fresh Debian, with nothing but git, make and root, that the README's commands work.
# usage: tools/prove-clean.sh [bookworm|trixie] [run|test|all]     (as root; debootstrap needed)
# Takes the last commit. Packages come from this machine's apt mirror, npm's from its registry.
# The root stays in build/prove-SUITE for a look; remove it when done.
set -euo pipefail
cd "$(dirname "$0")/.."

suite=${1:-bookworm}
what=${2:-run}
root=$PWD/build/prove-$suite
log=$PWD/build/prove-$suite.log
page_tries=3600 # one a second: the longest a build may take before the page must answer

usage() { sed -n '3s/^# //p' "$0" >&2; exit 2; }
case $suite in bookworm | trixie) ;; *) usage ;; esac
case $what in run | test | all) ;; *) usage ;; esac
[ "$(id -u)" = 0 ] || { echo "$0 must be root: it makes a root folder of its own." >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "Install debootstrap first." >&2; exit 2; }

# shellcheck disable=SC2016 # apt-get expands it
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep -v security | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
[ -n "$mirror" ] || { echo "This machine's apt knows no mirror; run apt-get update." >&2; exit 2; }

# A namespace of processes of its own: whatever a command starts ends with it. Set once the
# environment is known; an array, so that $! of a background command is the namespace itself.
enter=()
set_enter() {
    # shellcheck disable=SC2016 # the inner shell expands it
    enter=(unshare --mount --pid --fork --kill-child chroot "$root" /usr/bin/env -i
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
        TERM=dumb LANG=C.UTF-8 "${environment[@]}"
        /bin/bash -c 'mountpoint -q /proc || mount -t proc proc /proc
            mount -t tmpfs shm /dev/shm 2>/dev/null || true
            exec "$@"' inside)
}
inside() { "${enter[@]}" "$@"; }

copy_settings() { # how this machine reaches its mirrors: proxy, authorities, npm's registry
    local settings name
    settings=$(apt-config dump | grep -iE '^Acquire::(http|https)::' || true)
    printf '%s\n' "$settings" >"$root/etc/apt/apt.conf.d/50mirror"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    for name in http_proxy https_proxy no_proxy; do
        if [ -n "${!name:-}" ]; then environment+=("$name=${!name}"); fi
    done
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        mkdir -p "$root/etc/ssl/prove"
        cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/prove/ca.crt"
        environment+=(npm_config_cafile=/etc/ssl/prove/ca.crt
            NODE_EXTRA_CA_CERTS=/etc/ssl/prove/ca.crt)
    fi
    if command -v npm >/dev/null; then
        environment+=("npm_config_registry=$(npm config get registry)")
    fi
}

make_root() {
    mkdir -p "$root"
    echo "debootstrap $suite into ${root#"$PWD"/}" >&2
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; exit 1; }
    copy_settings
    set_enter
    inside apt-get update -q >>"$log" 2>&1
    inside apt-get install -q -y --no-install-recommends git make >>"$log" 2>&1
    git clone -q --no-hardlinks . "$root/root/candor"
}

# `make run` in the background; the page must answer at the URL that it prints.
prove_run() {
    local out=$PWD/build/prove-$suite-run.log url='' try
    echo "make run" >&2
    "${enter[@]}" make -C /root/candor run >"$out" 2>&1 &
    local runner=$!
    trap 'kill -KILL $runner 2>/dev/null || true' EXIT # unshare heeds no other signal
    for try in $(seq $page_tries); do
        url=$(sed -n 's/^ *status page *\(http[^ ]*\).*/\1/p' "$out")
        [ -z "$url" ] || break
        kill -0 $runner 2>/dev/null || { tail -n 30 "$out" >&2; echo "make run ended" >&2; exit 1; }
        sleep 1
    done
    [ -n "$url" ] || { tail -n 30 "$out" >&2; echo "no page after $try s" >&2; exit 1; }
    curl -fsS "$url" | grep '<title>' >/dev/null || { echo "$url is not the page" >&2; exit 1; }
    inside make -C /root/candor outage >&2
    for try in $(seq 60); do
        if curl -fsS "$url" | grep 'Directory is down' >/dev/null; then
            echo "the page says that Directory is down, $try s after make outage" >&2
            break
        fi
        sleep 1
    done
    [ "$try" -lt 60 ] || { echo "the page stayed green" >&2; exit 1; }
    kill -KILL $runner
    wait $runner 2>/dev/null || true
    trap - EXIT
    echo "$suite: make run works" >&2
}

prove_test() {
    local out=$PWD/build/prove-$suite-test.log
    echo "make test" >&2
    inside make -C /root/candor test >"$out" 2>&1 ||
        { tail -n 60 "$out" >&2; echo "$suite: make test fails; see ${out#"$PWD"/}" >&2; exit 1; }
    tail -n 5 "$out" >&2
    echo "$suite: make test works" >&2
}

environment=()
rm -rf "${root:?}"
make_root
case $what in
    run) prove_run ;;
    test) prove_test ;;
    all) prove_run; prove_test ;;
esac
