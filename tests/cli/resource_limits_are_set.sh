#!/bin/bash
# Shows: rlimits-2, rlimits-3, rlimits-4
# All sixteen, by what the kernel says of the waiting process; names there are other ones.
. "$(dirname "$0")/lib.sh"

configure '.process.rlimits = [{type: "RLIMIT_NOFILE", soft: 100, hard: 200}, {type: "RLIMIT_CORE", soft: 0, hard: 0}]'
out=$(inside 'grep -E "^Max (open files|core file)" /proc/self/limits | tr -s " "')
has "$out" '^Max open files 100 200 '
has "$out" '^Max core file size 0 0 '

limits='{"AS": "address space", "CORE": "core file size", "CPU": "cpu time", "DATA": "data size", "FSIZE": "file size",
  "LOCKS": "file locks", "MEMLOCK": "locked memory", "MSGQUEUE": "msgqueue size", "NICE": "nice priority",
  "NOFILE": "open files", "NPROC": "processes", "RSS": "resident set", "RTPRIO": "realtime priority",
  "RTTIME": "realtime timeout", "SIGPENDING": "pending signals", "STACK": "stack size"}'
# Within what there is already: raising may need a privilege we lack.
hard_limit() { awk -v name="Max $1" 'index($0, name " ") == 1 { print substr($0, 48, 10) + 0 }' /proc/self/limits; }
expected=$(jq -r 'to_entries[] | "\(.key) \(.value)"' <<< "$limits" | while read -r type name; do
  hard=$(hard_limit "$name")
  if grep -q "^Max $name  *[^ ]* *unlimited" /proc/self/limits; then hard=18446744073709551615; fi
  soft=$((hard == 0 ? 0 : 8388607))
  if [ "$hard" != 18446744073709551615 ] && [ $soft -gt "$hard" ]; then soft=$hard; fi
  echo "$type $soft $hard $name"
done)
rlimits=$(while read -r type soft hard _; do
  echo "{\"type\": \"RLIMIT_$type\", \"soft\": $soft, \"hard\": $hard}"
done <<< "$expected" | paste -s -d ,)
# Not by jq, whose numbers are doubles.
configure '.process.rlimits = ["here"] | .process.args = ["/bin/true"]'
sed -i "s/\"here\"/${rlimits//\//}/" "$bundle/config.json"
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
while read -r type soft hard name; do
  line=$(grep "^Max $name  " "/proc/$(pid_of)/limits" | tr -s ' ')
  has "${line//unlimited/18446744073709551615}" "^Max $name $soft $hard " "$type"
done <<< "$expected"
equal "$(wc -l <<< "$expected")" 16
tare delete c1
