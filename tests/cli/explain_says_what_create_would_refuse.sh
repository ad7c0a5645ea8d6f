#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
has "$(tare create --explain --bundle "$bundle" c1)" '^ +[0-9]+  Execute +exec "/bin/sh": args /bin/sh'
configure '.root.path = "nowhere"'
refused 'create c1: rootfs .*nowhere.*: no such file' tare run --explain --bundle "$bundle" c1
configure '.root.path = "rootfs" | .process.terminal = true'
refused 'cannot allocate tty' tare create --explain --bundle "$bundle" c1
has "$(tare create --explain --console-socket "$work/none" --bundle "$bundle" c1)" "Connect +to the console socket $work/none"
has "$(tare run --explain --bundle "$bundle" c1)" 'Terminal +copy'
configure '.process.terminal = false'
refused 'for --explain only' tare create --format json --bundle "$bundle" c1
refused 'invalid format option: "xml"' tare create --explain --format xml --bundle "$bundle" c1
refused 'invalid container ID' tare create --explain --bundle "$bundle" c/1
tare create --bundle "$bundle" c1
refused 'already exists' tare create --explain --bundle "$bundle" c1
tare delete c1

# An ordinary user reads the plan of his container, and nothing else is needed.
ordinary_user
out=$(user_tare run --explain --bundle "$bundle" c1)
has "$out" 'IdMap +/proc/PID/uid_map: map 0 31000 1'
has "$out" 'IdMap +/proc/PID/setgroups: deny'
