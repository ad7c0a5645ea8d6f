#!/bin/bash
# A judge of two hundred submissions, twice, as an ordinary user: every verdict is right and nothing is left. Limits
# of the group are those of the guest's test; here each process has its own.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"
. "$here/../vm/submissions.sh"
ordinary_user
cd "$work/home"

listed() { find "$work/home" "$work/run" -maxdepth 1 -user $user_id | sort; }
before=$(listed)
for _ in 1 2; do
  judged as_user timeout 55 "$TARE" sandbox --batch --jobs 4 --seccomp strict --timeout 10s
  [ -z "$(pgrep -f "$mark" || true)" ] || fail "processes are left: $(pgrep -lf "$mark")"
  equal "$(listed)" "$before"
done
