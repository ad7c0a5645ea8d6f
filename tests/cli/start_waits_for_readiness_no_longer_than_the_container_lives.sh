#!/bin/bash
# sd_notify(3). The end of init is seen at once, also behind a flood of other datagrams.
. "$(dirname "$0")/lib.sh"

python3 "$here/service_manager.py" "$work/manager" "$work/heard" < /dev/null &
eventually test -S "$work/manager"
export NOTIFY_SOCKET=$work/manager
arguments /bin/true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
timeout 5 "$TARE" --root "$root" start c1
tare delete c1
timeout 5 "$TARE" --root "$root" run --detach --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1

script 'sleep 1'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
pid=$(pid_of)
timeout 10 "$TARE" --root "$root" start c1 &
start=$!
eventually test -S "$root/c1/notify/notify.sock"
python3 - "$root/c1/notify/notify.sock" << 'END' &
import socket, sys
client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
client.connect(sys.argv[1])
try:
    while True:
        client.send(b"STATUS=flood")
except OSError:
    pass
END
wait $start
[ ! -d "/proc/$pid" ] || grep -q '^State:.*Z' "/proc/$pid/status" || fail 'start ended before the container'
[ ! -e "$work/heard" ] || fail "passed on: $(cat "$work/heard")"
tare delete c1

# A manager that cannot be reached is said before the program runs.
script 'echo ran'
tare create --bundle "$bundle" c1 < /dev/null > "$work/ran"
for manager in "$work/nobody" relative "@$tag.nobody" "/$(printf 'x%.0s' $(seq 200))"; do
  NOTIFY_SOCKET=$manager refused 'NOTIFY_SOCKET' tare start c1
done
equal "$(state_of)" created
equal "$(cat "$work/ran")" ''
# None at start: nobody to tell. None at create: nothing in the container.
NOTIFY_SOCKET='' tare start c1
eventually is_status stopped c1
tare delete c1
equal "$(unset NOTIFY_SOCKET; inside 'echo "$NOTIFY_SOCKET"; grep /run/notify /proc/self/mountinfo')" ''
