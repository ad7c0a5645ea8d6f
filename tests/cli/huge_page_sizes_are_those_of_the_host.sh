#!/bin/bash
# Shows: huge-1, huge-2, cg-3
. "$(dirname "$0")/lib.sh"
grep -qw hugetlb "$cgroup_mount/cgroup.controllers" || skip 'no hugetlb controller on the cgroup2 hierarchy'
size=$(cd "$cgroup_mount" && ls -d /sys/kernel/mm/hugepages/hugepages-2048kB > /dev/null 2>&1 && echo 2MB)
[ -n "$size" ] || skip 'no huge pages of 2 MB'
configure '.linux.resources = {hugepageLimits: [{pageSize: "2MB", limit: 4194304}]}'
script true
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
equal "$(cat "$cgroup_mount/$tag/c1/hugetlb.2MB.rsvd.max")" 4194304
tare delete c1
for bad in 3MB 2mB 2097152 2048KB 64kB ''; do
  configure '.linux.resources.hugepageLimits[0].pageSize = $s' --arg s "$bad"
  refused "hugepageLimits" tare create --bundle "$bundle" c1
  nothing_left
done
