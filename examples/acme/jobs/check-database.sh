#!/usr/bin/env bash
# Exit 0 while the database opens and its newest pages are whole; prints what is wrong otherwise.
# usage: check-database.sh FILE
set -euo pipefail

answer=$(sqlite3 -readonly -cmd '.timeout 2000' "$1" 'pragma quick_check(1)')
[ "$answer" = ok ] || { echo "$1: $answer"; exit 1; }
