#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '^container does not exist$' tare state c1
mkdir -p "$root"
refused '^container does not exist$' tare state c1
refused '^container does not exist$' tare start c1
refused '^container does not exist$' tare kill c1
refused '^container does not exist$' tare delete c1
