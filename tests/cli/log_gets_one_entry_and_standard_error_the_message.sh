#!/bin/bash
# podman parses the log as one JSON value; BuildKit, CRI-O and Buildah see standard error only.
. "$(dirname "$0")/lib.sh"

refused '^container does not exist$' tare --log "$work/log" --log-format json state c1
equal "$(wc -l < "$work/log")" 1
equal "$(jq -r .level "$work/log")" error
equal "$(jq -r .msg "$work/log")" 'container does not exist'
has "$(jq -r .time "$work/log")" '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(Z|[+-][0-9:]{5})$'
