#!/bin/bash
# Its exit status is ours, signals are passed on, and in the end the container is deleted.
. "$(dirname "$0")/../lib.sh"

bundle 'trap "exit 5" TERM; echo up >/tmp/up; while :; do sleep 0.1; done'
quietly c
wait_for test -e "$BUNDLE/rootfs/tmp/up"
checkpoint c
"$RUNTIME" --root "$STATE" restore --bundle "$BUNDLE" --image-path "$WORK/images" --work-path "$WORK/logs" c \
  </dev/null >/dev/null 2>&1 &
wait_for status_is c running
equal "parent of init" "$(ps -o ppid= -p "$(runtime state c | jq .pid)" | tr -d ' ')" $!
kill -TERM $!
status=0
wait $! || status=$?
equal "exit status" "$status" 5
refused 'does not exist' runtime state c
[ ! -d "$CGROUP" ] || fail "the cgroup is still there"
