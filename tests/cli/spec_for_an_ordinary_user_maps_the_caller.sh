#!/bin/bash
. "$(dirname "$0")/lib.sh"

"$TARE" spec --rootless --bundle "$work"
equal "$(jq -c .linux.uidMappings "$work/config.json")" '[{"containerID":0,"hostID":0,"size":1}]'
has "$(jq -r '.linux.namespaces[].type' "$work/config.json")" '^user$'
lacks "$(jq -r '.linux.namespaces[].type' "$work/config.json")" '^network$'
equal "$(jq -r .linux.resources "$work/config.json")" null
