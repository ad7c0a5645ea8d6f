#!/bin/bash
# One request a line, one result a line.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

cd "$work"
batch() { timeout 60 "$TARE" sandbox --batch "$@" > results; }
# of ID FILTER
of() { jq -rc "select(.id == $1) | $2" results; }

echo input > in
batch --env FROM=base << 'END'
{"id": "hello", "args": ["sh", "-c", "echo hello $FROM; echo error >&2; exit 3"]}
{"args": ["sleep", "1000"], "timeout": "100ms"}
{"id": ["any", "value"], "args": ["cat"], "stdin": "in", "stdout": "out.txt"}

this is no request
{"id": "unknown", "args": ["true"], "no-such-setting": 1}
{"id": "missing"}
{"id": "not found", "args": ["no-such-program"]}
{"id": "much", "args": ["yes"], "max-output": 10}
{"id": "own", "args": ["sh", "-c", "echo $FROM"], "env": "FROM=request"}
{"id": "last", "args": ["true"]}
END
equal "$(jq -rc .id results | paste -sd ' ')" 'hello 2 ["any","value"] 4 unknown missing not found much own last'
equal "$(of '"hello"' '[.outcome, .exit_code, .output.stdout, .output.stderr, .schema]')" \
  '["exited",3,"hello base\n","error\n","tare.sandbox.result/1"]'
equal "$(of 2 '[.outcome, .limits_hit]')" '["timeout",["timeout"]]'
equal "$(of '["any","value"]' '[.outcome, .output.stdout]')" '["exited",null]'
equal "$(cat out.txt)" input
for id in 4 '"unknown"' '"missing"'; do
  equal "$(of "$id" '[.outcome, .error.stage]')" '["setup-failed","request"]'
done
has "$(of '"unknown"' .error.message)" '/no-such-setting'
equal "$(of '"not found"' '[.outcome, .error.errno]')" '["exec-failed","ENOENT"]'
equal "$(of '"much"' '[.outcome, .output.stdout, .output.truncated]')" '["output-limit","y\ny\ny\ny\ny\n",true]'
equal "$(of '"own"' .output.stdout)" request

# What is kept of an output has an end, and the command goes on.
echo '{"args": ["sh", "-c", "head -c 3000000 /dev/zero | tr \"\\0\" x; echo done >&2"]}' | batch
equal "$(jq -c '[.outcome, (.output.stdout | length), .output.truncated, .output.stderr]' results)" \
  '["exited",1048576,true,"done\n"]'

# --- in the order of the requests, or as they end; so many at once
requests() {
  for time in 0.6 0.3 0.05; do echo "{\"id\": $time, \"args\": [\"sleep\", \"$time\"]}"; done
}
requests | batch --jobs 3
equal "$(jq .id results | paste -sd ' ')" '0.6 0.3 0.05'
requests | batch --jobs 3 --unordered
equal "$(jq .id results | paste -sd ' ')" '0.05 0.3 0.6'
requests | batch --jobs 1 --unordered
equal "$(jq .id results | paste -sd ' ')" '0.6 0.3 0.05'

# Sandboxes are made ahead, but no more commands run at once than were asked for.
mkdir runs
for i in $(seq 8); do
  echo '{"args": ["sh", "-c", "mine=$(mktemp -p runs); ls runs | wc -l; sleep 0.2; rm $mine"]}'
done | batch --jobs 2 --rw runs --workdir "$work"
equal "$(jq -r .output.stdout results | grep . | sort -n | uniq | tail -n 1)" 2
# One at a time, and the next may need what the one before has made.
{
  echo '{"args": ["sh", "-c", "sleep 0.2; echo made > runs/made"]}'
  echo '{"args": ["cat", "/given"], "files": [{"ro-bind": ["runs/made", "/given"]}]}'
} | batch --jobs 1 --rw runs --workdir "$work"
equal "$(of 2 .output.stdout)" made

# … also where it is the batch's own options that name it.
{
  echo '{"args": ["sh", "-c", "echo later > runs/later"]}'
  echo '{"args": ["cat", "/given"]}'
} | batch --jobs 1 --rw runs --ro-bind-try runs/later /given --workdir "$work"
equal "$(of 2 .output.stdout)" later

# A result comes when it is there, not when the requests end.
mkfifo asked
timeout 20 "$TARE" sandbox --batch < asked > results &
batch=$!
exec 6> asked
echo '{"id": 1, "args": ["true"]}' >&6
eventually grep -q exited results
# No descriptor of ours is open in a command (3 is ls's own): neither the requests, nor another command's pipe.
echo '{"id": 2, "args": ["sh", "-c", "sleep 0.2; ls /proc/self/fd > /tmp/fds; wc -w < /tmp/fds"]}' >&6
echo '{"id": 3, "args": ["sh", "-c", "sleep 0.2; ls /proc/self/fd > /tmp/fds; wc -w < /tmp/fds"]}' >&6
exec 6>&-
wait $batch
equal "$(jq -r 'select(.id > 1) | .output.stdout' results | paste -sd '')" 44

# --- ended by a signal, by its caller's end or by its killing, nothing goes on
sleeps() { for i in 1 2 3 4; do echo '{"args": ["sleep", "4322"]}'; done; sleep 30; }
no_sleeper() { ! pgrep -fx 'sleep 4322' > /dev/null; }
four_sleep() { [ "$(pgrep -fxc 'sleep 4322')" = 4 ]; }
for killed in 'TERM 143' 'KILL 137'; do
  "$TARE" sandbox --batch --jobs 4 < <(sleeps) > results &
  batch=$!
  eventually four_sleep
  kill -"${killed% *}" $batch
  wait $batch || equal $? "${killed#* }"
  eventually no_sleeper
done
"$TARE" sandbox --batch --jobs 4 < <(sleeps) > results &
batch=$!
eventually four_sleep
kill -TERM $batch
wait $batch || equal $? 143
equal "$(jq -r .outcome results | sort | uniq -c | tr -s ' ')" ' 4 cancelled'

# --- nobody reads the results any more
{ yes '{"args": ["true"]}' | head -n 300 | timeout 30 "$TARE" sandbox --batch || echo $? > status; } | head -n 1 > first
equal "$(cat status)" 141

# --- many
for i in $(seq 100); do echo "{\"id\": $i, \"args\": [\"sh\", \"-c\", \"echo $i\"], \"cpu-time\": \"5s\"}"; done | batch --jobs 4
equal "$(jq -r 'select(.outcome == "exited" and .output.stdout == "\(.id)\n") | .id' results)" "$(seq 100)"
equal "$(sandbox_cgroups)" ''

# --- so many that they take more descriptors than a process has at first; the commands have what it had
for i in $(seq 80); do echo '{"args": ["sh", "-c", "ulimit -Sn; sleep 0.2"]}'; done > many
(ulimit -Sn 256 && batch --jobs 40 < many)
equal "$(jq -r .output.stdout results | grep . | uniq -c | tr -s ' ')" ' 80 256'
(ulimit -Sn 256 && batch --jobs 40 --ulimit nofile=99:99 < many)
equal "$(jq -r .output.stdout results | grep . | uniq -c | tr -s ' ')" ' 80 99'
(ulimit -n 512 && batch --jobs 8 < many)
equal "$(jq -r .outcome results | uniq -c | tr -s ' ')" ' 80 exited'
(ulimit -n 512 && status 125 timeout 20 "$TARE" sandbox --batch --jobs 40 < many)
has "$(cat "$work/err")" '40 commands at once take more descriptors than we may have'

status 125 timeout 20 "$TARE" sandbox --batch --tty
status 125 timeout 20 "$TARE" sandbox
