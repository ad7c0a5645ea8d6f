#!/bin/bash
# Shows: proc-5, proc-6
. "$(dirname "$0")/lib.sh"

# SIZE: what stty says inside, the terminal being the caller's of --console-socket.
size_of() {
  configure '.process.consoleSize = $s' --argjson s "$1"
  rm -f "$work/socket"
  python3 "$here/receive_terminal.py" "$work/socket" > "$work/received" &
  eventually test -S "$work/socket"
  tare run --detach --bundle "$bundle" --console-socket "$work/socket" c1 < /dev/null > "$work/out" 2>&1
  wait
  tr -d '\r' < "$work/received" | sed -n 's/^window //p'
  tare delete --force c1
}
configure '.process.terminal = true'
cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
arguments /attributes
equal "$(size_of '{"height": 12, "width": 34}')" '12 34'
equal "$(size_of '{"height": 65535, "width": 65535}')" '65535 65535'
equal "$(size_of '{"height": 0, "width": 0}')" '0 0' 'as docker says that there is none'
equal "$(size_of '{"height": 0, "width": 80}')" '0 80'
equal "$(size_of null)" '0 0'

# In the foreground the terminal is the caller's, and so is the size, if it has one.
command -v script > /dev/null || skip 'no script(1)'
configure '.process.consoleSize = {height: 12, width: 34}'
foreground() {
  timeout 20 script --quiet --return /dev/null < /dev/null \
    --command "$1 $TARE --root $root run --bundle $bundle c1" | tr -d '\r' | sed -n 's/^window //p'
}
equal "$(foreground 'stty rows 0 columns 0;')" '12 34'
equal "$(foreground 'stty rows 20 columns 70;')" '20 70'

# Without a terminal it does not matter; but it is either whole or not there.
configure '.process.terminal = false | .process.consoleSize = {height: 70000, width: 1}'
equal "$(inside 'test -t 0 || test -t 1 || echo none' < /dev/null)" none
for half in height width; do
  configure '.process.terminal = true | .process.consoleSize = {($h): 5}' --arg h $half
  refused 'config.json: /process/consoleSize/(width|height): missing' tare create --bundle "$bundle" c1
  nothing_left
done
configure '.process.consoleSize = {height: 65536, width: 1}'
refused '/process/consoleSize/height: must be at most 65535' tare create --bundle "$bundle" c1
configure '.process.consoleSize = {height: -1, width: 1}'
refused '/process/consoleSize/height: expected an integer' tare create --bundle "$bundle" c1
