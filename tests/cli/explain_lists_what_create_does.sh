#!/bin/bash
# Engines' own configurations: what explain says will be mounted, masked, set and run is what the
# container made by create has.
. "$(dirname "$0")/lib.sh"

for name in docker-default docker-limits ctr-default; do
  python3 "$source_root/tests/engines/adjust.py" "$source_root/tests/bundles/engines/$name.json" "$work" "$tag" > /dev/null
  configure '.process.terminal = false | .process.args = ["/bin/sh"]'
  plan=$(tare create --explain --format json --bundle "$bundle" c1)
  nothing_left
  steps() { jq -r ".init[] | select(.operation == \"$1\") | $2" <<< "$plan"; }
  deed() { jq -r ".tare[] | select(.operation == \"$1\") | $2" <<< "$plan"; }
  equal "$(jq -r '.init[-1].operation' <<< "$plan")" Execute "$name"

  tare create --bundle "$bundle" c1 < /dev/null > /dev/null
  pid=$(pid_of c1)
  # Every mount is planned, and every planned mount is there.
  mounted=$(awk '$5 != "/" { print $5 }' "/proc/$pid/mountinfo")
  covers=$(steps Mask .arguments.path; steps ReadonlyPath .arguments.path)
  [ -n "$(steps Attach .arguments.path)" ] || fail "$name: nothing is mounted"
  equal "$(grep -Fvx -- "$covers" <<< "$mounted" | sort)" "$(steps Attach .arguments.path | sort)" "$name"
  for path in $covers; do
    [ ! -e "/proc/$pid/root$path" ] || grep -Fxq -- "$path" <<< "$mounted" || fail "$name: $path is not covered"
  done
  for path in $(steps Device .arguments.path); do
    [ -c "/proc/$pid/root$path" ] || fail "$name: no $path"
    equal "$(stat -c %Hr:%Lr "/proc/$pid/root$path")" \
      "$(jq -r --arg p "$path" '.init[] | select(.operation == "Device" and .arguments.path == $p).arguments.number' <<< "$plan")"
  done
  # The process.
  equal "$(steps Identity '[.arguments.uid, .arguments.gid] | join(" ")')" \
    "$(awk '/^Uid/ { u = $2 } /^Gid/ { g = $2 } END { print u, g }' "/proc/$pid/status")"
  bounding=$(python3 -c "print(bin(int('$(awk '/^CapBnd/ { print $2 }' "/proc/$pid/status")', 16)).count('1'))")
  equal "$(steps BoundingSet '.arguments.keep | length')" "$bounding"
  score=$(deed OomScore .arguments.value)
  equal "${score:-$(cat /proc/self/oom_score_adj)}" "$(cat "/proc/$pid/oom_score_adj")"
  # Its cgroup, and every namespace that the flags name.
  equal "make $cgroup_mount$(sed -n 's/^0:://p' "/proc/$pid/cgroup")" "$(deed Cgroup .what)"
  for pair in CLONE_NEWNS:mnt CLONE_NEWPID:pid CLONE_NEWNET:net CLONE_NEWIPC:ipc CLONE_NEWUTS:uts CLONE_NEWUSER:user; do
    new=false
    [ "$(readlink "/proc/$pid/ns/${pair#*:}")" = "$(readlink "/proc/self/ns/${pair#*:}")" ] || new=true
    equal "$(deed Clone "any(.arguments.flags[]; . == \"${pair%:*}\")")" $new "$name ${pair%:*}"
  done
  tare delete --force c1
done
