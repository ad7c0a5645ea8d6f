#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
configure '.linux.cgroupsPath = "/\($tag)/c2"' --arg tag "$tag"
tare run -d --bundle "$bundle" c2 < /dev/null > /dev/null
equal "$(tare list -q)" $'c1\nc2'
equal "$(tare list --quiet --format=json)" $'c1\nc2'
equal "$(tare list -f json | wc -l)" 0 'newlines in the array'
equal "$(tare list -f json | jq -r '.[] | "\(.id) \(.status) \(.owner)"')" $'c1 created root\nc2 running root'
equal "$(tare list -f json | jq 'map(del(.owner))')" \
  "$(jq -s 'map(del(.owner))' <(tare state c1) <(tare state c2))"
has "$(tare list | sed -n 2p)" "^c1 +$(pid_of c1) +created +$bundle +[0-9T:.-]+Z +root$"
tare delete --force c1
tare delete --force c2
