#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
for place in write renameat; do
  # Counted first: which call of that name is the one on the pid file.
  tare create --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > /dev/null
  tare delete c1
  strace -o "$work/trace" -e trace=$place "$TARE" --root "$root" create --bundle "$bundle" --pid-file "$work/pid" c1 \
    < /dev/null > /dev/null
  tare delete c1
  number=$(awk -v text="$work/.pid" -v call=$place 'index($0, call "(") == 1 { n++
    if (call == "write" || index($0, text)) last = n } END { print last }' "$work/trace")
  rm "$work/pid"
  strace -o "$work/trace" -e trace=$place -e "inject=$place:signal=SIGKILL:when=$number" \
    "$TARE" --root "$root" create --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > /dev/null 2>&1 || true
  [ -e "$work/.pid" ] || fail "$place: not killed where it should be"
  tare delete --force c1
  [ ! -e "$work/.pid" ] || fail "$place: the unfinished file is left"
  rm -f "$work/pid"
  nothing_left
done
