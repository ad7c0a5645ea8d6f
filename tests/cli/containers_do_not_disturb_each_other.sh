#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
for n in 1 2 3 4 5 6 7 8; do
  jq '.linux.cgroupsPath = "/\($t)/c\($n)"' --arg t "$tag" --arg n $n "$bundle/config.json" > "$bundle/config$n.json"
  tare run -d --bundle "$bundle" --config config$n.json c$n < /dev/null > /dev/null &
done
wait
equal "$(tare list -f json | jq -r '.[].status' | sort | uniq -c | tr -s ' ')" ' 8 running'
tare delete --force c3
equal "$(tare list -q | tr '\n' ' ')" 'c1 c2 c4 c5 c6 c7 c8 '
for n in 1 2 4 5 6 7 8; do tare delete --force c$n & done
wait
