#!/bin/bash
# Shows: rdt-1, rdt-3, rdt-7, rdt-8, rdt-10, rdt-13, rdt-15
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

sleeper
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1
equal "$(changed)" ''  # without intelRdt nothing is touched

# Nothing asked for: a group, and no word about its schemata.
rdt '{"enableCMT": true, "enableMBM": true}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(cat "$resctrl/c1/tasks")" "$(pid_of)"
tare start c1
equal "$(cat "$resctrl/c1/tasks")" "$(pid_of)"
tare delete --force c1
equal "$(changed)" $'mkdir /c1\nwrite /c1/tasks PID\nrmdir /c1'

# In this order, in one go, before the process is in the group.
rdt '{"schemata": ["L3:1=7f", "MB:1=30"], "memBwSchema": "MB:0=20", "l3CacheSchema": "L3:0=ff"}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1
equal "$(changed)" $'mkdir /c1\nwrite /c1/schemata L3:0=ff|MB:0=20|L3:1=7f|MB:1=30\nwrite /c1/tasks PID\nrmdir /c1'

# One that is there before is somebody else's.
mkdir "$resctrl/c1"
refused 'mkdir .*/resctrl/c1: file exists .*must be named by closID' rdt_tare create --bundle "$bundle" c1
[ -d "$resctrl/c1" ] || fail 'the group of somebody else is gone'
