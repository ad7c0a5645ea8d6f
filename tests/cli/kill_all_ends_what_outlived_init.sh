#!/bin/bash
# containerd sends `kill --all ID 9` for containers that share a pid namespace, after the end of init.
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "pid"))'
script 'sleep 1000 < /dev/null > /dev/null 2>&1 & exit 0'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
eventually is_status stopped c1
[ -n "$(processes_left)" ] || fail 'nothing outlived it'
tare kill --all c1 9
eventually no_process
tare delete c1
