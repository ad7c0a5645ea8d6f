#!/bin/bash
# What each profile is for, and what it keeps.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

export HOME=$work/home
mkdir -p "$work/project/.git/hooks" "$HOME/.tools"
echo config > "$work/project/.git/config"
echo key > "$HOME/.secret"
cd "$work/project"
sandbox() { timeout 20 "$TARE" sandbox "$@"; }
only_loopback='ls /sys/class/net 2> /dev/null; cut -d: -f1 -s /proc/net/dev | tr -d " "'

# build: the project may be written and nothing else of the host; everybody's environment is the same.
SECRET=1 sandbox --profile build -- sh -c 'echo made > out; echo $SECRET $LANG $TZ > env; uname -n >> env; ls -a '"$HOME"' > home 2>&1 ||
  echo hidden >> home'
equal "$(cat out)" made
equal "$(cat env)" $'C.UTF-8 UTC\nbuild'
lacks "$(cat home)" secret
equal "$(sandbox --profile build -- sh -c "$only_loopback")" lo

# offline: the caller's environment and tools, but no network.
SECRET=1 sandbox --profile offline -- sh -c 'cat $HOME/.secret; echo $SECRET; touch here; touch $HOME/x' > "$work/out" 2> "$work/err" ||
  has "$(cat "$work/err")" 'Read-only'
equal "$(cat "$work/out")" $'key\n1'
[ -e here ] || fail 'the current directory is not writable'
[ ! -e "$HOME/x" ] || fail 'the home is writable'
equal "$(sandbox --profile offline -- sh -c "$only_loopback")" lo

# agent: a workspace, whose hooks and settings of git stay as they are, under any name.
sandbox --profile agent -- sh -c '
  echo work > result
  echo evil > .git/hooks/pre-commit
  echo evil >> .git/config
  mv .git .old && mkdir -p .git/hooks && echo evil > .git/hooks/pre-commit
  rm -rf .git
  cat '"$HOME"'/.secret' > "$work/agent" 2>&1 || true
equal "$(cat result)" work
equal "$(cat .git/config)" config
[ -z "$(ls -A .git/hooks)" ] || fail 'a hook was written'
lacks "$(cat "$work/agent")" key
sandbox --profile agent --json fd:9 true 9> "$work/result"
equal "$(jq .outcome "$work/result")" '"exited"'
status 137 sandbox --profile agent --max-output 10 --json "$work/result" yes
equal "$(jq .outcome "$work/result")" '"output-limit"'

# judge: limits that are really asked for; here only those that need no cgroup, whatever this host has.
judge=$(sandbox --profile judge --print-policy)
equal "$(jq -c '[.memory, ."pids-limit", ."cpu-time", .timeout, ."max-output", .limits, .network, .seccomp]' <<< "$judge")" \
  '[268435456,64,"10000ms","20000ms",16777216,"strict","none","strict"]'
jq 'del(.memory, ."pids-limit", ."cpu-time")' <<< "$judge" > "$work/judge.json"
echo secret > answer
status 2 sandbox --policy "$work/judge.json" -- sh -c 'echo x > answer'
equal "$(cat answer)" secret
equal "$(sandbox --policy "$work/judge.json" -- python3 -c 'import socket
try: socket.socket()
except PermissionError: print("refused")')" refused
status 124 sandbox --policy "$work/judge.json" --timeout 200ms --json "$work/result" sleep 10
equal "$(jq -r .outcome "$work/result")" timeout
