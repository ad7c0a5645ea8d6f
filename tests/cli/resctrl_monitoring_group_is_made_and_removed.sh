#!/bin/bash
# Shows: rdt-14
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

script true
rdt '{"enableMonitoring": true}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(cat "$resctrl/c1/mon_groups/c1/tasks")" "$(pid_of)"
tare delete c1
equal "$(changed)" $'mkdir /c1\nmkdir /c1/mon_groups/c1\nwrite /c1/tasks PID\nwrite /c1/mon_groups/c1/tasks PID
rmdir /c1/mon_groups/c1\nrmdir /c1'

# The shared group stays, what counted in it goes.
rdt '{"closID": "/", "enableMonitoring": true}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1
equal "$(changed)" $'mkdir /mon_groups/c1\nwrite /tasks PID\nwrite /mon_groups/c1/tasks PID\nrmdir /mon_groups/c1'

mkdir "$resctrl/mon_groups/c1"
refused 'mkdir .*/mon_groups/c1: file exists' rdt_tare create --bundle "$bundle" c1
nothing_left
[ -d "$resctrl/mon_groups/c1" ] || fail 'the group of somebody else is gone'
