#!/bin/bash
# Shows: notify-11
. "$(dirname "$0")/lib.sh"

configure '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", listenerPath: $path, listenerMetadata: "m",
  syscalls: [{names: ["mkdir"], action: "SCMP_ACT_ERRNO"}]}' --arg path "$work/agent"
equal "$(inside 'echo no agent')" 'no agent'
start_other_agent closing
equal "$(inside 'echo not asked')" 'not asked'
equal "$(cat "$work/states")" ''
