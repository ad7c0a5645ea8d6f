#!/bin/bash
# Over what engines really send, adjusted to this host: whatever check lets pass is created, and what
# it refuses is not.
. "$(dirname "$0")/lib.sh"

# New namespaces stand in for those that the files name.
stand_ins=()
for type in pid network ipc uts mount cgroup user time; do stand_ins+=("namespace:$type=/proc/self/ns/none"); done
checked=0
for captured in "$source_root"/tests/bundles/engines/*.json; do
  name=$(basename "$captured" .json)
  case $name in *-process | *-resources | podman-rootless*) continue ;; esac
  owner=$(jq '[.linux.uidMappings // [] | .[] | select(.containerID == 0).hostID] | first // empty' "$captured")
  rm -rf "$bundle/config.json" "$work/hooks"
  python3 "$source_root/tests/engines/adjust.py" "$captured" "$work" "$tag" "${stand_ins[@]}" ${owner:+"owner=$owner"} > /dev/null
  configure '.process.terminal = false | del(.linux.namespaces[].path)'
  good=$(cat "$bundle/config.json")
  # As it is, and with one thing wrong.
  for change in . '.process.args[0] = "/nowhere/program"' '.mounts += [{destination: "/m", type: "nosuchfs", source: "x"}]' \
      '.linux.namespaces += [{type: "user"}] | .linux.namespaces |= unique_by(.type)'; do
    printf '%s' "$good" | jq "$change" > "$bundle/config.json"
    verdict=0 result=0
    tare check "$bundle" > "$work/verdict" || verdict=$?
    tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err" || result=$?
    [ $result = 1 ] || tare delete --force c1
    [ $verdict = $result ] ||
      fail "$name, $change: check said $(cat "$work/verdict"), create exited with $result: $(cat "$work/err")"
    checked=$((checked + 1))
  done
done
[ $checked -ge 80 ] || fail "only $checked were compared"
