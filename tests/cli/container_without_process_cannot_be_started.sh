#!/bin/bash
# Shows: op-start-4, proc-1
. "$(dirname "$0")/lib.sh"

configure 'del(.process)'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(state_of)" created
refused 'process' tare start c1
tare delete --force c1
