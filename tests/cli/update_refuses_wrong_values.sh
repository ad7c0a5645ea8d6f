#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
refused 'container does not exist' tare update --memory 1m c1
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
for option in memory memory-reservation memory-swap cpu-period cpu-quota cpu-burst cpu-share cpu-rt-period cpu-rt-runtime \
  cpu-idle pids-limit blkio-weight; do
  for value in x 1x -2x '1 2' 99999999999999999999 1.5.5; do
    refused "invalid value for $option: " tare update "--$option" "$value" c1
  done
done
refused 'invalid value for memory: invalid size: "-2"' tare update --memory -2 c1
refused 'invalid value for blkio-weight: ' tare update --blkio-weight 65546 c1
refused '/blockIO/weight: must be from 10 to 1000, got 9' tare update --blkio-weight 9 c1
refused '/cpu/idle: must be 0 or 1, got 2' tare update --cpu-idle=2 c1
refused '/cpu/cpus: "a-b" is no list' tare update --cpuset-cpus a-b c1
refused '/pids/limit: must be at least -1, got -2' tare update --pids-limit -2 c1
refused 'unable to set swap limit without memory limit' tare update --memory-swap 1g c1
refused 'memory\+swap limit should be >= memory limit' tare update --memory 2g --memory-swap 1g c1
refused 'no such file or directory' tare update -r "$work/none" c1
for document in '' '[]' '{' '{"memory": {"limit": "1m"}}' '{"pids": {"limit": 1.5}}' '{"devices": [{"type": "c"}]}'; do
  printf '%s' "$document" > "$work/update.json"
  refused "$work/update.json: " tare update -r "$work/update.json" c1
done
tare delete --force c1
