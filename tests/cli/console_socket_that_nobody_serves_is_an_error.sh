#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.terminal = true'
script true
refused 'no such file or directory' tare create --bundle "$bundle" --console-socket "$work/socket" c1
nothing_left
echo > "$work/file"
refused 'file' tare create --bundle "$bundle" --console-socket "$work/file" c1
nothing_left
