#!/bin/bash
# CRI-O makes it empty beforehand; a link is replaced, not followed.
. "$(dirname "$0")/lib.sh"

sleeper
echo precious > "$work/target"
ln -s target "$work/pid"
tare create --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > /dev/null
equal "$(cat "$work/pid")" "$(pid_of)"
equal "$(cat "$work/target")" precious
[ ! -L "$work/pid" ] || fail 'still a link'
tare delete c1
