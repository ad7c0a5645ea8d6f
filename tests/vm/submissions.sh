# shellcheck shell=bash
# Two hundred submissions to a judge, and what has to become of each. Sourced by tests here and in the guest, which
# have `fail` and `equal`; needs jq.
#   judged COMMAND...   runs COMMAND (a `tare sandbox --batch` with the limits of a judge) on all of them, and checks
#   $GROUP_LIMITS       yes: memory and processes of the group are limited, and what exceeds them is told so

answer=42
mark=submission-$$  # in the words of each
rounds=${ROUNDS:-20}  # of ten submissions

# "NAME VERDICT SETTINGS COMMAND" a line: what a submission is, and the verdict it must get.
submissions() {
  local limited=${GROUP_LIMITS:-no}
  # Without a limit of the group that of each process holds, and the program sees it fail.
  local memory='RUNTIME {"ulimit":["as=40000000"]}' processes='RUNTIME {"ulimit":["nproc=20"]}'
  if [ "$limited" = yes ]; then memory='MEMORY {}' processes='PROCESSES {}'; fi
  cat <<END
right OK {} echo $answer
wrong WRONG {} echo 41
silent WRONG {} true
slow TIME {"timeout":"400ms","kill-after":"0s"} sleep 1000
greedy $memory tail -n 1 /dev/zero
bomb $processes sh -c "bomb() { bomb | bomb & }; bomb; sleep 0.3; exit 1"
chatty OUTPUT {"max-output":"64k"} yes
crash CRASH {} kill -SEGV \$\$
snoop RUNTIME {} cat /etc/shadow
caller RUNTIME {} : > /dev/tcp/127.0.0.1/1
END
}

requests() {
  submissions | jq -Rnc --argjson rounds $rounds --arg mark "$mark" '
    [inputs | capture("^(?<name>\\S+) (?<verdict>\\S+) (?<settings>\\S+) (?<command>.*)$")] as $all |
    range(1; $rounds + 1) as $round | $all[] |
    (.settings | fromjson) + {id: "\(.name)-\($round)", args: ["bash", "-c", (.command + " # " + $mark)]}'
}

verdicts() {
  jq -r --arg answer "$answer" '.id + " " +
    if .limits_hit | index("pids") then "PROCESSES"
    elif .outcome == "exited" then
      if .exit_code != 0 then "RUNTIME" elif .output.stdout == $answer + "\n" then "OK" else "WRONG" end
    else {timeout: "TIME", "cpu-limit": "TIME", "memory-limit": "MEMORY", "output-limit": "OUTPUT", signaled: "CRASH"}[.outcome]
      // .outcome end'
}

judged() {
  local expected round got
  expected=$(for round in $(seq $rounds); do submissions | sed -E "s/^([a-z]+) ([A-Z]+) .*/\1-$round \2/"; done | sort)
  got=$(requests | "$@" | verdicts | sort)
  [ "$(wc -l <<< "$got")" = $((rounds * 10)) ] || fail "$(wc -l <<< "$got") verdicts"
  [ "$got" = "$expected" ] || fail "wrong verdicts: $(diff <(echo "$expected") <(echo "$got") | head -n 20)"
}
