#!/bin/bash
# As those of a pod: the second joins the first one's network, ipc, uts and pid namespaces, and is ended in them.
. "$(dirname "$0")/../lib.sh"
ctr_run -d "$IMAGE" sandbox sleep 1000
pid=$(ctr tasks ls | sed -n 's/^sandbox *\([0-9]*\) .*/\1/p')
spaces=()
for kind in network:net ipc:ipc uts:uts pid:pid; do spaces+=(--with-ns "${kind%:*}:/proc/$pid/ns/${kind#*:}"); done
DRIVER=cgroupfs ctr_run -d "${spaces[@]}" "$IMAGE" member sh -c 'sleep 1005 & exec sleep 1006'
for kind in net ipc uts pid; do
  says "$(readlink "/proc/$pid/ns/$kind")" ctr tasks exec --exec-id "e$kind" member readlink "/proc/self/ns/$kind"
done
ctr tasks kill -s KILL member
wait_for sh -c 'ctr tasks ls | grep -q "^member .*STOPPED"'
ctr tasks rm member || true
wait_for sh -c '! pgrep -f "sleep 100[5]"'
contains 'tasks' "$(ctr tasks ls)" '^sandbox .*RUNNING'
