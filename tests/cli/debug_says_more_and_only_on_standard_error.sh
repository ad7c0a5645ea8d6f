#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'echo out'
equal "$(tare --debug run --bundle "$bundle" c1 2> "$work/err")" out
