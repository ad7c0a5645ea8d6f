#!/bin/bash
# Its helper leaks the write ends of its pipes as 3, 4 and 7 to 13 and waits for their end; it asks for
# the state ten times a second and deletes without --force.
. "$(dirname "$0")/engine.sh"

default_root
cd "$bundle" || exit
inheritance 2
mkfifo "$work/leaked"
cat "$work/leaked" > "$work/nothing" &
reader=$!
leaked=$work/leaked
LOGLEVEL=4 "$TARE" create --bundle "$bundle" --pid-file "$bundle/pid" c1 < /dev/null > "$work/said" 2>&1 \
  3> "$leaked" 4> "$leaked" 7> "$leaked" 8> "$leaked" 9> "$leaked" 10> "$leaked" 11> "$leaked" 12> "$leaked" 13> "$leaked"
wait $reader  # while the container waits
quiet "$TARE" start c1
statuses=
while :; do
  status=$("$TARE" state c1 | jq -r .status)
  case $status in created | running | stopped) ;; *) fail "status $status" ;; esac
  statuses+="$status "
  [ "$status" != stopped ] || break
  sleep 0.1
done
has "$statuses" '^(created )*(running )+stopped $'
inherited_nothing "$work/said"
quiet "$TARE" delete c1

inheritance 9
"$TARE" create --bundle "$bundle" --pid-file "$bundle/pid" c1 < /dev/null > "$work/said" 2>&1
quiet "$TARE" start c1
eventually said "$work/said"
quiet "$TARE" kill c1
eventually is_status stopped c1
quiet "$TARE" delete c1
umount /run
mounts_before=$(cat /proc/self/mountinfo)
