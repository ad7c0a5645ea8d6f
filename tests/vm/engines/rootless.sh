# shellcheck shell=bash
# rootless COMMANDS: a line of the shell, as the user "tester", whose service manager runs already. Not in a unit
# of his: conmon, which stays, would be of it, and ended with it.
rootless() {
  (cd /home/tester && exec runuser -u tester -- env -i HOME=/home/tester USER=tester PATH="$PATH" \
    XDG_RUNTIME_DIR=/run/user/1000 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus bash -c "$1" </dev/null)
}
