#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.hooks.poststart = [{path: "/bin/false"}]'
sleeper
status 1 tare run -d --bundle "$bundle" c1
nothing_left
