#!/bin/bash
. "$(dirname "$0")/lib.sh"

out=$(tare check)
has "$(tail -n 1 <<< "$out")" '^this host: nothing would fail \(0 errors'
has "$out" "release +$(uname -r)"
has "$out" 'openat2 +yes'
json=$(tare check --json)
fact() { jq -r "$1" <<< "$json"; }
equal "$(fact .host.kernel.release)" "$(uname -r)"
equal "$(fact .host.cgroup.mount)" "$cgroup_mount"
equal "$(fact '.host.cgroup.controllers | join(" ")')" "$(cat "$cgroup_mount/cgroup.controllers")"
equal "$(fact '.host.user.uid')" 0
equal "$(fact '.host.tuning.stateRoot')" "$root"
equal "$(fact '.host.tuning.stateFilesystem')" tmpfs
equal "$(fact '[.host.namespaces.types[]] | all')" true
equal "$(fact '[.host | keys[]] | join(" ")')" 'cgroup hardware kernel namespaces security tuning user'
lacks "$out" 'state root.* are on'

# What is slow, and why: state on a disk.
directory=$(mktemp -d "$source_root/build/check.XXXXXX")
has "$("$TARE" --root "$directory/state" check)" "^slow: .*$directory/state, are on "
rmdir "$directory"

# Nobody's state root is an error of the host's.
mkdir -m 777 "$work/open"
got=0
out=$("$TARE" --root "$work/open" check) || got=$?
equal $got 1
has "$out" '^error: state root .* can be written by group or others'

# A user without ids of his own, and without a place for state.
ordinary_user
umount /etc/subuid
out=$(user_tare check)
has "$out" '^warning: no ids are granted to tester in /etc/subuid'
has "$out" '    -> as root: usermod --add-subuids 100000-165535 tester'
mount --bind "$work/etc/subuid" /etc/subuid
mounts_before=$(cat /proc/self/mountinfo)
got=0
out=$(setpriv --reuid $user_id --regid $user_id --clear-groups env -i PATH="$PATH" "$TARE" check) || got=$?
equal $got 1
has "$out" '^error: there is no place for the state'
has "$out" 'XDG_RUNTIME_DIR'
# A limit on user namespaces ends it all, and is named.
out=$(unshare --user --map-root-user sh -c "echo 0 > /proc/sys/user/max_user_namespaces
  '$TARE' --root $work/inner check --json || true" | jq -c '[.host.namespaces.maxUserNamespaces, .host.namespaces.types.user]')
equal "$out" '[0,false]'
