#!/bin/bash
# Shows: caps-1, caps-3, err-2
. "$(dirname "$0")/lib.sh"

configure '.process.capabilities.bounding += ["CAP_NONESUCH"]'
script true
status 0 tare run --bundle "$bundle" c1
equal "$(grep -c CAP_NONESUCH "$work/err")" 1
