#!/bin/bash
# What a command sees that asks for nothing: programs and libraries read-only, a small /etc, a private /tmp
# that is HOME, the current directory; as root and as an ordinary user.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"
ordinary_user
mkdir "$work/project" "$work/project/below"
echo source > "$work/project/file"
chown -R $user_id:$user_id "$work/project"
cd "$work/project"

for who in root user; do
  run() { timeout 20 "$TARE" sandbox "$@"; }
  [ $who = root ] || run() { as_user LANG=C.UTF-8 TERM=xterm SECRET=s timeout 20 "$TARE" sandbox "$@"; }
  sh() { run -- sh -c "$@"; }

  # The root holds nothing else, and cannot be written to.
  visible=$(sh 'ls -A /')
  lacks "$visible" '^(root|home|boot|srv|sys|run|media|mnt|opt)$'
  has "$visible" '^usr$'
  equal "$(sh 'ls -A /etc' | grep -Evx 'alternatives|group|ld.so.cache|localtime|nsswitch.conf|passwd|pki|ssl' || true)" '' $who
  [ "$(sh 'ls /etc/ssl/certs | wc -l')" -gt 0 ] || [ ! -d /etc/ssl/certs ] || fail 'no certificates'
  for place in / /usr /etc /dev /proc/sys "$PWD"; do
    sh "! echo x 2> /dev/null > $place/new" || fail "$place can be written to by $who"
  done
  equal "$(sh 'cat /etc/passwd | cut -d: -f1 | sort | xargs')" \
    "$([ $who = root ] && echo 'nobody root' || echo 'nobody root user')"
  equal "$(sh 'ls -A /dev | xargs')" 'fd full null ptmx pts random shm stderr stdin stdout tty urandom zero'
  sh 'echo x > /dev/null && [ "$(head -c 8 /dev/zero | wc -c)" = 8 ] && echo x > /dev/shm/x'

  # Private, writable, and new each time.
  equal "$(sh 'echo $HOME; ls -A /tmp | wc -l; echo x > ~/x; cat /tmp/x')" $'/tmp\n0\nx' $who
  equal "$(sh 'ls -A /tmp | wc -l')" 0

  # The current directory at its own path, with nothing of what lies around it.
  equal "$(sh 'pwd; cat file; ls -A ..')" "$PWD"$'\nsource\nproject' $who
  equal "$(cd below && sh 'pwd; ls -A ..')" "$PWD/below"$'\nbelow' $who
  # Not when that is everything, or HOME.
  equal "$(cd / && sh pwd)" /tmp
  lacks "$(cd / && sh 'ls -A /')" '^home$'
  equal "$(cd "$work/home" && HOME=$work/home sh 'pwd; ls -d "$0" 2> /dev/null || echo hidden' "$work/home")" \
    $'/tmp\nhidden' $who

  # The environment is clean.
  equal "$(LANG=C.UTF-8 TERM=xterm SECRET=s run -- env | grep -v '^PATH=' | sort | xargs)" \
    'HOME=/tmp LANG=C.UTF-8 TERM=xterm' $who
  has "$(run -- env)" '^PATH=.*/usr/bin'

  # Only the caller's three descriptors; a name, processes and a network of its own.
  equal "$(sh 'ls /proc/self/fd | xargs' 7< "$work/project/file")" '0 1 2 3' "$who: 3 is ls's own"
  equal "$(run -- hostname)" sandbox
  equal "$(sh 'ls /proc | grep -c "^[0-9]*$"')" 4 "$who: init, sh, ls, grep"
  equal "$(sh 'grep -c : /proc/net/dev; [ ! -e /sys ]')" 1
done

# Nothing but /proc and /dev when nothing is wanted.
equal "$(timeout 20 "$TARE" sandbox --no-default-view --ro-bind "$bundle/rootfs" /r --symlink r/bin /bin -- /bin/sh -c 'echo /*')" \
  '/bin /dev /proc /r'
