#!/bin/bash
# Shows: rdt-9, rdt-11, rdt-12, rdt-13
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

create_and_delete() {
  rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
  tare delete c1
}
script true

# Without a schema it must be there.
rdt '{"closID": "gold"}'
refused 'clos dir not accessible \(must be pre-created .*/resctrl/gold: no such file or directory' \
  rdt_tare create --bundle "$bundle" c1
nothing_left
mkdir "$resctrl/gold"
changed > /dev/null
create_and_delete
equal "$(changed)" 'write /gold/tasks PID'
rmdir "$resctrl/gold"

# With one it is made, and stays.
changed > /dev/null
rdt '{"closID": "gold", "l3CacheSchema": "L3:0=ff;1=0f0", "memBwSchema": "MB:0=25"}'
create_and_delete
equal "$(changed)" $'mkdir /gold\nwrite /gold/schemata L3:0=ff;1=0f0|MB:0=25\nwrite /gold/tasks PID'

# One that is there must give the same; the kernel shows it in its own way, and 25 % as 30.
create_and_delete
rdt '{"closID": "gold", "l3CacheSchema": "L3:1=0xF0"}'
create_and_delete
rdt '{"closID": "gold", "schemata": ["L3:0=1ff"]}'  # not compared but written
create_and_delete
changed > /dev/null
for other in '"l3CacheSchema": "L3:0=ff"' '"l3CacheSchema": "L3:1=f"' '"l3CacheSchema": "L3:2=f0"' \
  '"memBwSchema": "MB:0=10"' '"memBwSchema": "MB:1=90"' '"l3CacheSchema": "L3:0=1ff", "memBwSchema": "MB:0=40"'; do
  rdt "{\"closID\": \"gold\", $other}"
  refused 'the schemata of .*/gold, which exists, do not match ' rdt_tare create --bundle "$bundle" c1
  nothing_left
done
equal "$(changed)" ''

# The root of resctrl is a group as well.
rdt '{"closID": "/"}'
create_and_delete
rdt '{"closID": "/", "memBwSchema": "MB:0=100"}'
create_and_delete
rdt '{"closID": "/", "memBwSchema": "MB:0=50"}'
refused 'do not match "MB:0=50"' rdt_tare create --bundle "$bundle" c1
equal "$(changed)" $'write /tasks PID\nwrite /schemata MB:0=100\nwrite /tasks PID'
