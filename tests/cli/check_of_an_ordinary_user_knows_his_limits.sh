#!/bin/bash
# Ids that are not granted, no user namespace, a cgroup that is not his: each with the way out.
. "$(dirname "$0")/lib.sh"

script true
without=$(cat "$bundle/config.json")
ordinary_user
good=$(cat "$bundle/config.json")
would_fail() {  # FILTER POINTER WHAT REMEDY
  local json got=0
  printf '%s' "$good" | jq "$1" > "$bundle/config.json"
  json=$(user_tare check --json "$bundle") || got=$?
  equal $got 1 "$1"
  jq -e --arg p "$2" --arg w "$3" --arg r "$4" 'any(.findings[];
    .severity == "error" and .pointer == $p and (.what | test($w)) and (.remedy | test($r)))' <<< "$json" > /dev/null ||
    fail "$1: got $(jq -c .findings <<< "$json")"
}
would_fail '.linux.uidMappings += [{containerID: 1, hostID: 200000, size: 10}]' \
  /linux/uidMappings/1 'not granted to tester in /etc/subuid' 'usermod --add-subuids 200000-200009 tester'
would_fail '.linux.gidMappings = [{containerID: 0, hostID: 0, size: 1}]' \
  /linux/gidMappings/0 'not granted to tester in /etc/subgid' 'usermod --add-subgids 0-0 tester'
would_fail '.linux.cgroupsPath = "/x/y"' /linux/cgroupsPath 'may not make a cgroup' 'Delegate=yes'
would_fail '.process.rlimits = [{type: "RLIMIT_CORE", soft: 0, hard: 0}, {type: "RLIMIT_NICE", soft: 40, hard: 40}]' \
  /process/rlimits/1 'may not set RLIMIT_NICE' 'higher'
would_fail '.process.oomScoreAdj = -900' /process/oomScoreAdj 'may not set' 'CAP_SYS_RESOURCE'
good=$without
would_fail 'del(.linux.cgroupsPath)' /linux/namespaces 'needs a user namespace' 'tare spec --rootless'
# Granted ids are fine.
printf '%s' "$without" | jq --argjson u $user_id --argjson s $sub_ids 'del(.linux.cgroupsPath)
  | .linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}, {containerID: 1, hostID: $s, size: 100}]
  | .linux.gidMappings = .linux.uidMappings' > "$bundle/config.json"
user_tare check "$bundle" > "$work/out" || fail "$(cat "$work/out")"
user_tare run --bundle "$bundle" c1
