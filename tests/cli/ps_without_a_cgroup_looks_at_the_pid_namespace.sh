#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure 'del(.linux.cgroupsPath)'
script 'sleep 1000 & unshare -p -f sleep 1000 & wait'
configure '.process.capabilities[] += ["CAP_SYS_ADMIN"] | .process.noNewPrivileges = false'
tare --cgroup-manager disabled run -d --bundle "$bundle" c1 < /dev/null > /dev/null
four() { [ "$(tare ps -f json c1 | jq length)" = 4 ]; }
eventually four
equal "$(tare ps -f json c1 | jq '.[]' | sort)" "$(processes_left | sort)"
tare kill c1 KILL
eventually is_status stopped c1
equal "$(tare ps -f json c1)" '[]'
tare delete c1

# Nothing tells its processes from those of the host.
configure '.linux.namespaces |= map(select(.type != "pid"))'
script 'sleep 1000'
tare --cgroup-manager disabled run -d --bundle "$bundle" c1 < /dev/null > /dev/null
refused 'neither a cgroup nor a pid namespace of its own' tare ps -f json c1
tare delete --force c1
