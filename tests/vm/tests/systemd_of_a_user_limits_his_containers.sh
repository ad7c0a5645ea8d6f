# An ordinary user's own systemd gives him real limits, from whatever session he calls, and with an environment
# of nothing but XDG_RUNTIME_DIR, or of nothing at all.
. "$(dirname "$0")/../lib.sh"
rootless_bundle 'cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/memory.max
  dd if=/dev/zero of=/dev/null bs=64M count=1; echo $?' \
  '.linux.resources = {pids: {limit: 25}, memory: {limit: 16777216}}'
CGROUP=$CGROUP_ROOT/user.slice/user-1000.slice/user@1000.service/user.slice/tare-c.scope
as_tester() { runuser -u tester -- env -i "$@"; }

capture as_tester XDG_RUNTIME_DIR=/run/user/1000 PATH="$PATH" "$RUNTIME" --root "$STATE" --systemd-cgroup \
  run --bundle "$BUNDLE" c
equal "exit status ($OUTPUT)" "$STATUS" 0
equal "limits and what happens beyond them" "$(grep -v -i killed <<<"$OUTPUT" | paste -sd' ')" "25 16777216 137"
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
if is_runc; then exit 0; fi

edit_config '.process.args = ["sleep", "1000"]'
chown tester: "$BUNDLE/config.json"
for environment in XDG_RUNTIME_DIR=/run/user/1000 XDG_RUNTIME_DIR= ; do
  as_tester "$environment" PATH="$PATH" "$RUNTIME" --root "$STATE" --systemd-cgroup create --bundle "$BUNDLE" c \
    </dev/null >"$WORK/output" 2>&1 || fail "create: $(cat "$WORK/output")"
  equal pids.max "$(limit pids.max)" 25
  equal "what is in it" "$(cat "$CGROUP/cgroup.procs")" "$(as_tester "$RUNTIME" --root "$STATE" state c | jq .pid)"
  as_tester "$environment" "$RUNTIME" --root "$STATE" start c
  as_tester "$environment" "$RUNTIME" --root "$STATE" delete --force c
  [ ! -e "$CGROUP" ] || fail "the cgroup is left"
done

# As an engine's root of a user namespace: the same manager.
edit_config 'del(.linux.resources) | .linux.namespaces |= map(select(.type != "user"))
  | del(.linux.uidMappings, .linux.gidMappings)'
chown tester: "$BUNDLE/config.json"
capture as_tester XDG_RUNTIME_DIR=/run/user/1000 PATH="$PATH" unshare --user --map-root-user --map-auto --mount \
  sh -c '"$0" --root "$1" --systemd-cgroup create --bundle "$2" c && cat "$3/cgroup.procs" &&
    "$0" --root "$1" delete --force c' "$RUNTIME" "$STATE" "$BUNDLE" "$CGROUP"
equal "exit status ($OUTPUT)" "$STATUS" 0
contains "what is in it" "$OUTPUT" '^[1-9]'
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
