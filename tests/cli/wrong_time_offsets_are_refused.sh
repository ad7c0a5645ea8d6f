#!/bin/bash
# Shows: time-2, time-3, time-4
. "$(dirname "$0")/lib.sh"

while read -r namespace offsets pattern; do
  configure '.linux.namespaces |= map(select(.type != "time")) + [$n | select(.type != null)] | .linux.timeOffsets = $o' \
    --argjson n "$namespace" --argjson o "$offsets"
  refused "$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
{} {"monotonic":{"secs":1}} /linux/timeOffsets: time namespace offsets specified, but time namespace isn't enabled
{"type":"time","path":"/proc/self/ns/time"} {"monotonic":{}} /linux/timeOffsets: time namespace enabled, but both
{"type":"time"} {"realtime":{"secs":1}} /linux/timeOffsets/realtime: unknown clock
{"type":"time"} {"monotonic":{"nanosecs":1000000000}} /linux/timeOffsets/monotonic/nanosecs: must be less than 1000000000
{"type":"time"} {"monotonic":{"secs":1.5}} /linux/timeOffsets/monotonic/secs: expected an integer
{"type":"time"} {"boottime":{"secs":-9000000000}} create c1: timeOffsets: write .*timens_offsets: numerical result out of range$
{"type":"time"} {"monotonic":{"secs":4611686018427387904}} create c1: timeOffsets: write .*timens_offsets: numerical result out of range$
END
