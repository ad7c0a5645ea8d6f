#!/bin/bash
# A second daemon, whose containers are root of a user namespace with a range of ids.
. "$(dirname "$0")/../lib.sh"
daemon() { docker -H "unix://$WORK/socket" "$@"; }
mount -t tmpfs remapped "$WORK"
mkdir "$WORK/root" "$WORK/exec"
chmod 711 "$WORK"
DOCKER_BUILDKIT_RUNC_COMMAND=$RUNTIME setpriv --pdeathsig TERM unshare --net dockerd --userns-remap tester --data-root "$WORK/root" --exec-root "$WORK/exec" --pidfile "$WORK/pid" \
  -H "unix://$WORK/socket" --bridge none --iptables=false --ip6tables=false >"$WORK/log" 2>&1 &
dockerd=$!
finally 'daemon ps -aq | xargs -r docker -H "unix://$WORK/socket" rm -f; kill $dockerd; wait $dockerd; umount -l "$WORK"'
wait_for daemon version >/dev/null
daemon import /srv/busybox.tar "$IMAGE" >/dev/null
contains 'map' "$(daemon run --rm "$IMAGE" cat /proc/self/uid_map)" '^ *0 +100000 +65536'
says 'root 0' daemon run --rm "$IMAGE" sh -c 'echo $(stat -c "%U %u" /bin/busybox)'
daemon run -d --name c1 "$IMAGE" sleep 1000 >/dev/null
says 0 daemon exec c1 id -u
equal 'user seen from outside' "$(stat -c %u "/proc/$(daemon inspect -f '{{.State.Pid}}' c1)")" 100000
ends 1 daemon exec c1 sh -c 'echo 1 >/proc/sys/kernel/panic'
printf 'FROM %s\nRUN grep -q 100000 /proc/self/uid_map\n' "$IMAGE" >"$WORK/Dockerfile"
ends 0 daemon build --network none -f "$WORK/Dockerfile" "$WORK/exec"
