#!/bin/bash
# Shows: cgp-6
. "$(dirname "$0")/lib.sh"

arguments true
tare run --bundle "$bundle" c1  # the rest of the configuration works
for path in '/../../escape' "/$tag/../../../escape" $'/a\nb'; do
  configure '.linux.cgroupsPath = $p' --arg p "$path"
  if tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err"; then
    [ ! -e "$(dirname "$cgroup_mount")/escape" ] || fail "$path led outside"
    tare delete --force c1
  else
    [ -s "$work/err" ] || fail 'nothing was said'
  fi
done
[ ! -d "$cgroup_mount/escape" ] || rmdir "$cgroup_mount/escape"
