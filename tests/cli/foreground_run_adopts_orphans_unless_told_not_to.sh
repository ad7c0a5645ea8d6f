#!/bin/bash
# What a hook leaves behind becomes the child of tare, which reaps it; with --no-subreaper that of whoever adopts tare's.
. "$(dirname "$0")/lib.sh"
configure '.hooks.poststart = [{path: "/bin/sh", args: ["sh", "-c", "sleep 50 < /dev/null > /dev/null 2>&1 & echo $! > \($f)"]}]' \
  --arg f "$work/orphan"
arguments /bin/sleep 100

parent_of() { sed -n 's/^PPid:\t//p' "/proc/$1/status"; }
# The hook has ended, and what it has left is another one's child.
is_orphan() { [ -s "$work/orphan" ] && [ "$(cat "/proc/$(parent_of "$(cat "$work/orphan")")/comm")" != sh ]; }
# adopter OPTIONS...: whose that is while `tare run` stays.
adopter() {
  rm -f "$work/orphan"
  "$TARE" --root "$root" run "$@" --bundle "$bundle" c1 < /dev/null > /dev/null &
  runs=$!
  eventually is_orphan
  orphan=$(cat "$work/orphan")
  found=$(parent_of "$orphan")
}
end() {
  kill -9 "$orphan"
  eventually [ ! -e "/proc/$orphan" ]  # no zombie of ours
  tare kill c1 KILL
  wait $runs || true
}

adopter
end
equal "$found" $runs
adopter --no-subreaper
end
[ "$found" != $runs ] || fail 'adopted all the same'
