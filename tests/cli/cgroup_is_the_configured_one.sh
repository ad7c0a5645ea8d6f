#!/bin/bash
# Shows: cgp-2, cgp-4, cgp-7
. "$(dirname "$0")/lib.sh"

configure '.linux.cgroupsPath = "/\($t)/deep/c1"' --arg t "$tag"
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
has "$(cat "/proc/$(pid_of)/cgroup")" "^0::.*/$tag/deep/c1$"
tare delete c1
# The same relative path, from wherever it is asked for, is the same place.
configure '.linux.cgroupsPath = "\($t)/relative"' --arg t "$tag"
for directory in / "$work" "$work"; do
  cd "$directory"
  tare create --bundle "$bundle" c1 < /dev/null > /dev/null
  sed -n 's/^0:://p' "/proc/$(pid_of)/cgroup" >> "$work/places"
  tare delete c1
done
equal "$(sort -u "$work/places" | grep -c "/$tag/relative$")" 1 "$(cat "$work/places")"
[ ! -d "$cgroup_mount/$tag" ] || fail 'parents made for it are left'
