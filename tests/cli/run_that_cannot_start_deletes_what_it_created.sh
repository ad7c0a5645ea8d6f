#!/bin/bash
# Shows: hooks-20, lc-7, lc-8
. "$(dirname "$0")/lib.sh"

configure '.hooks.poststart = [{path: "/bin/false"}]'
sleeper
refused poststart tare run -d --bundle "$bundle" c1
nothing_left
