#!/bin/bash
# What options show of the host and make in the sandbox: in their order, the last one wins.
export TMPDIR=/var/tmp
. "$(dirname "$0")/lib.sh"
ordinary_user
mkdir -p "$work/host/below" "$work/other"
echo host > "$work/host/file"
echo other > "$work/other/file"
cd /
host=$work/host
other=$work/other

mkdir -p "$work/tree/below"
mount -t tmpfs -o mode=777 below "$work/tree/below"
echo below > "$work/tree/below/file"
mounts_before=$(cat /proc/self/mountinfo)

for who in root user; do
  run() { timeout 20 "$TARE" sandbox "$@"; }
  [ $who = root ] || run() { as_user timeout 20 "$TARE" sandbox "$@"; }
  [ $who = root ] || chown -R $user_id:$user_id "$host" "$other"

  # Read-only and writable, at another place and at their own.
  equal "$(run --ro-bind "$host" /data -- sh -c 'cat /data/file; echo x 2> /dev/null > /data/file || echo refused')" \
    $'host\nrefused' $who
  run --bind "$host" /data -- sh -c "echo $who > /data/from"
  equal "$(cat "$host/from")" $who
  run --rw "$host" -- sh -c 'rm "$0/from"' "$host"
  equal "$(run --ro "$host" -- sh -c 'cat "$0/file"; rm "$0/file" 2> /dev/null || echo refused' "$host")" \
    $'host\nrefused' $who
  equal "$(run --ro-bind "$host" /data --read-only -- sh -c 'for d in /tmp /data /dev/shm; do touch $d/x 2> /dev/null && echo $d; done; true')" \
    /dev/shm
  run --bind "$host" /data --read-only -- sh -c '! touch /data/x 2> /dev/null' || fail 'read-only is not'

  # The last one wins, also below another.
  equal "$(run --ro-bind "$host" /d --ro-bind "$other" /d -- cat /d/file)" other
  equal "$(run --ro-bind "$host" /d --ro-bind "$other" /d/below -- cat /d/file /d/below/file)" $'host\nother'
  equal "$(run --ro-bind "$other" /d/below --ro-bind "$host" /d -- sh -c 'ls -A /d/below; cat /d/file')" host
  equal "$(run --tmpfs /d --ro-bind "$host/file" /d/f --dir /d/e --symlink f /d/l -- sh -c 'cat /d/l; ls /d')" \
    $'host\ne\nf\nl' $who

  # A missing source is an error that names it, unless it may be missing.
  status 125 run --ro-bind /nowhere /d -- true
  has "$(cat "$work/err")" '^(sandbox: )?--ro-bind "/nowhere": no such file or directory'
  run --ro-bind-try /nowhere /d -- sh -c '[ ! -e /d ]'
  run --bind-try /nowhere /d --dev-bind-try /nowhere /e -- sh -c '[ ! -e /d ] && [ ! -e /e ]'

  # Hidden: a file is empty, a directory too, whatever shows them.
  equal "$(run --hide /data/file --ro-bind "$host" /data --hide /usr/share -- sh -c 'wc -c < /data/file; ls -A /usr/share | wc -l')" \
    $'0\n0' $who

  # Directories, links, a limited tmpfs, with modes.
  equal "$(run --dir /a/b --perms 0700 --dir /c --symlink a/b /l -- sh -c 'stat -c "%F %a" /a/b /c; readlink /l')" \
    $'directory 755\ndirectory 700\na/b' $who
  equal "$(run --tmpfs /big:size=64k -- sh -c 'head -c 100000 /dev/zero 2> /dev/null > /big/x || echo full; stat -c %a /big')" \
    $'full\n755' $who

  # Files of what a descriptor gives.
  equal "$(run --ro-bind-data 7 /etc/data -- sh -c 'cat /etc/data; stat -c %a /etc/data; echo x 2> /dev/null > /etc/data || echo refused' 7< <(echo given))" \
    $'given\n600\nrefused' $who
  equal "$(run --perms 0644 --bind-data 7 /etc/data -- sh -c 'echo more >> /etc/data; cat /etc/data; stat -c %a /etc/data' 7< <(echo given))" \
    $'given\nmore\n644' $who
  equal "$(run --file 7 /etc/passwd -- cat /etc/passwd 7< <(echo x:x:5:5::/:/bin/sh))" x:x:5:5::/:/bin/sh
  status 125 run --file 99 /etc/passwd -- true
  has "$(cat "$work/err")" '^(sandbox: )?--file 99: bad file descriptor'
  status 125 run --perms 888 --dir /x -- true
  has "$(cat "$work/err")" '^(sandbox: )?--perms: invalid value "888"'

  # What is shown of the host is not changed by what is made beside it.
  status 125 run --bind "$host" /data --symlink x /data/link -- true
  has "$(cat "$work/err")" '^(sandbox: )?--symlink: "/data/link" lies in what --bind shows of the host'
  [ ! -e "$host/link" ] || fail 'a link was made on the host'

  # Where it starts.
  equal "$(run --dir /start -w /start -- pwd)" /start
  status 125 run -w start -- true
  has "$(cat "$work/err")" '^(sandbox: )?--workdir: "start" is not absolute'

  # Devices of a bind are usable only when that is said.
  run --ro-bind /dev /d -- sh -c '! head -c 1 /d/zero 2> /dev/null' || fail 'a device of a plain bind opens'
  run --dev-bind /dev /d -- head -c 1 /d/zero > /dev/null

  # What is mounted below a source is shown as it is itself.
  equal "$(run --ro-bind "$work/tree" /d -- sh -c 'cat /d/below/file; touch /d/below/x 2> /dev/null || echo refused
    grep -c " /d/below ro,nosuid,nodev" /proc/self/mountinfo')" $'below\nrefused\n1' $who
  run --bind "$work/tree" /d --read-only -- sh -c '! touch /d/below/x 2> /dev/null' || fail 'read-only is not, below'
done
