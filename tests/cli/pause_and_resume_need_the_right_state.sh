#!/bin/bash
# The words are runc's; engines and its test suite match them.
. "$(dirname "$0")/lib.sh"

refused 'container does not exist' tare pause c1
refused 'container does not exist' tare resume c1

# A container that waits for start can be paused, but not started then.
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
refused 'container not paused' tare resume c1
tare pause c1
is_status paused c1
refused 'container not running' tare pause c1
refused 'cannot start a container in the paused state' tare start c1
tare resume c1
is_status created c1

tare start c1
refused 'container not paused' tare resume c1
tare pause c1
refused 'container not running' tare pause c1
refused 'cannot delete container c1 that is not stopped: paused' tare delete c1
refused 'container does not exist' tare pause c2
is_status paused c1

# Other signals wait, KILL does not.
tare kill c1 TERM
is_status paused c1
tare resume c1
eventually is_status stopped c1
refused 'container not running' tare pause c1
refused 'container not paused' tare resume c1
tare delete c1
