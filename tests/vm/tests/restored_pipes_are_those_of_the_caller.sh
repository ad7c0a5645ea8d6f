#!/bin/bash
. "$(dirname "$0")/../lib.sh"

bundle 'while read -r line; do echo "got $line"; done; echo end; exit 7'
mkfifo "$WORK/in" "$WORK/out"
exec 3<>"$WORK/in" 4<>"$WORK/out"
# By a pipe without a name: one with a name lies in the host's file system.
{ cat <&3 | runtime run --detach --bundle "$BUNDLE" c 2>/dev/null | cat >&4; } &
echo one >&3
read -r -t 60 line <&4
equal "before" "$line" "got one"
checkpoint c
exec 3<&- 3<>"$WORK/in"

printf 'two\nthree\n' | runtime restore --bundle "$BUNDLE" --image-path "$WORK/images" --work-path "$WORK/logs" c \
  2>"$WORK/error" | cat >"$WORK/output" || true
equal "output of the restored container" "$(cat "$WORK/output")" $'got two\ngot three\nend'
refused 'does not exist' runtime state c
kill %1 2>/dev/null || true
