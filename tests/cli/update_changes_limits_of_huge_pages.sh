#!/bin/bash
# Shows: huge-1
# runc cannot change them. With unified, and in every state but stopped.
. "$(dirname "$0")/lib.sh"
grep -qw hugetlb "$cgroup_mount/cgroup.controllers" || skip 'no hugetlb controller on the cgroup2 hierarchy'
[ -d /sys/kernel/mm/hugepages/hugepages-2048kB ] || skip 'no huge pages of 2 MB'

limit() { cat "$cgroup_mount/$tag/c1/hugetlb.2MB.$1"; }
update() { equal "$(printf '%s' "$1" | tare update --resources=- c1 2>&1)" ''; }
pages() { echo "{\"hugepageLimits\": [{\"pageSize\": \"2MB\", \"limit\": $1}]}"; }

configure '.linux.resources = {hugepageLimits: [{pageSize: "2MB", limit: 4194304}]}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
update "$(pages 8388608)"
equal "$(limit max) $(limit rsvd.max)" '8388608 8388608' created
tare start c1
update "$(pages 2097152)"
equal "$(limit max) $(limit rsvd.max)" '2097152 2097152' running
tare pause c1
update '{"unified": {"hugetlb.2MB.max": "max"}}'
equal "$(limit max) $(limit rsvd.max)" 'max 2097152' paused
is_status paused c1
update '{}'
equal "$(limit max) $(limit rsvd.max)" 'max 2097152' 'nothing given'
tare kill c1 KILL
eventually is_status stopped c1
refused 'container not running' tare update --pids-limit 9 c1
tare delete c1
