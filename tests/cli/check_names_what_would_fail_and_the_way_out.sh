#!/bin/bash
# Shows: root-3, cg-2, ns-4, hooks-2, hooks-3, huge-2, err-1
# One class of trouble after the other: the member, what is wrong, what to do; and create fails indeed.
. "$(dirname "$0")/lib.sh"

script true
good=$(cat "$bundle/config.json")

# would_fail FILTER POINTER WHAT REMEDY: a finding has all three, check exits with 1, create fails too.
would_fail() {
  local json got=0
  printf '%s' "$good" | jq "$1" > "$bundle/config.json"
  json=$(tare check --json "$bundle") || got=$?
  equal $got 1 "$1"
  jq -e --arg p "$2" --arg w "$3" --arg r "$4" '.ok == false and any(.findings[];
    .severity == "error" and .pointer == $p and (.what | test($w)) and (.remedy | test($r)))' <<< "$json" > /dev/null ||
    fail "$1: got $(jq -c .findings <<< "$json")"
  jq -e 'all(.findings[]; .remedy != "" and .name != "")' <<< "$json" > /dev/null || fail "$1: no remedy"
  has "$(tare check "$bundle" || true)" '^error: '
  if tare create --bundle "$bundle" c1 2> /dev/null; then fail "$1: was created nevertheless"; fi
}

would_fail '.process.cwd = "relative"' /process/cwd absolute 'runtime-spec, config.md, Process'
would_fail '.hostname = 5' /hostname 'expected a string' 'runtime-spec'
would_fail '.root.path = "nowhere"' /root/path 'there is no' 'unpack'
would_fail '.process.args = ["nothing"]' /process/args/0 'not in the root file system' 'PATH'
would_fail '.process.args = ["/bin/nothing"]' /process/args/0 'not in the root' 'install'
would_fail '.mounts += [{destination: "/mnt", source: "/nowhere", options: ["bind"]}]' /mounts/5/source 'not there' 'make it'
would_fail '.mounts += [{destination: "/mnt", source: "x", type: "nosuchfs"}]' /mounts/5/type 'no file system' 'module'
would_fail '.hooks.createRuntime = [{path: "/nowhere/hook"}]' /hooks/createRuntime/0/path 'there is no' 'install'
would_fail '.hooks.createContainer = [{path: "/nowhere/hook"}]' /hooks/createContainer/0/path 'there is no' 'install'
would_fail '.linux.namespaces[0].path = "/proc/self/ns/uts"' /linux/namespaces/0/path 'not a pid' '/proc/PID/ns/pid'
would_fail '.linux.namespaces += [{type: "user"}] | .linux.uidMappings = [{containerID: 0, hostID: 5, size: 1}]
  | .linux.gidMappings = .linux.uidMappings | .process.user.uid = 7' /process/user/uid 'not mapped' uidMappings
would_fail '.linux.namespaces |= (map(select(.type != "network")) + [{type: "user"}])
  | .linux.uidMappings = [{containerID: 0, hostID: 0, size: 9}] | .linux.gidMappings = .linux.uidMappings' \
  /mounts/4 'network namespace' 'bind the host'
would_fail '.process.rlimits = [{type: "RLIMIT_NOFILE", soft: 1, hard: 9000000000}]' /process/rlimits/0 RLIMIT_NOFILE fs.nr_open
would_fail '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", architectures: ["SCMP_ARCH_LOONGARCH64"],
  syscalls: [{names: ["read"], action: "SCMP_ACT_LOG"}]}' /linux/seccomp . .
would_fail '.linux.sysctl = {"net.no_such_thing": "1"}' /linux/sysctl/net.no_such_thing 'no such parameter' module
would_fail '.linux.resources.hugepageLimits = [{pageSize: "3MB", limit: 0}]' \
  /linux/resources/hugepageLimits/0/pageSize 3MB .
[ "$(cat /sys/module/apparmor/parameters/enabled 2> /dev/null)" = Y ] ||
  would_fail '.process.apparmorProfile = "some"' /process/apparmorProfile 'not enabled' 'leave'
for controller in memory pids; do
  grep -qw $controller "$cgroup_mount/cgroup.controllers" ||
    would_fail ".linux.resources.$controller.limit = 50000000" "/linux/resources/$controller/limit" \
      "$controller controller" 'remove the limit'
done

# The cgroup: one with processes, and one that cannot give its controllers on.
mkdir -p "$cgroup_mount/$tag/c1"
sleep 1000 &
echo $! > "$cgroup_mount/$tag/c1/cgroup.procs"
would_fail . /linux/cgroupsPath 'has processes already' 'choose another'
read -r controller _ < "$cgroup_mount/cgroup.controllers"
if [ "$controller" = hugetlb ]; then
  echo +hugetlb > "$cgroup_mount/cgroup.subtree_control"
  would_fail ".linux.cgroupsPath = \"/$tag/c1/x\" | .linux.resources.hugepageLimits = [{pageSize: \"2MB\", limit: 0}]" \
    /linux/resources 'has processes of its own|does not reach' .
fi
kill %1
wait || true
rmdir "$cgroup_mount/$tag/c1" "$cgroup_mount/$tag"
nothing_left
