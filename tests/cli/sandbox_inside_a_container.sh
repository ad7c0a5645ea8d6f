#!/bin/bash
# A sandbox in a container, as far as the container lets it: where it does not, the message says what refuses and what
# to do about it, and the command is not run.
. "$(dirname "$0")/lib.sh"

# A container with the host's programs and ours, and an ordinary user of it.
for path in /usr /lib /lib64; do
  [ ! -e "$path" ] || configure '.mounts += [{destination: $path, type: "bind", source: $path, options: ["rbind", "ro"]}]' \
    --arg path "$path"
done
configure '.mounts += [{destination: "/tmp", type: "tmpfs", source: "tmpfs"},
                       {destination: "/tare", type: "bind", source: $folder, options: ["rbind", "ro"]}]' \
  --arg folder "$(dirname "$TARE")"
arguments "/tare/$(basename "$TARE")" sandbox -- /usr/bin/env sh -c 'echo "inside as $(id -u)"; cat /proc/1/comm'
configure '.process.user = {uid: 1000, gid: 1000}'
cp "$bundle/config.json" "$work/masked.json"
configure '.linux.maskedPaths = [] | .linux.readonlyPaths = []'
cp "$bundle/config.json" "$work/user.json"

as() { cp "$work/$1.json" "$bundle/config.json"; shift; [ $# = 0 ] || configure "$@"; }
works() { equal "$(tare run --bundle "$bundle" c1 < /dev/null)" "$1"; }
# refused WHAT REMEDY
refused() {
  status 125 tare run --bundle "$bundle" c1
  equal "$(cat "$work/out")" ''
  has "$(cat "$work/err")" "$1"
  has "$(cat "$work/err")" "$2"
}

as user
works "inside as 1000
tare-init"
all='["CAP_SETFCAP", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN"]'
as user '.process.user = {uid: 0, gid: 0} | .process.capabilities = {bounding: $all, effective: $all, permitted: $all}' \
  --argjson all "$all"
works "inside as 0
tare-init"

as masked
refused 'parts of our /proc are covered' '--security-opt systempaths=unconfined'
as user '.process.user = {uid: 0, gid: 0}'
refused 'without CAP_SETFCAP' '--cap-add SETFCAP'
# What filters of engines do to user namespaces.
as user '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", syscalls: [
  {names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38}, {names: ["unshare"], action: "SCMP_ACT_ERRNO"}]}'
refused 'a seccomp filter on us' '--security-opt seccomp=unconfined'
