#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
for how in 'kill c1 KILL' 'kill --all c1 KILL' 'delete --force c1'; do
  tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
  tare pause c1
  # shellcheck disable=SC2086
  timeout 10 "$TARE" --root "$root" $how
  case $how in kill*) eventually is_status stopped c1; tare delete c1 ;; esac
  nothing_left
done

# A cgroup that was there before is left as it was found: not frozen.
mkdir -p "$cgroup_mount/$tag/c1"
for round in 1 2; do
  tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null || fail "round $round"
  tare pause c1
  tare delete --force c1
  equal "$(cat "$cgroup_mount/$tag/c1/cgroup.freeze")" 0
done
rmdir "$cgroup_mount/$tag/c1" "$cgroup_mount/$tag"
