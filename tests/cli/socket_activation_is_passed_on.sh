#!/bin/bash
# Shows: fd-2
. "$(dirname "$0")/lib.sh"

script 'echo "$LISTEN_FDS $LISTEN_PID"; cat <&3'
echo three > "$work/3"
equal "$(LISTEN_FDS=1 tare run --bundle "$bundle" c1 3< "$work/3")" $'1 1\nthree'
# Empty is as good as absent; conmon writes our number, others may not mean us.
equal "$(LISTEN_FDS=1 LISTEN_PID='' tare run --bundle "$bundle" c1 3< "$work/3")" $'1 1\nthree'
equal "$(LISTEN_FDS=1 TARE=$TARE root=$root sh -c 'LISTEN_PID=$$ exec "$TARE" --root "$root" run --bundle "$1" c1' sh \
  "$bundle" 3< "$work/3")" $'1 1\nthree'
# With gaps, and counted before those of --preserve-fds: Podman passes both, with few of them open.
script 'echo "$LISTEN_FDS $LISTEN_PID"; cat <&4; cat <&6; ls /proc/self/fd | sort -n | tr "\n" " "'
echo six > "$work/6"
equal "$(LISTEN_FDS=3 tare run --preserve-fds 4 --bundle "$bundle" c1 4< "$work/3" 6< "$work/6" 30< "$work/6")" \
  $'3 1\nthree\nsix\n0 1 2 3 4 6 '
# Numbers that are none.
script 'echo "<$LISTEN_FDS>"; ls /proc/self/fd | sort -n | tr "\n" " "'
for number in 0 -1 x '' 99999999999999999999; do
  equal "$(LISTEN_FDS=$number tare run --bundle "$bundle" c1 3< "$work/3")" $'<>\n0 1 2 3 ' "LISTEN_FDS=$number"
done
equal "$(LISTEN_FDS=1 LISTEN_PID=x tare run --bundle "$bundle" c1 3< "$work/3")" $'<>\n0 1 2 3 '
script 'echo "<$LISTEN_FDS>"'
equal "$(LISTEN_FDS=1 LISTEN_PID=1 tare run --bundle "$bundle" c1 3< "$work/3")" '<>'
