#!/bin/bash
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

script 'sleep 1000'
rdt '{"l3CacheSchema": "L3:0=f;1=ff", "memBwSchema": "MB:0=20;1=50"}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
statistics=$(rdt_tare events --stats c1 2>&1)
equal "$(jq -c '.data.intel_rdt | del(.schemata)' <<< "$statistics")" '{"l3_cache_info":{"cbm_mask":"fffff","min_cbm_bits":2,"num_closids":16},"l3_cache_schema_root":"L3:0=fffff;1=fffff","l3_cache_schema":"L3:0=0000f;1=000ff","mem_bw_info":{"bandwidth_gran":10,"delay_linear":1,"min_bandwidth":10,"num_closids":16},"mem_bw_schema_root":"MB:0= 100;1= 100","mem_bw_schema":"MB:0=  20;1=  50","mbm_stats":[{"mbm_total_bytes":1000},{"mbm_total_bytes":1000}],"cmt_stats":[{},{"llc_occupancy":4096}]}'
equal "$(jq -c .data.intel_rdt.schemata <<< "$statistics")" '["L3:0=0000f;1=000ff","MB:0=  20;1=  50"]'
# Without resctrl there is nothing to tell.
equal "$(tare events --stats c1 | jq -c .data.intel_rdt)" '{}'
rdt_tare delete c1

# The monitoring group of the container, not the group that it shares.
rdt '{"closID": "/", "enableMonitoring": true}'
rdt_tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(rdt_tare events --stats c1 | jq -c '.data.intel_rdt.mbm_stats')" '[{"mbm_total_bytes":1000},{"mbm_total_bytes":1000}]'
rdt_tare delete c1
