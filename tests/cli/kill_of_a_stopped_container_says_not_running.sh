#!/bin/bash
# Shows: op-kill-2
# containerd and CRI-O match these words.
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare start c1
eventually is_status stopped c1
refused '^container not running$' tare kill c1 KILL
status 0 tare kill --all c1 9
status 0 tare kill -a c1 KILL
tare delete c1
