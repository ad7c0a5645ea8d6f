#!/bin/bash
# sd_notify(3): NOTIFY_SOCKET of create, start and detached run.
. "$(dirname "$0")/lib.sh"

python3 "$here/service_manager.py" "$work/manager" "$work/heard" < /dev/null &
manager=$!
eventually test -S "$work/manager"
says() { python3 "$here/service_manager.py" --from "$@"; }
export NOTIFY_SOCKET=$work/manager
script 'trap "exit 0" TERM; echo "$NOTIFY_SOCKET" > /dev/shm/socket; while :; do sleep 0.1; done'

tare create --bundle "$bundle" c1 < /dev/null > /dev/null
pid=$(pid_of)
has "$(grep ' /run/notify ' "/proc/$pid/mountinfo")" ' /run/notify ro,nosuid,nodev,noexec'
tare start c1 &
start=$!
eventually test -s "/proc/$pid/root/dev/shm/socket"
equal "$(cat "/proc/$pid/root/dev/shm/socket")" /run/notify/notify.sock
# The lock is nobody's: others see it, and may do with it what they want.
equal "$(state_of)" running
says "$pid" 'STATUS=loading' 'READY=0' 'xREADY=1' 'READY=12' 'MAINPID=1' "$(printf 'x%.0s' $(seq 6000))READY=1"
sleep 0.3
kill -0 $start || fail 'start did not wait'
[ ! -e "$work/heard" ] || fail "passed on: $(cat "$work/heard")"
says "$pid" 'STATUS=up\nREADY=1\nMAINPID=1'
wait $start
equal "$(cut -d ' ' -f 2- "$work/heard")" $'0 READY=1|MAINPID='"$pid"$'\n1 BARRIER=1'
status=0
says "$pid" 'READY=1' 2> "$work/err" || status=$?
equal "$status" 1 'nobody listens any more'
tare kill c1 && eventually is_status stopped c1
tare delete c1

# It needs neither a /run nor one that may be written.
arguments test -S /run/notify/notify.sock
for run in '.root.readonly = true' '.mounts += [{destination: "/run", type: "tmpfs", source: "tmpfs", options: ["ro"]}]'; do
  configure "$run"
  rm -rf "$bundle/rootfs/run"
  tare run --bundle "$bundle" c1
done
script 'while :; do sleep 0.1; done'

# Detached, by an ordinary user of the container, and by an abstract name.
kill $manager
python3 "$here/service_manager.py" "@$tag" "$work/abstract" < /dev/null &
eventually grep -q "@$tag" /proc/net/unix
configure '.process.user = {uid: 1000, gid: 1000} | .linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chown -R 100000:100000 "$bundle/rootfs"
NOTIFY_SOCKET=@$tag tare run --detach --bundle "$bundle" c1 < /dev/null > /dev/null &
run=$!
eventually is_status running c1
pid=$(pid_of)
says "$pid" 'READY=1'
wait $run
equal "$(cut -d ' ' -f 2- "$work/abstract")" $'0 READY=1|MAINPID='"$pid"$'\n1 BARRIER=1'
tare delete --force c1
