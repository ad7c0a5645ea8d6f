#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.terminal = true'
script 'tty; test -t 0 && test -t 1 && test -t 2 && echo all; stty size; ls -l /dev/console | cut -c 1'
configure '.process.consoleSize = {height: 12, width: 34}'
python3 "$here/receive_terminal.py" "$work/socket" > "$work/received" &
eventually test -S "$work/socket"
tare run --detach --bundle "$bundle" --console-socket "$work/socket" c1 < /dev/null > "$work/out" 2>&1
wait
equal "$(cat "$work/out")" ''
has "$(sed -n 1p "$work/received")" '^/dev/p|^/'
equal "$(sed -n '2,$p' "$work/received" | tr -d '\r')" $'/dev/pts/0\nall\n12 34\nc'
tare delete --force c1
