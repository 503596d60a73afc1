#!/usr/bin/env bash
# Writes users per plan and region to a dated report.
# usage: nightly-report.sh DATABASE REPORT_FOLDER
set -euo pipefail

database=$1 folder=$2
mkdir -p "$folder"
report=$folder/users-$(date -u +%F).csv
sqlite3 -readonly -cmd '.timeout 2000' -csv -header "$database" '
    select c.plan, c.region, count(distinct c.id) as customers, count(u.id) as users
    from customers c left join users u on u.customer = c.id
    group by c.plan, c.region order by c.plan, c.region' >"$report.new"
mv "$report.new" "$report"
