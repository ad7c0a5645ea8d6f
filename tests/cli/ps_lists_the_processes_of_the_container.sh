#!/bin/bash
# As JSON: host pids on one line. Engines read standard error with it, so nothing else is said.
. "$(dirname "$0")/lib.sh"

script 'sleep 1000 & sleep 1000 & wait'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare ps --format json c1 2>&1)" "[$(pid_of)]" created
tare start c1
in_cgroup() { sort -n "$cgroup_mount/$tag/c1/cgroup.procs" | paste -sd,; }
three() { [ "$(tare ps -f json c1 | jq length)" = 3 ]; }
eventually three
equal "$(tare ps --format=json c1 2>&1)" "[$(in_cgroup)]"

# The whole subtree.
mkdir "$cgroup_mount/$tag/c1/below"
echo "$(pid_of)" > "$cgroup_mount/$tag/c1/below/cgroup.procs"
equal "$(tare ps -f json c1 | jq length)" 3
has "$(tare ps -f json c1)" "[[,]$(pid_of)[],]"

tare kill c1 KILL
eventually is_status stopped c1
equal "$(tare ps --format json c1 2>&1)" '[]' stopped
equal "$(tare ps c1 2>&1 | wc -l)" 1 'heading alone'
tare delete c1
refused '^container does not exist$' tare ps -f json c1
