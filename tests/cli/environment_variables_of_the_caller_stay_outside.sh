#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'env | sort'
out=$(SECRET=1 LD_PRELOAD= tare run --bundle "$bundle" c1)
lacks "$out" 'SECRET|LD_|TMPDIR'
