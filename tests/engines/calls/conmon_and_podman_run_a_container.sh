#!/bin/bash
# create by conmon with SIGPIPE ignored and a whole environment; start by podman with two variables;
# kill and delete with XDG_RUNTIME_DIR alone, which is empty for root, and SIGUSR1 blocked.
. "$(dirname "$0")/engine.sh"

default_root
conmon() {
  env -u NOTIFY_SOCKET -u DBUS_SESSION_BUS_ADDRESS --ignore-signal=PIPE --chdir=/ _OCI_SYNCPIPE=3 _OCI_STARTPIPE=4 \
    XDG_RUNTIME_DIR= setpriv --pdeathsig KILL "$TARE" --log-format=json "--log=$work/oci-log" "$@"
}

inheritance 9
mkfifo -m 777 "$work/stdout"
cat "$work/stdout" > "$work/said" &
reader=$!
conmon create --bundle "$bundle" --pid-file "$work/pidfile" c1 < /dev/null > "$work/stdout" 2>&1
quiet env -i XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" start c1
eventually said "$work/said"
inherited_nothing "$work/said"
quiet env -i XDG_RUNTIME_DIR= "$TARE" kill c1 15
wait $reader
eventually is_status stopped c1
quiet env -i --block-signal=USR1 XDG_RUNTIME_DIR= "$TARE" delete --force c1

# With a terminal: 0 and 1 are /dev/null, the other end comes through the socket.
configure '.process.terminal = true'
python3 "$here/receive_terminal.py" "$work/socket" > "$work/said" &
reader=$!
eventually test -S "$work/socket"
conmon create --bundle "$bundle" --pid-file "$work/pidfile" --console-socket "$work/socket" c1 \
  < /dev/null > /dev/null 2> "$work/err"
quiet env -i XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" start c1
eventually said "$work/said"
tr -d '\r' < "$work/said" > "$work/out"
inherited_nothing "$work/out"
quiet env -i XDG_RUNTIME_DIR= "$TARE" kill --all c1 9
wait $reader
quiet env -i --block-signal=USR1 XDG_RUNTIME_DIR= "$TARE" delete --force c1
equal "$(cat "$work/err" "$work/oci-log" 2> /dev/null || true)" ''
umount /run
mounts_before=$(cat /proc/self/mountinfo)
