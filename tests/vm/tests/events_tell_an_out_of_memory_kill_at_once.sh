# The kernel notifies of it: the interval has nothing to do with it. The container, whose init lives
# on, goes on to be watched.
. "$(dirname "$0")/../lib.sh"
bundle 'hungry() { dd if=/dev/zero of=/dev/null bs=64M count=1; }
  read -r line; hungry; read -r line; hungry; read -r line' \
  '.linux.resources.memory = {limit: 16777216, swap: 16777216}'
mkfifo "$WORK/input"
runtime create --bundle "$BUNDLE" c <>"$WORK/input" >"$WORK/output" 2>&1
exec 3<>"$WORK/input"
runtime start c
runtime events --interval 1h c >"$WORK/events" 2>&1 &
watcher=$!
sleep 2
equal "before" "$(cat "$WORK/events")" ''
echo >&3
wait_for grep -q oom "$WORK/events"
equal "the event" "$(head -n 1 "$WORK/events")" '{"type":"oom","id":"c"}'
at_least oom_kill "$(counter memory.events oom_kill)" 1
is_runc || equal "in the statistics" "$(runtime events --stats c | jq .data.memory.events.oom_kill)" \
  "$(counter memory.events oom_kill)"
before=$(wc -l <"$WORK/events")
sleep 1
is_runc || equal "told once" "$(wc -l <"$WORK/events")" "$before"
echo >&3
wait_for eval '[ "$(wc -l <"$WORK/events")" -gt '"$before"' ]'
wait_for status_is c running
echo >&3
wait_for status_is c stopped
wait "$watcher"

# One that is killed itself: told before the end of the stream.
bundle 'read -r line; exec dd if=/dev/zero of=/dev/null bs=64M count=1' \
  '.linux.resources.memory = {limit: 16777216, swap: 16777216}'
runtime delete c
runtime create --bundle "$BUNDLE" c <&3 >"$WORK/output" 2>&1
runtime start c
runtime events --interval 1h c >"$WORK/events" 2>&1 &
watcher=$!
sleep 2
echo >&3
wait "$watcher"
equal "the event" "$(tail -n 1 "$WORK/events")" '{"type":"oom","id":"c"}'
