#!/bin/bash
# Shows: uni-5, mem-5, mem-6, mem-7, cgnet-1, cgnet-2
# One line for each member, and the container is made.
. "$(dirname "$0")/lib.sh"
configure '.linux.resources = {
  memory: {kernel: 1000000, kernelTCP: 1000000, swappiness: 60, disableOOMKiller: true, useHierarchy: true},
  cpu: {realtimeRuntime: 1000, realtimePeriod: 10000},
  blockIO: {leafWeight: 100, weightDevice: [{major: 8, minor: 0, leafWeight: 10}]},
  network: {classID: 1048577, priorities: [{name: "lo", priority: 3}]}}'
script true
status 0 tare run --bundle "$bundle" c1
equal "$(grep -o 'linux.resources.*' "$work/err" | sort)" "$(sort << 'END'
linux.resources.memory.kernel exists on cgroup v1 only: ignored
linux.resources.memory.kernelTCP exists on cgroup v1 only: ignored
linux.resources.memory.swappiness exists on cgroup v1 only: ignored
linux.resources.memory.disableOOMKiller exists on cgroup v1 only: ignored
linux.resources.cpu.realtimeRuntime exists on cgroup v1 only: ignored
linux.resources.cpu.realtimePeriod exists on cgroup v1 only: ignored
linux.resources.blockIO.leafWeight exists on cgroup v1 only: ignored
linux.resources.blockIO.weightDevice[0].leafWeight exists on cgroup v1 only: ignored
linux.resources.network.classID exists on cgroup v1 only: ignored
linux.resources.network.priorities exists on cgroup v1 only: ignored
END
)"
