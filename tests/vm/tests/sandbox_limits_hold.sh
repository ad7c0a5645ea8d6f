# Each limit of a sandbox is real, the result says so, and nothing is left of it.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sandbox.sh"
sandbox() { timeout 100 "$RUNTIME" sandbox "$@" </dev/null; }
limits_hold cgroup

# Killed, it leaves a cgroup; the next one removes that.
"$RUNTIME" sandbox --memory 64m -- sleep 1000 </dev/null &
wait_for pgrep -fx 'sleep 1000' >/dev/null
kill -KILL $!
wait $! || true
ends exited 0 --memory 64m -- true
wait_for nothing_left

# A batch, each with limits of its own.
for _ in 1 2 3 4 5; do
  echo '{"args": ["sh", "-c", "dd if=/dev/zero of=/dev/null bs=200M count=1"], "memory": "32m"}'
  echo '{"args": ["true"], "memory": "64m"}'
done | timeout 100 "$RUNTIME" sandbox --batch --jobs 4 >"$WORK/results"
equal "outcomes" "$(jq -r .outcome "$WORK/results" | paste -sd' ')" \
  "$(for _ in 1 2 3 4 5; do echo memory-limit exited; done | paste -sd' ')"
wait_for nothing_left
