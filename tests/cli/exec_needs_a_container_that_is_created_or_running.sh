#!/bin/bash
. "$(dirname "$0")/lib.sh"

exec_refused '^container does not exist$' c1 true
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
equal "$(tare exec c1 sh -c 'echo inside; hostname')" $'inside\nbox'
equal "$(state_of)" created
tare start c1
equal "$(tare exec c1 echo again)" again
tare kill c1 KILL
eventually is_status stopped c1
exec_refused 'cannot exec in a stopped container$' c1 true
tare delete c1
