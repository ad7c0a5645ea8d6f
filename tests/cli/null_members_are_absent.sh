#!/bin/bash
# Shows: gen-9
. "$(dirname "$0")/lib.sh"

configure '.hooks = null | .process.rlimits = null | .linux.seccomp = null | .annotations = null'
equal "$(inside 'echo fine')" fine
