#!/usr/bin/env bash
# Installs what the named roles of packaging/debian-packages still lack; says nothing when that is
# nothing. usage: tools/install-packages.sh ROLE…
set -euo pipefail
cd "$(dirname "$0")/.."

list=packaging/debian-packages
[ $# -gt 0 ] || { echo "usage: $0 ROLE…   (roles: build run test bench fuzz lint)" >&2; exit 2; }
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian; install the equivalents of $list ($*) yourself." >&2
    exit 0
fi

installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^.i'; }
offered() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

# The lines of the roles whose need nothing on this machine meets, each as its alternatives.
lacking() {
    local role rest word met
    while read -r role rest; do
        [[ " $* " == *" $role "* ]] || continue
        met=no
        for word in $rest; do
            case $word in
                '|') ;;
                \?*) command -v "${word#?}" >/dev/null && met=yes ;;
                *) installed "$word" && met=yes ;;
            esac
        done
        [ $met = yes ] || echo "$rest"
    done < <(grep -v -e '^#' -e '^$' "$list")
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        echo "Packages are missing and neither root nor sudo is at hand. As root, run:" >&2
        echo "    apt-get install --no-install-recommends ${packages[*]}" >&2
        exit 1
    fi
}

mapfile -t lines < <(lacking "$@")
[ ${#lines[@]} -gt 0 ] || exit 0

choose() {
    local line word chosen
    packages=()
    for line in "${lines[@]}"; do
        chosen=
        for word in $line; do
            case $word in '|' | \?*) continue ;; esac
            if [ -z "$chosen" ] && offered "$word"; then chosen=$word; fi
        done
        packages+=("${chosen:-${line%% *}}")
    done
}

choose
echo "Installing: ${packages[*]}" >&2
as_root apt-get update -q
choose # a fresh machine knows no package before its first update
as_root apt-get install -q -y --no-install-recommends "${packages[@]}"
