# An update without the option changes the unit's properties with the files, so that a reload keeps the new
# limits; a device that is allowed later can be used, whatever systemd was told at first.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'mknod /tmp/kmsg c 1 11; until [ -e /tmp/go ]; do sleep 0.1; done
  if (exec 3</tmp/kmsg) 2>/dev/null; then echo opened; else echo refused; fi; exec sleep 1000' '
  .process.capabilities = (["CAP_MKNOD", "CAP_SYSLOG"] | {bounding: ., effective: ., permitted: .})
  | .linux.resources = {memory: {limit: 67108864}, pids: {limit: 50},
    devices: [{allow: false, access: "rwm"}]}'
launch
runtime update --pids-limit 20 --memory 33554432 --cpu-quota 20000 c
equal "TasksMax" "$(property TasksMax)" 20
equal "MemoryMax" "$(property MemoryMax)" 33554432
equal "CPUQuotaPerSecUSec" "$(property CPUQuotaPerSecUSec)" 200ms
systemctl daemon-reload
equal "pids.max, memory.max and cpu.max" "$(limit pids.max) $(limit memory.max) $(limit cpu.max)" \
  "20 33554432 20000 100000"
# systemd knows whole steps of 10 ms per second; the file says the same as the unit.
runtime update --cpu-quota 20500 c
equal "CPUQuotaPerSecUSec of an odd quota" "$(property CPUQuotaPerSecUSec)" 210ms
equal "cpu.max of an odd quota" "$(limit cpu.max)" '21000 100000'
if is_runc; then exit 0; fi

echo '{"devices": [{"allow": false, "access": "rwm"}, {"allow": true, "type": "c", "major": 1, "minor": 11,
  "access": "r"}]}' | runtime update --resources - c
touch "/proc/$(runtime state c | jq .pid)/root/tmp/go"
wait_for grep -q . "$WORK/output"
equal "the device" "$(cat "$WORK/output")" opened

# What fails changes nothing for systemd either.
refused . runtime update --resources - c <<<'{"pids": {"limit": 10}, "unified": {"memory.max": "nonsense"}}'
equal "TasksMax after a failure" "$(property TasksMax)" 20
