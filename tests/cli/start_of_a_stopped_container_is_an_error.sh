#!/bin/bash
# Shows: op-start-2
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare start c1
eventually is_status stopped c1
refused 'cannot start a container that has stopped' tare start c1
tare delete c1
