#!/bin/bash
# CRI containers of a pod, and --pid=host: kill --all ID 9 after init has ended, then delete.
. "$(dirname "$0")/engine.sh"

root=$work/state/k8s.io
shim() { setpriv --pdeathsig KILL "$TARE" --root "$root" --log "$bundle/log.json" --log-format json "$@"; }

configure '.linux.namespaces |= map(select(.type != "pid"))'
script 'sleep 60 < /dev/null > /dev/null 2>&1 & echo said; exit 3'
shim create --bundle "$bundle" --pid-file "$bundle/init.pid" c1 < /dev/null > "$work/said" 2>&1 3< /
quiet shim start c1
eventually is_status stopped c1
[ -n "$(processes_left)" ] || fail 'the background process did not outlive init'
quiet shim kill --all c1 9
eventually no_process
quiet shim kill --all c1 9
quiet shim delete c1
quiet shim delete --force c1
