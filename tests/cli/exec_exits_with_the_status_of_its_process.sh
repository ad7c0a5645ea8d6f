#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
status 0 tare exec c1 true
status 7 tare exec c1 sh -c 'exit 7'
status 137 tare exec c1 sh -c 'kill -KILL $$'
status 143 tare exec c1 sh -c 'kill -TERM $$'
equal "$(echo in | tare exec c1 cat)" in
equal "$(tare exec c1 sh -c 'echo out; echo err >&2' 2> /dev/null)" out
tare delete --force c1
