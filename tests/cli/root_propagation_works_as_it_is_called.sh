#!/bin/bash
# Shows: prop-1, prop-2, prop-3, prop-4, prop-6
# What is mounted on one side, seen from the other; and of "shared" that a copy inside follows.
. "$(dirname "$0")/lib.sh"
mount --bind "$bundle/rootfs" "$bundle/rootfs"
mount --make-shared "$bundle/rootfs"
mkdir "$bundle/rootfs/from-host" "$bundle/rootfs/from-inside" "$bundle/rootfs/copy"
configure '.process.capabilities |= map_values(. + ["CAP_SYS_ADMIN"])'
script 'mount --bind / /copy && echo copied; mount -t tmpfs tmpfs /from-inside; touch /from-inside/file
  [ -e /copy/from-inside/file ] && echo followed
  echo up; while [ ! -e /tmp/go ]; do sleep 0.05; done
  [ -e /from-host/file ] && echo received; echo end'
look() {  # PROPAGATION
  rm -f "$bundle/rootfs/tmp/go"
  configure '.linux.rootfsPropagation = $p' --arg p "$1"
  tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out" 2> "$work/err"
  eventually grep -q up "$work/out"
  [ ! -e "$bundle/rootfs/from-inside/file" ] || echo leaked
  mount -t tmpfs tmpfs "$bundle/rootfs/from-host"
  touch "$bundle/rootfs/from-host/file" "$bundle/rootfs/tmp/go"
  eventually grep -q end "$work/out"
  umount "$bundle/rootfs/from-host"
  eventually is_status stopped c1
  tare delete c1
  grep -E 'copied|followed|received' "$work/out"
}
equal "$(look slave)" $'copied\nreceived'
equal "$(look rslave)" $'copied\nreceived'
equal "$(look private)" copied
equal "$(look rprivate)" copied
equal "$(look unbindable || true)" ''
has "$(look shared)" followed
configure 'del(.linux.rootfsPropagation)'
lacks "$(look '')" 'leaked'
umount "$bundle/rootfs"
