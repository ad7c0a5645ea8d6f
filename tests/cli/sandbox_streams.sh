#!/bin/bash
# What of the caller is open inside, and where the streams lead.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

files() { sandbox "$@" -- sh -c 'for fd in 0 1 2 3 4 5 6 7 8 9 10 11 12; do [ ! -e /proc/$$/fd/$fd ] || echo $fd; done' | sort -n | paste -sd ' '; }
exec 3< /etc/passwd 7< /etc/group 9< /etc/hostname
equal "$(files)" '0 1 2'
equal "$(files --pass-fd 7)" '0 1 2 7'
equal "$(files --pass-fd 9 --pass-fd 3)" '0 1 2 3 9'
equal "$(files --preserve-fds 1)" '0 1 2 3'
equal "$(files --preserve-fds 5)" '0 1 2 3 7'
equal "$(LISTEN_FDS=5 files)" '0 1 2'
equal "$(sandbox --pass-fd 7 -- sh -c 'head -n 1 <&7')" "$(head -n 1 /etc/group)"
exec 3<&- 7<&- 9<&-
status 125 sandbox --pass-fd 7 -- true
has "$(cat "$work/err")" '--pass-fd 7: bad file descriptor'

# --- files
cd "$work"
echo input > in
status 0 sandbox --stdin in --stdout out.txt --stderr err.txt -- sh -c 'cat; echo error >&2'
equal "$(cat out.txt err.txt)" $'input\nerror'
equal "$(cat out err)" ''
# Counted on their way, and cut.
status 137 sandbox --stdin in --stdout out.txt --max-output 3 -- cat
equal "$(cat out.txt)" inp
status 125 sandbox --stdin /no/such/file -- true
equal "$(told '[.outcome, .error.errno, .error.stage]')" '["setup-failed","ENOENT","standard streams"]'

# A reader that is slow gets everything all the same; one that is gone ends a writer, not us.
equal "$(sandbox --max-output 1m -- sh -c 'head -c 300000 /dev/zero' | (sleep 0.3; wc -c))" 300000
{ sandbox --max-output 1m -- yes || echo $? > status; } | head -n 1 > out
equal "$(cat status)" 141

# --- the document
sandbox --json fd:5 -- true 5> doc
equal "$(jq .outcome doc)" '"exited"'
status 125 timeout 20 "$TARE" sandbox --json /no/such/folder/x -- touch /tmp/x

# --- bubblewrap's lines
sandbox --json-status-fd 5 -- sh -c 'readlink /proc/self/ns/net; exit 7' 5> lines > out || equal $? 7
equal "$(sed -n 1p lines | jq -r '"net:[\(.["net-namespace"])]"')" "$(cat out)"
equal "$(sed -n 2p lines)" '{"exit-code":7}'
sandbox --json-status-fd 5 -- sleep 1000 5> lines &
eventually test -s lines
child=$(jq '.["child-pid"]' lines)
equal "$(tr '\0' ' ' < "/proc/$child/cmdline")" 'sleep 1000 '
kill -KILL "$child"
wait $! || equal $? 137
equal "$(sed -n 2p lines)" '{"exit-code":137}'
status 125 sandbox --ro-bind /no/such /x --json-status-fd 1 -- true
equal "$(cat out)" ''

# --- a terminal
command -v script > /dev/null || exit 0
on_terminal() { timeout 20 script --quiet --return --command "$*" /dev/null | tr -d '\r' | grep -vx hello; }
equal "$(echo hello | on_terminal "stty rows 33 cols 77; $TARE sandbox --tty -- sh -c 'tty; stty size; read word; echo got \$word; exit 5'; echo status \$?")" \
  $'/dev/pts/0\n33 77\ngot hello\nstatus 5'
status 125 sandbox --tty --max-output 5 -- true
status 125 sandbox --tty --stdout out -- true
