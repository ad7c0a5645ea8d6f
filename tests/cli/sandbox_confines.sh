#!/bin/bash
# What a command in a sandbox cannot do, as root and as an ordinary user.
export TMPDIR=/var/tmp
. "$(dirname "$0")/lib.sh"
ordinary_user
cd /

for who in root user; do
  run() { timeout 20 "$TARE" sandbox "$@"; }
  [ $who = root ] || run() { as_user timeout 20 "$TARE" sandbox "$@"; }
  field() { run "${@:2}" -- sed -n "s/^$1:[[:space:]]*//p" /proc/self/status; }
  id=0
  [ $who = root ] || id=$user_id

  # No capabilities, none to be had, a filter.
  for set in CapInh CapPrm CapEff CapBnd CapAmb; do equal "$(field $set)" 0000000000000000 "$who $set"; done
  equal "$(field NoNewPrivs)" 1
  equal "$(field Seccomp)" 2
  equal "$(field CapEff --cap-add NET_BIND_SERVICE)" 0000000000000400
  equal "$(field CapAmb --map-root --cap-add CAP_CHOWN)" 0000000000000001

  # The caller's own id, or another one; nobody else's.
  equal "$(run -- id -u)" $id
  equal "$(run --uid 1234 --gid 2345 -- sh -c 'id -u; id -g; cat /proc/self/uid_map' | xargs)" "1234 2345 1234 $id 1"
  equal "$(run --map-root -- sh -c 'id -u; whoami' | xargs)" '0 root'
  equal "$(run --hostname box -- hostname)" box

  # Neither further namespaces nor mounts, with every filter and without.
  for filter in default strict none; do
    for kind in --user --mount --net --pid; do
      run --seccomp $filter --map-root -- sh -c "! unshare $kind true 2> /dev/null" ||
        fail "unshare $kind works with the filter $filter"
    done
    run --seccomp $filter --map-root -- sh -c '! mount -t tmpfs x /tmp 2> /dev/null && ! umount /tmp 2> /dev/null &&
      ! mount -o remount,rw /usr 2> /dev/null' || fail "mounts can be changed with the filter $filter"
  done
  equal "$(run --seccomp none -- cat /proc/sys/user/max_user_namespaces)" 0
  # A sandbox that may mount cannot undo what shows the host read-only.
  may_mount="mount -t tmpfs x /tmp && ! mount -o remount,bind,rw /usr 2> /dev/null"
  if [ $who = root ]; then
    run --seccomp none --map-root --cap-add SYS_ADMIN -- sh -c "$may_mount" || fail 'CAP_SYS_ADMIN makes /usr writable'
  else
    status 125 run --seccomp none --map-root --cap-add SYS_ADMIN -- sh -c "$may_mount"
    has "$(cat "$work/err")" 'CAP_SYS_ADMIN could make the read-only places .* writable \(only root can let a command have it\)'
  fi

  # Filters: sockets with default, not with strict; a profile of one's own; what is wrong with one is said.
  socket='import socket; socket.socket()'
  run -- python3 -c "$socket"
  run --seccomp strict -- python3 -c "$socket" 2> /dev/null && fail 'strict has sockets'
  run -- python3 -c 'import socket; socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)' 2> /dev/null && fail 'vsock is there'
  echo '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}' > "$work/profile.json"
  has "$(run --seccomp "$work/profile.json" -- mkdir /tmp/x 2>&1 || true)" 'Function not implemented'
  echo '{"defaultAction": "SCMP_ACT_ALOW"}' > "$work/profile.json"
  status 125 run --seccomp "$work/profile.json" -- true
  has "$(cat "$work/err")" 'profile.json.*defaultAction'
  status 125 run --seccomp loose -- true
  has "$(cat "$work/err")" '^(sandbox: )?--seccomp: invalid value "loose"'

  # The host's processes, keys and sockets are out of reach.
  run -- sh -c "! kill -0 $$ 2> /dev/null" || fail 'a process of the host can be signalled'
  equal "$(run -- sh -c 'wc -c < /proc/keys')" 0
  python3 - "$who" <<'END' &
import socket, sys, time
s = socket.socket(socket.AF_UNIX); s.bind("\0tare-test-" + sys.argv[1]); s.listen(); time.sleep(20)
END
  listener=$!
  eventually grep -q "@tare-test-$who" /proc/net/unix
  connect="import socket; socket.socket(socket.AF_UNIX).connect('\\0tare-test-$who')"
  run -- python3 -c "$connect" 2> /dev/null && fail 'an abstract socket of the host is reached'
  run --network host -- python3 -c "$connect" || fail 'the host network is not the host network'
  kill $listener
done
