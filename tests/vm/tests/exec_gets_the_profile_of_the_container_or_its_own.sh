# A process file without a profile does not unconfine; --apparmor names another one.
. "$(dirname "$0")/../lib.sh"
profile tare-container
profile tare-other
bundle 'sleep 1000' '.process.apparmorProfile = "tare-container"'
launch
label() { capture runtime exec "$@"; printf '%s' "$OUTPUT"; }
equal "of a command" "$(label c cat /proc/self/attr/apparmor/current)" 'tare-container (enforce)'
equal "asked for" "$(label --apparmor tare-other c cat /proc/self/attr/apparmor/current)" 'tare-other (enforce)'
echo '{"cwd": "/", "env": ["PATH=/bin"], "args": ["cat", "/proc/self/attr/apparmor/current"], "user": {"uid": 0, "gid": 0}}' \
  > "$WORK/process.json"
equal "of a process file" "$(label --process "$WORK/process.json" c)" 'tare-container (enforce)'
capture runtime exec --apparmor tare-missing c true
equal "status without the profile" "$STATUS" 255
contains "message" "$OUTPUT" 'tare-missing'
