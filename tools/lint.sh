#!/usr/bin/env bash
# Layout, clang-tidy (.clang-tidy: a short list, every entry an error) and shellcheck.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/format.sh --check
mapfile -t scripts < <(grep -rlE '^#!.*\b(ba)?sh' tools .ci examples packaging --include='*' |
    grep -v node_modules)
if command -v shellcheck >/dev/null; then shellcheck "${scripts[@]}"; fi

# clang needs its own compile commands: g++ has warnings that clang does not know.
cmake -S . -B build/lint -G Ninja -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_COMPILER=clang++-19 >/dev/null
mapfile -t sources < <(find src -name '*.cc' | sort)
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/lint --quiet
