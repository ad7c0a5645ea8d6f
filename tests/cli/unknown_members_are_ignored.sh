#!/bin/bash
# Shows: gen-4
. "$(dirname "$0")/lib.sh"

configure '.nonesuch = {a: [1]} | .process.nonesuch = 1 | .linux.nonesuch = null'
equal "$(inside 'echo fine')" fine
