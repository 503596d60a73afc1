#!/usr/bin/env bash
# Copies the live database with SQLite's backup interface and keeps the newest seven copies.
# usage: backup.sh DATABASE BACKUP_FOLDER
set -euo pipefail

database=$1 folder=$2
mkdir -p "$folder"
copy=$folder/acme-$(date -u +%Y%m%dT%H%M%SZ).db
sqlite3 -readonly "$database" ".backup '$copy'"
find "$folder" -name 'acme-*.db' | sort -r | tail -n +8 | xargs -r rm --
