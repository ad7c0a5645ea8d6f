#!/bin/bash
# --explain tells what a run does, step by step and with its origin, and does none of it.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

export HOME=$work/home
mkdir -p "$work/project" "$HOME"
cd "$work/project"
sandbox() { timeout 20 "$TARE" sandbox "$@"; }
echo '{"version": 1, "hostname": "policy", "files": [{"tmpfs": "/twice"}, {"tmpfs": "/once"}]}' > ../p.json
options=(--profile offline --policy ../p.json --tmpfs /twice -e A=1 --timeout 5s --hide /usr/share
  --ro-bind-try /nowhere /n --stdout out)

# Nothing is run and nothing is made.
before=$(cat /proc/self/mountinfo)
sandbox "${options[@]}" --explain=json touch ran > "$work/explained.json"
sandbox "${options[@]}" --explain touch ran > "$work/explained"
[ -z "$(ls -A)" ] || fail "there is $(ls -A)"
equal "$(cat /proc/self/mountinfo)" "$before"
[ -z "$(cgroups_left)" ] || fail 'a cgroup was made'
status 125 sandbox --explain=yaml true
has "$(cat "$work/err")" 'invalid value "yaml" for --explain'
status 125 sandbox --explain
explained() { jq -r "$1" "$work/explained.json"; }

# The steps are those that are executed.
sandbox "${options[@]}" true
"$TARE" --debug sandbox "${options[@]}" touch ran 2> "$work/log"
equal "$(grep -o 'tare-init: .*' "$work/log" | sed 's/^tare-init: //; s/"$//' | tr -d '\\"')" \
  "$(explained '.init[].what' | tr -d '\\"')"
[ "$(explained '.init | length')" -gt 50 ] || fail 'hardly a step'
equal "$(grep -Ec '^ *[0-9]+  ' "$work/explained")" "$(explained '(.init + .tare) | length')" 'as text'
equal "$(explained .policy_sha256)" "$(sandbox "${options[@]}" --print-policy | sha256sum | cut -d' ' -f1)"
equal "$(explained '.command | join(" ")')" 'touch ran'

# Each setting, place and step with its origin.
origin() { explained ".settings[] | select(.setting == \"$1\") | \"\(.value) \(.origin)\""; }
equal "$(origin hostname)" 'policy ../p.json: /hostname'
equal "$(origin inherit-env)" 'true profile offline: /inherit-env'
equal "$(origin timeout)" '5000ms --timeout'
equal "$(origin seccomp)" 'default default'
place() { explained ".places[] | select(.value == \"$1\" or .value[1]? == \"$1\") | \"\(.place) \(.origin) \(.left_out)\""; }
equal "$(place /usr)" 'ro-bind-try default false'
equal "$(place /twice)" $'tmpfs ../p.json: /files/0/tmpfs false\ntmpfs --tmpfs false'
equal "$(place "$PWD" | tail -n 1)" 'bind profile offline: /files/1/rw false'
equal "$(place /n)" 'ro-bind-try --ro-bind-try true'
step() { explained ".init[] | select(.what | test(\"$1\")) | .arguments.origin" | uniq; }
equal "$(step 'tmpfs at /twice$')" --tmpfs
equal "$(step 'masked path /usr/share')" --hide
equal "$(step '^hostname')" '../p.json: /hostname'
equal "$(step 'proc at /proc$')" default
equal "$(step ' at /n$')" ''
has "$(cat "$work/explained")" 'ro-bind-try /nowhere, /n  \(--ro-bind-try\): not there, left out'
has "$(cat "$work/explained")" 'hostname policy  \(../p.json: /hostname\)'

# What would see to each limit here: as the run has it.
limit() { sandbox "$@" --explain=json true | jq -r '.limits[] | "\(.limit) \(.enforced_by)"'; }
equal "$(limit --timeout 5s --max-output 1k --ulimit nofile=9)" \
  $'timeout supervisor\noutput supervisor\nulimit-nofile rlimit'
refused() { sandbox "$@" --explain=json true | jq -r .refused; }
for option in '--memory 64m' '--pids-limit 20' '--cpus 1' '--cpu-time 5s'; do
  run=0
  # shellcheck disable=SC2086  # words
  sandbox $option true > /dev/null 2>&1 || run=$?
  # shellcheck disable=SC2086  # words
  why=$(refused $option)
  if [ $run = 0 ]; then equal "$why" null "$option"; else equal "$run" 125; has "$why" '^the limits: .*(cgroup|controller)'; fi
  # shellcheck disable=SC2086  # words
  equal "$(refused $option --limits best-effort)" null
done
