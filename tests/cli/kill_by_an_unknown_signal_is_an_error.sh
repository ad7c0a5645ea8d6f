#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
for signal in FOO SIG '' SIGFOO 65 -1 1x SIGRTMIN+31 4294967305; do
  refused 'unknown signal|invalid argument' tare kill -- c1 "$signal"
done
equal "$(state_of)" running
tare delete --force c1
