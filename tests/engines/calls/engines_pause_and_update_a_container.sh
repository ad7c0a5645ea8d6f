#!/bin/bash
# The calls of containerd's shim, Podman and CRI-O that pause, resume and update, each in its spelling and
# with its environment. All print nothing; what fails is the last entry of the shim's log.
. "$(dirname "$0")/engine.sh"

default_root
sleeper
"$TARE" run -d --bundle "$bundle" c1 < /dev/null > /dev/null
cgroup=$cgroup_mount/$tag/c1
# What engines send: everything they know of, with zeros for what is not set.
limits='{"cpu":{"shares":0,"quota":0,"period":0,"cpus":"","mems":""},"blockIO":{"weight":0},
  "memory":{"limit":0,"reservation":0,"swap":0,"kernel":0},"pids":null,"unified":{"cgroup.max.depth":"DEPTH"}}'
document() { printf '%s' "${limits/DEPTH/$1}" | tr -d '\n'; }
depth() { equal "$(cat "$cgroup/cgroup.max.depth")" "$1" "$2"; }

# containerd: the document on standard input, two spellings; one combined pipe.
cd "$bundle" || exit
shim() {
  setpriv --pdeathsig KILL env -i PATH="/var/lib/containerd/opt/bin:$PATH" NAMESPACE=default \
    LD_LIBRARY_PATH=/var/lib/containerd/opt/lib: "$TARE" --root "$root" --log "$bundle/log.json" --log-format json "$@"
}
equal "$(document 11 | shim update --resources=- c1 2>&1)" ''
depth 11 containerd
equal "$(document 12 | shim update --resources - c1 2>&1)" ''
depth 12 'containerd 1.7'
quiet shim pause c1
is_status paused c1
equal "$(document 13 | shim update --resources=- c1 2>&1)" ''
depth 13 'paused'
quiet shim resume c1
is_status running c1
[ ! -s "$bundle/log.json" ] || fail "the log has entries: $(cat "$bundle/log.json")"
! document nonsense | shim update --resources=- c1 > /dev/null 2>&1 || fail 'nonsense was accepted'
tail -n 1 "$bundle/log.json" | jq -e '.level == "error" and (.msg | test("cgroup.max.depth: invalid argument"))' > "$work/out" ||
  fail "the log: $(cat "$bundle/log.json")"
depth 13 'after a failure'

# Podman: a file; no PATH for pause and resume.
document 14 > "$work/podman123"
quiet env -i XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" update "--resources=$work/podman123" c1
depth 14 Podman
quiet env -i XDG_RUNTIME_DIR= "$TARE" pause c1
is_status paused c1
quiet env -i XDG_RUNTIME_DIR= "$TARE" resume c1
is_status running c1

# CRI-O: the root as a word of its own.
cri_o() { env -i CRI_O_EXTERNAL=1 XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" --root "$root" "$@"; }
equal "$(document 15 | cri_o update --resources - c1 2>&1)" ''
depth 15 CRI-O
quiet cri_o pause c1
quiet cri_o resume c1

# A container that has ended: the words they look for.
"$TARE" kill c1 KILL
eventually is_status stopped c1
for command in 'pause c1:container not running' 'resume c1:container not paused' 'update --pids-limit 9 c1:container not running'; do
  # shellcheck disable=SC2086
  refused "${command#*:}" cri_o ${command%:*}
done
"$TARE" delete c1
cd /
umount /run
mounts_before=$(cat /proc/self/mountinfo)
