#!/bin/bash
. "$(dirname "$0")/lib.sh"

long=$((100000 + $$))  # seconds; nobody else's process has them

command -v script > /dev/null || skip 'no script(1)'
running
echo hello | timeout 20 script --quiet --return --command "$TARE --root $root exec --tty c1 sh -c 'test -t 0 && test -t 1 && read line && echo got \$line; exit 5'; echo status \$?" \
  /dev/null > "$work/out"
has "$(tr -d '\r' < "$work/out")" '^got hello$'
has "$(tr -d '\r' < "$work/out")" '^status 5$'
exec_refused 'open /dev/tty: no such device or address' --tty c1 sleep "$long"
[ -z "$(pgrep -f "^sleep $long$")" ] || fail 'a process is left'
tare delete --force c1
