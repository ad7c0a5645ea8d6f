#!/bin/bash
# Shows: rdt-5, rdt-6
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

sleeper
none='updating a non-existent Intel RDT configuration is not supported'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
refused "$none" rdt_tare update --l3-cache-schema L3:0=f c1
refused "$none" rdt_tare update --mem-bw-schema MB:0=20 c1
tare delete c1

rdt '{"l3CacheSchema": "L3:0=ff;1=0f0", "memBwSchema": "MB:0=30"}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
changed > /dev/null
rdt_tare update --l3-cache-schema 'L3:0=f' c1
equal "$(changed)" 'write /c1/schemata L3:0=f'
# The document does not hide them.
echo '{}' | rdt_tare update -r - --l3-cache-schema 'L3:0=3;1=1' --mem-bw-schema MB:1=50 c1
equal "$(changed)" 'write /c1/schemata L3:0=3;1=1|MB:1=50'
before=$(cat "$resctrl/c1/schemata")

# What fails is undone, also when the cgroup is what refuses.
refused 'write "L3:7=1" to .*/c1/schemata' rdt_tare update --l3-cache-schema L3:7=1 c1
refused '/pids/limit' rdt_tare update --l3-cache-schema L3:0=1 --pids-limit -7 c1
equal "$(cat "$resctrl/c1/schemata")" "$before"
for wrong in MB:0=20 $'L3:0=1\nMB:0=10' 0=1; do
  refused 'l3-cache-schema' rdt_tare update --l3-cache-schema "$wrong" c1
done
equal "$(cat "$resctrl/c1/schemata")" "$before"
tare delete --force c1
