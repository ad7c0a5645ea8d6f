#!/bin/bash
# Shows: notify-8
. "$(dirname "$0")/lib.sh"

notify_mkdir
configure '.hooks = {prestart: [{path: "/bin/touch", args: ["touch", $file]}]}' --arg file "$work/hook-ran"
missing() {
  refused "failed to connect with seccomp agent specified in the seccomp profile: connect $work/agent: $1" \
    tare create --bundle "$bundle" c1
  nothing_left
  [ ! -e "$work/hook-ran" ] || fail 'something was made before the agent was looked for'
}
missing 'no such file or directory'
touch "$work/agent"
missing 'connection refused'
rm "$work/agent"
mkdir "$work/agent"
missing 'connection refused'
