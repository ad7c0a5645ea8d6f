#!/bin/bash
# Shows: mounts-8, prop-1
# What engines ask for with "bidirectional": a bind that stays a peer of its source, and only that one.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/both" "$work/slave"
for name in both slave; do
  mount -t tmpfs tmpfs "$work/$name"
  mount --make-shared "$work/$name"
  mkdir "$work/$name/inside" "$work/$name/outside"
done
configure '.process.capabilities |= map_values(. + ["CAP_SYS_ADMIN"]) | .linux.rootfsPropagation = "rshared"
  | .mounts += [{destination: "/both", source: "\($w)/both", options: ["rbind", "rshared"]},
                {destination: "/slave", source: "\($w)/slave", options: ["rbind", "rslave"]}]' --arg w "$work"
script 'for d in /both /slave; do mount -t tmpfs tmpfs $d/inside && touch $d/inside/file; done
  echo up; while [ ! -e /tmp/go ]; do sleep 0.05; done; ls /both/outside /slave/outside; echo end'
tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1
eventually grep -q up "$work/out"
equal "$(ls "$work/both/inside" "$work/slave/inside")" "$work/both/inside:
file

$work/slave/inside:"
for name in both slave; do
  mount -t tmpfs tmpfs "$work/$name/outside"
  touch "$work/$name/outside/new"
done
touch "$bundle/rootfs/tmp/go"
eventually grep -q end "$work/out"
equal "$(grep -c '^new$' "$work/out")" 2
tare delete --force c1
umount "$work/both/inside" "$work"/*/outside "$work/both" "$work/slave"
