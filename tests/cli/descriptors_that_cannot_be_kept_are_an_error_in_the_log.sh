#!/bin/bash
# More than the limit of open files allows: create says so, also in the log, and only create minds.
. "$(dirname "$0")/lib.sh"

script true
for number in 100 70000; do
  (
    ulimit -n 50
    refused 'preserve' tare --log "$work/log" --log-format json create --preserve-fds $number --bundle "$bundle" c1
    nothing_left
  )
  has "$(tail -n 1 "$work/log" | jq -r 'select(.level == "error").msg')" 'preserve'
done
(
  ulimit -n 50
  export LISTEN_FDS=1000
  refused 'preserve descriptor' tare run --bundle "$bundle" c1
  mkdir -p "$root"
  equal "$(tare list -q)" ''
)
