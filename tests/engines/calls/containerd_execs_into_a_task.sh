#!/bin/bash
# exec --process --detach --pid-file by a shim: its own socket leaked as fd 3, death signal set; the status it
# learns by SIGCHLD, for it is the reaper; with a terminal one combined pipe is read to its end.
. "$(dirname "$0")/engine.sh"

runc() {
  setpriv --pdeathsig KILL "$TARE" --root "$root" --log "$work/log.json" --log-format json "$@" 3< "$work"
}
inheritance 100
runc create --bundle "$bundle" --pid-file "$work/init.pid" c1 < /dev/null > "$work/up" 2>&1
runc start c1

# What it inherits, and that it is ours.
process "$work/p.json" /bin/sh -c 'grep -E "^Sig(Ign|Blk)" /proc/$$/status; ls -l /proc/$$/fd > /tmp/fds
  sed -n "s/.* \([0-9]*\) -> .*/fd \1/p" /tmp/fds | grep -v "fd 10"; exit 9'
runc exec --process "$work/p.json" --detach --pid-file "$work/e1.pid" c1 < /dev/null > "$work/said" 2>&1
has "$(cat "$work/e1.pid")" '^[0-9]+$'
eventually grep -q 'fd 2' "$work/said"
inherited_nothing "$work/said"

process "$work/p.json" /bin/sh -c 'tty; echo said'
jq '.terminal = true | .consoleSize = {height: 0, width: 0}' "$work/p.json" > "$work/t.json"
python3 "$here/receive_terminal.py" "$work/socket" > "$work/said" &
reader=$!
eventually test -S "$work/socket"
quiet runc exec --process "$work/t.json" --console-socket "$work/socket" --detach --pid-file "$work/e2.pid" c1
wait $reader
said "$work/said"

# What it tells the user is the last error of the log.
process "$work/p.json" /no/such
status 255 runc exec --process "$work/p.json" --detach --pid-file "$work/e3.pid" c1
[ ! -e "$work/e3.pid" ] || fail 'a pid file of a process that never was'
has "$(tail -n 1 "$work/log.json" | jq -r 'select(.level == "error") | .msg')" 'exec: "/no/such": stat /no/such: no such file or directory'
quiet runc kill --all c1 9
eventually is_status stopped c1
quiet runc delete c1
