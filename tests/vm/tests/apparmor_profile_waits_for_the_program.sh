# The label is set at create and holds from the execve of start on.
# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
profile tare-waits
bundle 'sleep 1000' '.process.apparmorProfile = "tare-waits" | .process.user.uid = 7'
create
equal "label of the program to come" "$(label_of c apparmor/exec)" 'tare-waits (enforce)'
equal "label of what waits" "$(label_of c)" unconfined
runtime start c
wait_for status_is c running
equal "label of the program" "$(label_of c)" 'tare-waits (enforce)'
