#!/bin/bash
# CVE-2016-9962, CVE-2019-5736: a container with CAP_SYS_PTRACE looks at everybody who comes into its pid
# namespace, see tests/witness/witness.cc, and may take control of them. It must gain nothing that it does not
# have; the other round with a filter that notifies, loaded while all capabilities are there.
. "$(dirname "$0")/lib.sh"

witness=$(witness_program)
echo secret > "$work/canary"
cp "$witness" "$bundle/rootfs/witness"
configure '.process.args = ["/witness", $canary, "c0023"] | .process.noNewPrivileges = false
  | .process.capabilities[] = ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE"]
  | del(.linux.maskedPaths, .linux.readonlyPaths)' --arg canary "$work/canary"
seen() { sed -n "s/^$1 //p" "$work/seen"; }
start_agent
for filter in none notifying; do
  [ $filter = none ] || notify mkdir
  tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/seen"
  eventually grep -q watching "$work/seen"
  renice -n -15 -p "$(pid_of)" > "$work/out"
  for i in $(seq 150); do
    if [ "$i" -gt 40 ] && [ $SECONDS -gt 25 ]; then break; fi
    # Looked up inside, and not there. One that was taken over may die instead.
    tare exec c1 /nope < /dev/null > /dev/null 2>&1 || true
  done
  touch "$bundle/rootfs/stop"
  eventually is_status stopped c1
  tare delete c1
  rm "$bundle/rootfs/stop"
  equal "$(grep '^finding:' "$work/seen" || true)" '' "$filter"
  [ "$(seen tare-init)" -gt 20 ] || fail "it saw tare-init too rarely to say anything: $(cat "$work/seen")"
  [ "$(seen fds)" -gt 0 ] && [ "$(seen seized)" -gt 0 ] || fail "it could not look: $(cat "$work/seen")"
  SECONDS=0
done
