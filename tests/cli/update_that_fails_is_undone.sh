#!/bin/bash
. "$(dirname "$0")/lib.sh"
grep -qw hugetlb "$cgroup_mount/cgroup.controllers" || skip 'no hugetlb controller on the cgroup2 hierarchy'
[ -d /sys/kernel/mm/hugepages/hugepages-2048kB ] || skip 'no huge pages of 2 MB'

configure '.linux.resources = {hugepageLimits: [{pageSize: "2MB", limit: 4194304}]}'
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
cgroup=$cgroup_mount/$tag/c1
in_force() { cat "$cgroup"/hugetlb.2MB.max "$cgroup"/hugetlb.2MB.rsvd.max "$cgroup"/cgroup.max.d*; }
before=$(in_force)
refuse() { printf '%s' "$2" > "$work/update.json"; refused "$1" tare update -r "$work/update.json" c1; equal "$(in_force)" "$before" "$1"; }

# The last write fails: one that the kernel refuses, a file that is not there, a device program too large.
refuse 'write "nonsense" to .*/cgroup.max.depth: invalid argument' \
  '{"hugepageLimits": [{"pageSize": "2MB", "limit": 0}], "unified": {"cgroup.max.depth": "nonsense"}}'
refuse 'hugetlb.3MB.max.*no such file' \
  '{"hugepageLimits": [{"pageSize": "2MB", "limit": 0}, {"pageSize": "3MB", "limit": 0}]}'
refuse 'hugetlb.2MB.wrong.*no such file' \
  '{"unified": {"cgroup.max.depth": "5", "cgroup.max.descendants": "7", "hugetlb.2MB.max": "0", "hugetlb.2MB.wrong": "0"}}'

# Refused before anything is written: a debug log names every write.
written() { grep 'cgroup: ' "$work/log" || true; }
for document in '{"hugepageLimits": [{"pageSize": "2MB", "limit": 0}], "rdma": {"none0": {}}}' \
  '{"unified": {"hugetlb.2MB.max": "0", "../x": "1"}}' '{"unified": {"hugetlb.2MB.max": "0"}, "cpu": {"idle": 2}}' \
  '{"unified": {"hugetlb.2MB.max": "0"}, "devices": [{"allow": true, "type": "x"}]}'; do
  : > "$work/log"
  printf '%s' "$document" > "$work/update.json"
  refused . tare --debug --log "$work/log" update -r "$work/update.json" c1
  equal "$(written)" '' "$document"
  equal "$(in_force)" "$before" "$document"
done
tare delete --force c1
