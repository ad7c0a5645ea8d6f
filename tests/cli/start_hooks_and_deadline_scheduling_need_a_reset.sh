#!/bin/bash
# A process of that policy cannot fork, and hooks are forked.
. "$(dirname "$0")/lib.sh"

configure '.process.scheduler = {policy: "SCHED_DEADLINE", runtime: 2000000, deadline: 10000000}
  | .hooks = {startContainer: [{path: "/bin/sh", args: ["sh", "-c", "echo hooked > /tmp/hooked"]}]}'
refused '/process/scheduler/flags: SCHED_DEADLINE needs SCHED_FLAG_RESET_ON_FORK for startContainer hooks' \
  tare create --bundle "$bundle" c1
nothing_left
configure '.process.scheduler.flags = ["SCHED_FLAG_RESET_ON_FORK"]'
equal "$(inside 'cat /tmp/hooked')" hooked
