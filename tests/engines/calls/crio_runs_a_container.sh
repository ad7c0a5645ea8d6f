#!/bin/bash
# CRI-O: create and exec of probes by conmon, which names the root as one word; everything else by itself, in two
# words, with three variables; streaming exec in the foreground; a pid file that is there already, empty.
. "$(dirname "$0")/engine.sh"

root=$work/state/crio
conmon() { env --ignore-signal=PIPE setpriv --pdeathsig KILL "$TARE" "--root=$root" "$@"; }
crio() { env -i CRI_O_EXTERNAL=1 XDG_RUNTIME_DIR= PATH="$PATH" "$TARE" --root "$root" "$@"; }
process() {  # COMMAND of the shell: a process file
  jq -n --arg command "$1" '{cwd: "/", env: ["PATH=/bin"], args: ["sh", "-c", $command], user: {uid: 0, gid: 0}}' \
    > "$work/process.json"
}
ends_with() { local status=$1 got=0; shift; "$@" || got=$?; equal "$got" "$status" "status of $*"; }

# At start, both with their streams combined.
has "$(crio --version 2>&1 | head -n 1)" '^tare version [0-9]'
crio features 2>&1 | jq -e '(.ociVersionMin | length > 0) and (.ociVersionMax | length > 0) and
  (.mountOptions | index("rro") != null) and .linux.mountExtensions.idmap.enabled' > "$work/out"

script 'trap "exit 5" TERM; while :; do sleep 0.1; done'
conmon create --bundle "$bundle" --pid-file "$bundle/pidfile" c1 < /dev/null > "$work/said" 2>&1
quiet crio start c1
# Decoded over a structure of CRI-O's own: these names must not mean anything else.
crio state c1 2>&1 | jq -e '.status == "running" and (.created | test("^[0-9]{4}-.*Z$")) and
  ([.started, .finished, .exitCode, .oomKilled, .seccompKilled, .error, .initPid, .initStartTime,
    .checkpointedTime, .containerMonitorProcess] | all(. == null))' > "$work/out"

# ExecSync.
process 'echo probe; exit 0'
: > "$work/exec.pid"
conmon exec --pid-file "$work/exec.pid" --process "$work/process.json" --detach c1 < /dev/null > "$work/said" 2>&1
has "$(cat "$work/exec.pid")" '^[1-9][0-9]*$'
eventually grep -q probe "$work/said"
jq '.args = ["/no/such/program"]' "$work/process.json" > "$work/other.json"
: > "$work/exec.pid"
ends_with 255 conmon exec --pid-file "$work/exec.pid" --process "$work/other.json" --detach c1 < /dev/null > "$work/said" 2>&1
has "$(cat "$work/said")" 'no such file or directory'
equal "$(cat "$work/exec.pid" 2> /dev/null || true)" '' 'the pid of a process that was not started'

# Exec of a user who waits for its end.
process 'cat; exit 7'
equal "$(echo typed | ends_with 7 crio exec --process "$work/process.json" c1)" typed

# Resources on standard input.
equal "$(echo '{}' | crio update --resources - c1 2>&1)" ''
quiet crio pause c1
eventually is_status paused c1
quiet crio resume c1
quiet crio kill c1 15
eventually is_status stopped c1
ends_with 1 crio kill c1 KILL > "$work/said" 2>&1 < /dev/null
has "$(cat "$work/said")" 'container not running|no such process'
quiet crio kill -a c1 9
quiet crio delete --force c1
quiet crio delete --force c1
