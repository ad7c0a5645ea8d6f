#!/bin/bash
. "$(dirname "$0")/../lib.sh"

hook() { printf '{path: "/bin/sh", args: ["sh", "-c", "%s"]}' "$1"; }
bundle "$COUNTER"
quietly c
wait_for counts_beyond 3
checkpoint c
edit_config ".hooks = {prestart: [$(hook "cat >$WORK/prestart")], createRuntime: [$(hook "cat >$WORK/createRuntime")],
  poststop: [$(hook "cat >$WORK/poststop")]}"
restore c
equal "id" "$(jq -r .id "$WORK/prestart" "$WORK/createRuntime" | tr '\n' ' ')" "c c "
equal "pid" "$(jq .pid "$WORK/createRuntime")" "$(runtime state c | jq .pid)"
runtime delete --force c
[ -s "$WORK/poststop" ] || fail "no poststop hook"

before=$(counted)
edit_config ".hooks.createRuntime = [$(hook "exit 9")]"
refused 'error running createRuntime hook #0: exit status 9' \
  runtime restore --detach --bundle "$BUNDLE" --image-path "$WORK/images" --work-path "$WORK/logs" \
  --pid-file "$WORK/pid" c
refused 'does not exist' runtime state c
[ ! -d "$CGROUP" ] || fail "the cgroup is left"
[ ! -e "$WORK/pid" ] || fail "a pid file is left"
sleep 0.5
equal "count, which nobody goes on with" "$(counted)" "$before"
