#!/bin/bash
# Everything ends with the command, with tare and with tare's caller, and nothing else does.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

# Runs in the sandbox: tells outside that it is there, by a file that its host shows.
share=$(mktemp -d /var/tmp/tare-cli.XXXXXX)
chmod 777 "$share"
trap 'rm -rf "$share"; at_end' EXIT
forever="echo up > $share/up; exec sleep 4321"
share_is_up() { [ -s "$share/up" ]; }
no_sleeper() { ! pgrep -fx 'sleep 4321' > /dev/null; }
begin() {
  rm -f "$share/up"
  "$@" < /dev/null &
  started=$!
  eventually share_is_up
}

# --- the command ends: what it leaves behind ends with it
ends 0 exited --rw "$share" -- sh -c 'setsid sleep 4321 & sleep 4321 &'
no_sleeper || fail 'something outlived its sandbox'

# --- tare is killed
for flags in '' '--cpu-time 100s'; do
  begin "$TARE" sandbox $flags --rw "$share" -- sh -c "setsid sleep 4321 & $forever"
  kill -KILL $started
  wait $started || true
  eventually no_sleeper
done
# It could not remove its cgroup, so the next one does.
equal "$(sandbox_cgroups | wc -l)" 1
ends 0 exited --cpu-time 1s -- true
equal "$(sandbox_cgroups)" ''
# But none that is in use.
begin "$TARE" sandbox --cpu-time 100s --rw "$share" -- sh -c "$forever"
ends 0 exited --cpu-time 1s -- true
equal "$(sandbox_cgroups | wc -l)" 1
kill -TERM $started
wait $started || equal $? 143
equal "$(sandbox_cgroups)" ''

# --- tare is killed before the sandbox is complete: by strace, at every call from the birth on
if command -v strace > /dev/null; then
  for call in clone3:1 sendmsg:1 recvmsg:1 recvmsg:2 poll:1; do
    timeout 20 strace -o /dev/null -e "inject=${call%:*}:signal=KILL:when=${call#*:}" \
      "$TARE" sandbox --cpu-time 100s -- sleep 4321 < /dev/null 2> /dev/null && fail "survived at $call"
    eventually no_sleeper
  done
  ends 0 exited --cpu-time 1s -- true
  equal "$(sandbox_cgroups)" ''
fi

# --- the caller ends, however; the sandbox is told to outlive him, or not
cat > "$work/caller.py" <<'END'
# caller.py WHO TARE ARGUMENTS...: who of the caller's threads starts tare. Ends when it reads a line.
import subprocess, sys, threading
def start():
    subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, process_group=0)
if sys.argv[1] == 'thread':
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
else:
    start()
sys.stdin.readline()
END
called() {
  rm -f "$share/up"
  mkfifo "$work/line.$1"
  python3 "$work/caller.py" "$@" < "$work/line.$1" &
  started=$!
  exec 5> "$work/line.$1"
  eventually share_is_up
}
called thread "$TARE" sandbox --rw "$share" -- sh -c "$forever"
sleep 0.3
! no_sleeper || fail 'the end of the thread that had started it ended the sandbox'
kill -KILL $started
wait $started || true
exec 5>&-
eventually no_sleeper
rm "$work/line.thread"

called main "$TARE" sandbox --rw "$share" -- sh -c "$forever"
echo end >&5
wait $started
exec 5>&-
eventually no_sleeper
rm "$work/line.main"

called main "$TARE" sandbox --no-die-with-parent --rw "$share" -- sh -c "$forever"
echo end >&5
wait $started
exec 5>&-
sleep 0.3
! no_sleeper || fail 'it did not outlive its caller'
pkill -KILL -fx 'sleep 4321'
eventually no_sleeper

# --- no zombie, and no child of ours that we do not know
begin "$TARE" sandbox --rw "$share" -- sh -c "$forever"
equal "$(pgrep -P $started | wc -l)" 1
kill -KILL "$(pgrep -P $started)"
wait $started || equal $? 137

# --- an ordinary user's
sandbox_user
for flags in '' --map-root; do
  begin as_user "$TARE" sandbox $flags --rw "$share" -- sh -c "setsid sleep 4321 & $forever"
  kill -KILL $started
  wait $started || true
  eventually no_sleeper
done
