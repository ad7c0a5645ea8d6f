#!/bin/bash
# conmon ignores SIGPIPE; the container's program gets every signal by default and none blocked.
. "$(dirname "$0")/lib.sh"

arguments /bin/grep -E '^Sig(Blk|Ign):' /proc/self/status
out=$(trap '' PIPE CHLD HUP; exec "$TARE" --root "$root" run --bundle "$bundle" c1)
equal "$out" $'SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000'
