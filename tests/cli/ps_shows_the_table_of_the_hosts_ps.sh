#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'sleep 1000'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
pid=$(pid_of)
equal "$(tare ps c1 2>&1)" "$(ps -ef | sed -n "1p; /^[^ ]* *$pid /p")"
# What follows the id belongs to ps, whatever it looks like.
has "$(tare ps c1 -e -o ppid,pid,comm --sort pid)" "^ *PPID +PID COMMAND
 *[0-9]+ +$pid sh"
equal "$(tare ps c1 -e -o pid= -o pid | wc -l)" 2
refused '^ps: exit status 1' tare ps c1 "\$(touch $work/harm); touch $work/harm"
[ ! -e "$work/harm" ] || fail 'a shell saw it'
equal "$(env -u PATH "$TARE" --root "$root" ps c1 | wc -l)" 2 'PATH unset'

refused "^couldn't find PID field in ps output$" tare ps c1 -e -o comm
refused '^invalid format option' tare ps --format yaml c1
refused '^ps: exit status 1: .*unknown|error' tare ps c1 --no-such-option
mkdir "$work/bin"
refused '^exec: "ps": executable file not found in \$PATH$' env PATH="$work/bin:." "$TARE" --root "$root" ps c1
printf '#!/bin/sh\necho PID; echo complaint >&2\n' > "$work/bin/ps"
chmod +x "$work/bin/ps"
equal "$(PATH=$work/bin:/bin "$TARE" --root "$root" ps c1 2>&1)" PID 'nothing but the table'
tare delete --force c1
