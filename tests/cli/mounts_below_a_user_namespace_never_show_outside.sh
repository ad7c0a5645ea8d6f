#!/bin/bash
# A user namespace receives what the host mounts, but its own mounts are none of the host's, whatever propagation
# the configuration asks for (mount_namespaces(7)).
. "$(dirname "$0")/lib.sh"

chown -R 100000:100000 "$bundle/rootfs"
mkdir "$work/shared"
mount -t tmpfs -o uid=100000 tmpfs "$work/shared"
mount --make-shared "$work/shared"
mkdir "$work/shared/inside" "$work/shared/outside"
mounts_before=$(cat /proc/self/mountinfo)
configure '.linux.namespaces += [{type: "user"}] | .process.capabilities |= map_values(["CAP_SYS_ADMIN"])
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings
  | .mounts += [{destination: "/shared", type: "bind", source: $s}]' --arg s "$work/shared"
script 'mount -t tmpfs tmpfs /shared/inside && touch /shared/inside/file
  echo up; while [ ! -e /tmp/go ]; do sleep 0.05; done; ls /shared/outside; echo end'
for words in 'rslave rbind' 'rslave rbind,rslave' 'rshared rbind,rshared' 'rprivate rbind,rshared'; do
  rm -f "$bundle/rootfs/tmp/go"
  configure '.linux.rootfsPropagation = $p | .mounts[-1].options = ($o | split(","))' \
    --arg p "${words% *}" --arg o "${words#* }"
  tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1
  eventually grep -q up "$work/out"
  [ -e "/proc/$(pid_of)/root/shared/inside/file" ] || fail "not mounted inside with $words"
  equal "$(ls "$work/shared/inside")" '' "$words"
  mount -t tmpfs tmpfs "$work/shared/outside"
  touch "$work/shared/outside/new"
  touch "$bundle/rootfs/tmp/go"
  eventually grep -q end "$work/out"
  grep -qx new "$work/out" || fail "the host's does not show inside with $words"
  umount "$work/shared/outside"
  tare delete --force c1
done
