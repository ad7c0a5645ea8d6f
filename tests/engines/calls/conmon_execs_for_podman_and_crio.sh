#!/bin/bash
# conmon: SIGPIPE ignored, a whole environment, no --systemd-cgroup; CRI-O's pid file is there before, empty.
# CRI-O streams an exec itself: in the foreground, with pipes or with a pty as its streams.
. "$(dirname "$0")/engine.sh"

default_root
conmon() {
  env -u NOTIFY_SOCKET -u DBUS_SESSION_BUS_ADDRESS --ignore-signal=PIPE --chdir="$work" _OCI_SYNCPIPE=3 \
    XDG_RUNTIME_DIR= setpriv --pdeathsig KILL "$TARE" --log-format=json "--log=$work/oci-log" "$@"
}
inheritance 100
conmon create --bundle "$bundle" --pid-file "$work/pidfile" c1 < /dev/null > "$work/up" 2>&1
quiet env -i XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" start c1

report='grep -E "^Sig(Ign|Blk)" /proc/$$/status; ls -l /proc/$$/fd > /tmp/fds
  sed -n "s/.* \([0-9]*\) -> .*/fd \1/p" /tmp/fds | grep -v "fd 10"; exit 9'
process "$work/p.json" /bin/sh -c "$report"
: > "$work/exec.pid"
conmon exec --pid-file "$work/exec.pid" --process "$work/p.json" --detach c1 < /dev/null > "$work/said" 2>&1
has "$(cat "$work/exec.pid")" '^[0-9]+$'
eventually grep -q 'fd 2' "$work/said"
inherited_nothing "$work/said"

# Podman asks for descriptors with gaps.
process "$work/p.json" /bin/sh -c 'cat <&9'
echo nine > "$work/nine"
conmon exec --pid-file "$work/exec.pid" --process "$work/p.json" --detach --preserve-fds 7 c1 \
  < /dev/null > "$work/said" 2>&1 9< "$work/nine"
eventually grep -q nine "$work/said"

# A failed one: no pid file, whatever was there.
process "$work/p.json" nope
: > "$work/exec.pid"
status 255 conmon exec --pid-file "$work/failed.pid" --process "$work/p.json" --detach c1
[ ! -e "$work/failed.pid" ] || fail 'a pid file is left'
has "$(jq -r .msg "$work/oci-log")" 'executable file not found in \$PATH'

# CRI-O's streaming exec.
crio() { env -i XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" "$@"; }
process "$work/p.json" /bin/sh -c 'cat; echo err >&2; exit 6'
got=0
echo in | crio exec --process "$work/p.json" c1 > "$work/out" 2> "$work/err" || got=$?
equal "$got $(cat "$work/out") $(cat "$work/err")" '6 in err'
process "$work/p.json" /bin/sh -c 'read line; echo "got $line"; tty; exit 5'
jq '.terminal = true' "$work/p.json" > "$work/t.json"
python3 - "$TARE" "$work/t.json" > "$work/out" << 'END'
import os, pty, sys
pid, master = pty.fork()
if pid == 0:
    os.execve(sys.argv[1], [sys.argv[1], "exec", "--process", sys.argv[2], "c1"], {"XDG_RUNTIME_DIR": ""})
os.write(master, b"word\n")
text = b""
try:
    while data := os.read(master, 1024):
        text += data
except OSError:
    pass
print(text.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
has "$(tr -d '\r' < "$work/out" | tr '\n' ' ')" 'got word /dev/pts/0  5 $'
quiet env -i XDG_RUNTIME_DIR= "$TARE" kill --all c1 9
eventually is_status stopped c1
quiet env -i --block-signal=USR1 XDG_RUNTIME_DIR= "$TARE" delete --force c1
umount /run
mounts_before=$(cat /proc/self/mountinfo)
