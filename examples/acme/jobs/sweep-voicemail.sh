#!/usr/bin/env bash
# The voicemail area's regular job: makes sure that the service greets.
# usage: sweep-voicemail.sh PORT
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1"
read -r -t 5 greeting <&3
[[ $greeting == 220* ]]
