#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure 'del(.linux.cgroupsPath)'
sleeper
tare --cgroup-manager disabled run -d --bundle "$bundle" c1 < /dev/null > /dev/null
refused 'container has no cgroup' tare pause c1
refused 'container not paused' tare resume c1
tare delete --force c1
