#!/bin/bash
# podman --cgroups=disabled
. "$(dirname "$0")/lib.sh"

configure 'del(.linux.cgroupsPath)'
script 'cat /proc/self/cgroup'
equal "$(tare --cgroup-manager disabled run --bundle "$bundle" c1)" "$(cat /proc/self/cgroup)"
