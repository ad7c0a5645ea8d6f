#!/bin/bash
# Shows: cgdev-1
# runc cannot change them. Never a moment without a filter: what both the old and the new rules deny stays
# denied, what both allow stays allowed.
. "$(dirname "$0")/lib.sh"

configure '.process.capabilities |= map_values(. + ["CAP_MKNOD"])
  | .linux.devices = [{path: "/dev/kmsg", type: "c", major: 1, minor: 11}]'
script 'while :; do
    true > /dev/kmsg && echo >> /tmp/open
    true < /dev/null || echo >> /tmp/shut
    echo >> /tmp/rounds
  done 2>/dev/null'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
tmp=$bundle/rootfs/tmp
update() { equal "$(printf '{"devices": %s}' "$1" | tare update -r - c1 2>&1)" ''; }
rounds() { wc -l < "$tmp/rounds"; }
eventually test -s "$tmp/rounds"
for i in $(seq 15); do
  update '[{"allow": false, "access": "rwm"}, {"allow": true, "type": "c", "major": 10, "minor": 229, "access": "rwm"}]'
  update '[{"allow": false, "type": "a", "access": "rwm"}]'
done
first=$(rounds)
further() { [ "$(rounds)" -gt $((first + 5)) ]; }
eventually further
[ ! -e "$tmp/open" ] || fail 'a device was open for a moment'

# Other limits leave the rules alone.
equal "$(echo '{"unified": {"cgroup.max.depth": "5"}}' | tare update -r - c1 2>&1)" ''
equal "$(cat "$cgroup_mount/$tag/c1/cgroup.max.depth")" 5
first=$(rounds)
eventually further
[ ! -e "$tmp/open" ] || fail 'an update without device rules opened a device'

update '[{"allow": false, "access": "rwm"}, {"allow": true, "type": "c", "major": 1, "minor": 11, "access": "w"}]'
eventually test -e "$tmp/open"
update '[{"allow": true, "access": "rwm"}]'
update '[]'  # nothing given
update '[{"allow": false, "access": "rwm"}]'  # what podman and CRI send with every update
rm "$tmp/open"
eventually test -e "$tmp/open"
update '[{"allow": false, "type": "a", "access": "rwm"}]'
sleep 0.2
rm "$tmp/open"
first=$(rounds)
eventually further
[ ! -e "$tmp/open" ] || fail 'a device is open that the last rules deny'
[ ! -e "$tmp/shut" ] || fail '/dev/null was shut for a moment'
tare delete --force c1
