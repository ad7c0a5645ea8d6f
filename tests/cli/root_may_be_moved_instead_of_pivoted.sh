#!/bin/bash
# For roots that pivot_root(2) refuses; what was mounted below them stays out of reach all the same.
. "$(dirname "$0")/lib.sh"

script 'ls /; cat /proc/1/comm; grep -c . /proc/self/mountinfo'
out=$(tare run --no-pivot --bundle "$bundle" c1)
has "$out" '^proc$'
has "$out" '^sh$'
lacks "$out" '^(home|boot|srv|opt)$'
