#!/usr/bin/env bash
# Removes users who have not signed in for DAYS (400) days, through the service's admin address.
# usage: purge-inactive-users.sh CONTROL_PORT [--days DAYS] [--include-never-seen]
#
# --include-never-seen also removes users without any sign-in. Customers with single sign-on sign in
# elsewhere, so every one of their users looks like that: this is how one night lost the users of
# 312 customers while every health check stayed green.
set -euo pipefail

port=$1 days=400 never_seen=no
shift
while [ $# -gt 0 ]; do
    case $1 in
        --days) days=$2; shift 2 ;;
        --include-never-seen) never_seen=yes; shift ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
done
curl -fsS -m 60 -X POST "http://127.0.0.1:$port/admin/purge?days=$days&never_seen=$never_seen"
echo
