# An ordinary user may not make cgroups where his session is: his systemd gives him a scope, once a tare.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sandbox.sh"
id tester >/dev/null 2>&1 || skip "no user tester"
chown tester: "$WORK"
cd /
as_tester() { runuser -u tester -- env -i XDG_RUNTIME_DIR=/run/user/1000 PATH="$PATH" "$@"; }
sandbox() { as_tester timeout 100 "$RUNTIME" sandbox "$@" </dev/null; }
limits_hold systemd

# Nothing of it is left when it is killed, either: systemd removes a scope in which nobody is.
as_tester "$RUNTIME" sandbox --memory 64m -- sleep 1000 </dev/null &
wait_for pgrep -fx 'sleep 1000' >/dev/null
pkill -KILL -u tester -f 'sandbox --memory'
wait $! || true
wait_for nothing_left
scopes() { as_tester systemctl --user list-units --all --no-legend 'tare-sandbox-*'; }
no_scope() { [ -z "$(scopes)" ]; }
wait_for no_scope

# One scope serves a batch.
for _ in 1 2 3 4 5 6; do
  echo '{"args": ["sh", "-c", "dd if=/dev/zero of=/dev/null bs=200M count=1"], "memory": "32m"}'
done | as_tester timeout 100 "$RUNTIME" sandbox --batch --jobs 2 >"$WORK/results"
equal "outcomes" "$(jq -r .outcome "$WORK/results" | sort | uniq -c | tr -s ' ')" " 6 memory-limit"
wait_for no_scope

# Without a manager: the reason and the way out; or as far as it goes, and said.
without() { as_tester XDG_RUNTIME_DIR=/nowhere timeout 100 "$RUNTIME" sandbox --json "$RESULT" "$@" </dev/null; }
refused 'Delegate=yes' without --memory 64m -- true
equal "exit status" "$STATUS" 125
equal "outcome" "$(told .outcome)" setup-failed
without --memory 64m --cpus 1 --pids-limit 5 --cpu-time 5s --limits best-effort -- true
equal "enforcers" "$(told '[.limits[].enforced_by]')" '["none","none","rlimit","rlimit"]'
