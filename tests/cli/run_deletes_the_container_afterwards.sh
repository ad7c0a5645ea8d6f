#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
status 0 tare run --bundle "$bundle" c1
nothing_left
