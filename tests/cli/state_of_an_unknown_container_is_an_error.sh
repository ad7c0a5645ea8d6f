#!/bin/bash
# Shows: op-state-2, op-start-2, op-kill-2, op-N2
. "$(dirname "$0")/lib.sh"

refused '^container does not exist$' tare state c1
mkdir -p "$root"
refused '^container does not exist$' tare state c1
refused '^container does not exist$' tare start c1
refused '^container does not exist$' tare kill c1
refused '^container does not exist$' tare delete c1
