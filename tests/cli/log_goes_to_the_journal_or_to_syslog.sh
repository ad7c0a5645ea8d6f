#!/bin/bash
# crun's destinations, which conmon-rs passes on. The sockets are those of this mount namespace.
. "$(dirname "$0")/lib.sh"

command -v python3 > /dev/null || skip 'no python3 to serve the sockets'
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/journal "$work/dev"
mounts_before=$(cat /proc/self/mountinfo)
refused '^connect /run/systemd/journal/socket: no such file or directory$' tare --log journald:web list
python3 "$here/datagrams.py" /run/systemd/journal/socket > "$work/journal" &
eventually test -S /run/systemd/journal/socket
mkdir -p "$root"

# The message is on standard error as well, as with a file.
refused '^container does not exist$' tare --log journald:web --log-format=json state c1
eventually grep -qx -- -- "$work/journal"
equal "$(cat "$work/journal")" $'PRIORITY=3\nSYSLOG_IDENTIFIER=web\nMESSAGE=container does not exist\n--'
: > "$work/journal"
refused 'unknown signal "a.nPRIORITY=0"' tare --log journald:web kill c1 $'a\nPRIORITY=0'
eventually grep -qx -- -- "$work/journal"
equal "$(grep -c ^PRIORITY= "$work/journal")" 1 'one field a line'

for log in journald: syslog: $'journald:a\nb'; do
  refused '^invalid log: ".*" ' tare --log "$log" list
done

# A file may be named as one.
refused '^container does not exist$' tare --log "file:$work/log" state c1
equal "$(grep -c 'msg="container does not exist"' "$work/log")" 1
refused '^container does not exist$' tare --log "$work/odd:name" state c1
[ -s "$work/odd:name" ] || fail 'no log in the file with a colon in its name'

# syslog(3), over a /dev of this test.
mkdir "$work/dev/shm"
touch "$work/dev/null"
mount --bind /dev/null "$work/dev/null"
mount --bind /dev/shm "$work/dev/shm"
mounts_before=$(cat /proc/self/mountinfo)
mount --rbind "$work/dev" /dev
python3 "$here/datagrams.py" /dev/log > "$work/syslog" &
eventually test -S /dev/log
refused '^container does not exist$' tare --log syslog:web state c1
umount --lazy /dev
eventually grep -qx -- -- "$work/syslog"
has "$(head -n 1 "$work/syslog")" '^<11>web\[[0-9]+\]: container does not exist$'
