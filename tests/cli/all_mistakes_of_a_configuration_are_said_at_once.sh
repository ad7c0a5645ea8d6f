#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.cwd = "relative" | .hostname = 7 | .linux.namespaces[0].type = "nonesuch"'
refused '/process/cwd' tare create --bundle "$bundle" c1
configure '.hostname = "x" | .process.rlimits = [{type: "RLIMIT_FOO", soft: 1, hard: 1}]'
refused '/process/cwd' tare create --bundle "$bundle" c1
has "$(cat "$work/err")" '/linux/namespaces/0/type'
has "$(cat "$work/err")" '/process/rlimits/0'
