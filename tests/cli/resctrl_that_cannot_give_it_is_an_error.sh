#!/bin/bash
# Shows: rdt-2, rdt-4, rdt-5, rdt-6, rdt-14
. "$(dirname "$0")/lib.sh"

script true
if ! grep -q ' - resctrl ' /proc/self/mountinfo; then
  configure '.linux.intelRdt = {}'
  refused 'intelRdt is specified in config, but Intel RDT is not enabled \(no resctrl file system is mounted\)' \
    tare create --bundle "$bundle" c1
fi
. "$here/resctrl.sh"
fails() {  # PATTERN, intelRdt
  rdt "$2"
  refused "$1" rdt_tare create --bundle "$bundle" c1
  nothing_left
}
fails '/intelRdt/memBwSchema: must begin with MB:' '{"memBwSchema": "L3:0=1"}'
fails '/intelRdt/l3CacheSchema: must begin with L3:' '{"l3CacheSchema": "MB:0=1"}'
fails '/intelRdt/schemata/1: must be one line' '{"schemata": ["L3:0=1", "L3:0=1\nMB:0=10"]}'
equal "$(changed)" ''
fails "write \"L2:0=1\" to .*/c1/schemata: invalid argument \\(Unknown or unsupported resource name 'L2'\\)" \
  '{"schemata": ["L2:0=1"]}'
equal "$(changed)" $'mkdir /c1\nrmdir /c1'
fails 'write .*: invalid argument' '{"closID": "new", "l3CacheSchema": "L3:9=1"}'
equal "$(changed)" $'mkdir /new\nrmdir /new'  # made for this create alone
fails 'invalid argument' '{"closID": "/", "schemata": ["MB:0=50", "L2:0=1"]}'
has "$(cat "$resctrl/schemata")" 'MB:0= 100;1= 100'  # as it was

# No more groups to be had.
for i in 1 2 3 4 5 6; do mkdir "$resctrl/group$i"; done
fails 'mkdir .*/c1: no space left on device \(Out of CLOSIDs\)' '{}'
fails 'no space left on device' '{"closID": "group1", "enableMonitoring": true}'
[ -d "$resctrl/group1" ] || fail 'the group of somebody else is gone'
