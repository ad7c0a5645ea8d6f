#!/bin/bash
# What kubelet calls bidirectional propagation: a bind with rshared below a shared root file system.
# Shows: mounts-8, prop-1
. "$(dirname "$0")/lib.sh"

mkdir "$work/shared"
mount -t tmpfs tmpfs "$work/shared"
mount --make-shared "$work/shared"
mkdir "$work/shared/inside"
mounts_before=$(cat /proc/self/mountinfo)
arrange() {  # PROPAGATION of the root file system, OPTIONS of the bind
  plain_config > "$bundle/config.json"
  configure '.linux.rootfsPropagation = $p | .process.capabilities |= map_values(. + ["CAP_SYS_ADMIN"])
    | .mounts += [{destination: "/shared", type: "bind", source: $s, options: ($o | split(","))}]' \
    --arg p "$1" --arg s "$work/shared" --arg o "$2"
  script 'mount -t tmpfs tmpfs /shared/inside && touch /shared/inside/seen; sleep 1000'
  tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
  eventually test -e "/proc/$(pid_of)/root/shared/inside/seen"
}
for words in 'rslave rbind,rshared' 'rshared rbind,rslave' 'rprivate rbind' 'rshared rbind,rprivate'; do
  arrange $words
  [ ! -e "$work/shared/inside/seen" ] || fail "shown on the host with $words"
  tare delete --force c1
done
arrange rshared rbind,rshared
[ -e "$work/shared/inside/seen" ] || fail 'not shown on the host'
tare delete --force c1
umount "$work/shared/inside"
