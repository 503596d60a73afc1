#!/usr/bin/env bash
# Lays out every C++ file with clang-format 19. With --check, fails where a file would change.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t files < <(find src tests bench examples -name node_modules -prune -o \
    \( -name '*.cc' -o -name '*.h' \) -print)
if [ "${1:-}" = --check ]; then
    clang-format-19 --dry-run -Werror "${files[@]}"
else
    clang-format-19 -i "${files[@]}"
fi
