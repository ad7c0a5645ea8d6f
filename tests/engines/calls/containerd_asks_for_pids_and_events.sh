#!/bin/bash
# go-runc: ps, list and events, whose output it decodes with standard error mixed in, and what it does to
# containers that are gone.
. "$(dirname "$0")/engine.sh"

root=$work/state/default
shim() { setpriv --pdeathsig KILL "$TARE" --root "$root" --log "$bundle/log.json" --log-format json "$@" 2>&1 < /dev/null; }
failed() {  # PATTERN CALL...
  local pattern=$1 text
  shift
  if text=$(shim "$@"); then fail "succeeded: $*"; fi
  has "$text" "$pattern"
}

script 'sleep 1000 & wait'
shim create --bundle "$bundle" --pid-file "$bundle/init.pid" c1 > /dev/null 3< /
quiet shim start c1
two() { [ "$(shim ps --format json c1 | jq length)" = 2 ]; }
eventually two
# As []int.
equal "$(shim ps --format json c1 | jq -c 'map(type) | unique')" '["number"]'
equal "$(shim ps --format json c1 | jq --argjson pid "$(cat "$bundle/init.pid")" 'index($pid) != null')" true
# Top: the table by lines and columns, "ps" with options of its own.
equal "$(shim ps --format table c1 -o pid,cmd | awk 'NR > 1 { print $1 }' | sort)" \
  "$(shim ps --format json c1 | jq '.[]' | sort)"

# As []*Container, whose "created" is a time.
equal "$(shim list --format=json | jq -c '.[] | [.id, .status, .bundle, (.pid | type), .owner]')" \
  "[\"c1\",\"running\",\"$bundle\",\"number\",\"root\"]"
has "$(shim list --format=json | jq -r '.[].created')" '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{9}Z$'

# Stats: the first document of the output. Events: a stream, its interval in seconds; ended by the caller.
types() { jq -ce '[.type, .id, (.data.cpu.usage | .kernel, .user | type), (.data.pids.current | type),
  (.data.memory.usage.limit | type), (.data.hugetlb | type), (.data.intel_rdt | type)]'; }
expected='["stats","c1","number","number","number","number","object","object"]'
equal "$(shim events --stats c1 | types)" "$expected"
mkfifo "$work/events"
shim events --interval=1s c1 > "$work/events" &
watcher=$!
exec 7< "$work/events"
read -r line <&7
equal "$(types <<< "$line")" "$expected"
shim kill c1 9
wait $watcher
equal "$(cat <&7)" '' 'the stream after the end of the container'
exec 7<&-
eventually is_status stopped c1

# Stopped, and then gone.
equal "$(shim ps --format json c1)" '[]'
quiet shim kill --all c1 9
failed 'container not running' kill c1 9
failed 'container with id c1 is not running' events --stats c1
quiet shim delete c1
quiet shim delete --force c1
quiet shim delete --force never-was
for call in 'ps --format json' 'events --stats' 'kill' 'delete' 'state'; do
  # shellcheck disable=SC2086  # words
  failed 'container does not exist' $call c1
done
equal "$(shim list --format=json)" null
