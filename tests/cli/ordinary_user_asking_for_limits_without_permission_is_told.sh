#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
configure '.linux.resources = {pids: {limit: 10}}'
script true
refused 'cgroup|permission|pids' user_tare create --bundle "$bundle" c1
nothing_left
