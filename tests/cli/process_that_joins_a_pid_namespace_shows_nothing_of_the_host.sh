#!/bin/bash
# CVE-2016-9962 and its like: a container with CAP_SYS_PTRACE watches the pid namespace that others join,
# see tests/witness/witness.cc. As many of 500 containers as fit in the time, at least 60. It may
# control those who come (ptrace(2)), and must gain nothing by it that it does not have. Every other container
# has a filter that notifies, loaded while all capabilities are there (notify-1): its helper is no neighbour.
. "$(dirname "$0")/lib.sh"

witness=$(witness_program)
echo secret > "$work/canary"
install -D "$witness" "$work/watching/rootfs/witness"
mkdir -p "$work/watching/rootfs/proc"
jq --arg canary "$work/canary" --arg t "$tag" '.process.args = ["/witness", $canary, "c0023"]
  | .process.noNewPrivileges = false | .linux.cgroupsPath = "/\($t)/watching"
  | .process.capabilities[] = ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE"]
  | .process.capabilities.bounding += ["CAP_KILL"]
  | .mounts |= map(select(.destination == "/proc")) | del(.linux.maskedPaths, .linux.readonlyPaths)' \
  "$bundle/config.json" > "$work/watching/config.json"

watch() {
  tare run --detach --bundle "$work/watching" watching < /dev/null > "$work/seen"
  pid=$(pid_of watching)
  eventually grep -q watching "$work/seen"
  renice -n -15 -p "$pid" > "$work/out"  # what it looks for is short-lived
}
stop_watching() {
  touch "$work/watching/rootfs/stop"
  eventually is_status stopped watching
  tare delete watching
  rm "$work/watching/rootfs/stop"
}
seen() { sed -n "s/^$1 //p" "$work/seen"; }

# The witness notices a process that does bring the host with it.
watch
timeout 2 nsenter --target "$pid" --pid sleep 1 3< / < /dev/null > /dev/null || true
stop_watching
for what in 'root leads to the host' 'cwd leads to the host' 'fd 3 leads to the host' \
  'exe /' 'seized with capabilities'; do
  grep -Eq "^finding: [0-9]+ $what" "$work/seen" || fail "the witness did not notice: $what ($(cat "$work/seen"))"
done

watch
configure '.linux.namespaces |= map(if .type == "pid" then .path = "/proc/\($p)/ns/pid" else . end)' --arg p "$pid"
variant() {  # WHICH: a bundle with the configuration of this moment
  mkdir "$work/$1"
  ln -s "$bundle/rootfs" "$work/$1/rootfs"
  jq --arg g "/$tag/$1" '.linux.cgroupsPath = $g' "$bundle/config.json" > "$work/$1/config.json"
}
one_after_another() {  # WHICH
  local i
  for i in $(seq 250); do
    if [ "$i" -gt 30 ] && [ $SECONDS -gt 40 ]; then break; fi
    tare create --bundle "$work/$1" "$1" < /dev/null > /dev/null
    tare delete --force "$1"
    echo >> "$work/joined"
  done
}
variant a
start_agent
notify mkdir
configure '.process.noNewPrivileges = false'
variant b
one_after_another a &
first=$!
one_after_another b
wait $first
equal "$(state_of watching)" running
stop_watching
led_out=$(grep '^finding:' "$work/seen" || true)
equal "$led_out" '' "after $(wc -l < "$work/joined") containers"
[ "$(seen tare-init)" -gt 60 ] || fail "it saw tare-init too rarely to say anything: $(cat "$work/seen")"
[ "$(seen fds)" -gt 0 ] && [ "$(seen seized)" -gt 0 ] || fail "it could not look: $(cat "$work/seen")"
say "$(wc -l < "$work/joined") containers: $(grep -v : "$work/seen" | tr '\n' ' ')"
