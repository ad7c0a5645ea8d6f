#!/bin/bash
# Shows: lc-2
# Never silently left out: the error names the controller.
. "$(dirname "$0")/lib.sh"

! grep -qw memory "$cgroup_mount/cgroup.controllers" || skip 'the memory controller is there'
configure '.linux.resources = {memory: {limit: 10000000}}'
script true
refused 'memory' tare create --bundle "$bundle" c1
nothing_left
