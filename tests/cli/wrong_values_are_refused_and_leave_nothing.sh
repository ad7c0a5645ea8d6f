#!/bin/bash
# Shows: gen-5, err-1, lc-2, op-create-6, bundle-2, ver-1, ver-2, ver-6, root-1, mounts-4, ns-7,
# Shows: ns-8, prop-5, mask-2, ro-2, sec-1, sec-4, sec-5,
# Shows: sec-6, sec-7, dev-4, dev-6, cgdev-2
# Each of these is a MUST of the specification or something the kernel would refuse half-way.
. "$(dirname "$0")/lib.sh"

while read -r filter pattern; do
  plain_config > "$bundle/config.json"
  configure "$filter"
  refused "$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
del(.ociVersion) ociVersion
.ociVersion="" ociVersion
.ociVersion="9.9.9" ociVersion
.ociVersion="1.0" ociVersion
del(.root) root
.root.path="" root
.root.path="/nonesuch" nonesuch
.process.args=[] args
del(.process.args) args
.process.cwd="" cwd
.process.cwd="relative" cwd
del(.process.cwd) cwd
.process.capabilities.ambient=["CAP_SYS_ADMIN"]|.process.oomScoreAdj=1001 oomScoreAdj
.process.oomScoreAdj=-1001 oomScoreAdj
.linux.namespaces[0].type="nonesuch" nonesuch
.linux.namespaces+=[{type:"pid"}] namespaces
.linux.uidMappings=[{containerID:0,hostID:0,size:1}] user
.linux.namespaces+=[{type:"user"}]|.linux.uidMappings=[{containerID:0,hostID:0,size:0}] uidMappings
.linux.namespaces+=[{type:"user"}] [mM]apping
.linux.timeOffsets={monotonic:{secs:1}} time
.linux.rootfsPropagation="sideways" sideways
.linux.seccomp={defaultAction:"SCMP_ACT_NONESUCH"} SCMP_ACT_NONESUCH
.linux.seccomp={defaultAction:"SCMP_ACT_ALLOW",syscalls:[{names:["write"],action:"SCMP_ACT_KILL",errnoRet:1}]} errnoRet
.linux.seccomp={defaultAction:"SCMP_ACT_NOTIFY"} NOTIFY
.linux.devices=[{path:"/dev/x",type:"q",major:1,minor:3}] devices
.linux.devices=[{path:"relative",type:"c",major:1,minor:3}] devices
.process.scheduler={policy:"SCHED_NONESUCH"} SCHED_NONESUCH
.process.ioPriority={class:"NONESUCH",priority:1} NONESUCH
.linux.personality={domain:"NONESUCH"} NONESUCH
.linux.maskedPaths=["relative"] maskedPaths
.linux.readonlyPaths=["relative"] readonlyPaths
.mounts+=[{destination:""}] mounts
.mounts+=[{type:"tmpfs"}] /mounts/5/destination
.linux.resources={devices:[{type:"c",major:1,minor:3,access:"r"}]} /linux/resources/devices/0/allow
.linux.devices=[{path:"/dev/x",type:"c",major:1}] /linux/devices/0/minor
.linux.seccomp={defaultAction:"SCMP_ACT_ALLOW",architectures:["x86"]} /linux/seccomp/architectures/0
.linux.seccomp={defaultAction:"SCMP_ACT_ALLOW",flags:["LOG"]} /linux/seccomp/flags/0
.linux.seccomp={defaultAction:"SCMP_ACT_ALLOW",syscalls:[{names:[],action:"SCMP_ACT_KILL"}]} /linux/seccomp/syscalls/0/names
.linux.seccomp={defaultAction:"SCMP_ACT_ALLOW",defaultErrnoRet:1} /linux/seccomp/defaultErrnoRet
.process.apparmorProfile="nonesuch-profile" [aA]pp[aA]rmor
.process.selinuxLabel="system_u:system_r:nonesuch_t:s0" [sS][eE][lL]inux
.linux.resources={unified:{"../x":"1"}} unified
.linux.resources={memory:{limit:1000,swap:500}} memory
END
