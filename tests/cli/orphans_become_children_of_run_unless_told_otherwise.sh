#!/bin/bash
# prctl(2), PR_SET_CHILD_SUBREAPER, in the foreground. Seen where the container has no pid namespace of its own.
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "pid"))'
script '(sleep 100 & echo $! > /dev/shm/orphan)
  orphan=$(cat /dev/shm/orphan)
  until [ "$(awk "{print \$4}" /proc/$orphan/stat)" != "$$" ] || [ $((n = n + 1)) -gt 50 ]; do sleep 0.1; done
  awk "{print \$4}" /proc/$orphan/stat; kill $orphan'
parent_of_orphan() {  # OPTION...
  "$TARE" --root "$root" run "$@" --bundle "$bundle" c1 < /dev/null > "$work/parent" &
  runtime=$!
  wait $runtime
  cat "$work/parent"
}
parent=$(parent_of_orphan; echo "$runtime")
equal "$(head -n 1 <<< "$parent")" "$(tail -n 1 <<< "$parent")"
parent=$(parent_of_orphan --no-subreaper; echo "$runtime")
[ "$(head -n 1 <<< "$parent")" -gt 0 ]
[ "$(head -n 1 <<< "$parent")" != "$(tail -n 1 <<< "$parent")" ] || fail 'adopted in spite of --no-subreaper'
