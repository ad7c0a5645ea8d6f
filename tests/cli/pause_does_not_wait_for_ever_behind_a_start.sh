#!/bin/bash
. "$(dirname "$0")/lib.sh"

# start keeps the lock as long as its hooks run.
configure '.hooks = {poststart: [{path: "/bin/sleep", args: ["sleep", "14"]}]}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare start c1 &
starter=$!
eventually is_status running c1
refused 'another command, such as start, keeps the container busy' tare pause c1
wait $starter
tare pause c1

# A start that waits for a frozen init is set free by resume.
tare delete --force c1
configure '.hooks = {startContainer: [{path: "/bin/sh", args: ["sh", "-c", "echo > /tmp/hook; sleep 1"]}]}'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare start c1 &
starter=$!
eventually test -e "$bundle/rootfs/tmp/hook"
echo 1 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status paused c1
sleep 1.2
kill -0 $starter || fail 'start did not wait'
tare resume c1
wait $starter
is_status running c1
tare delete --force c1
