#!/bin/bash
# Shows: op-kill-3
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare kill c1 KILL
eventually is_status stopped c1
tare delete c1
