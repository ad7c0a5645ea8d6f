#!/bin/bash
# A sandbox by a policy file, a profile, and options over both; what is printed of them says the same again.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

export HOME=$work/home
mkdir -p "$work/project/.git/hooks" "$work/project/data" "$work/policies/lib" "$HOME" "$work/elsewhere"
echo shared > "$work/policies/lib/text"
echo config > "$work/project/.git/config"
cd "$work/project"
sandbox() { timeout 20 "$TARE" sandbox "$@"; }
# refused_by PATTERN ARGUMENTS...: nothing is run, and why.
refused_by() {
  local pattern=$1
  shift
  status 125 sandbox "$@" touch data/ran
  has "$(cat "$work/err")" "$pattern"
  [ ! -e data/ran ] || fail "run in spite of: $pattern"
}

# Relative paths start at the file's folder, variables are the caller's directories, the last place wins.
cat > "$work/policies/p.json" << 'END'
// A comment.
{
  "version": 1,
  "env": ["COLOUR=red", "SIZE=1"],  /* another */
  "hostname": "policy",
  "files": [
    {"tmpfs": "/x"},
    {"ro-bind": ["lib", "/x"]},
    {"rw": "${CWD}/data"},
    {"dir": "${HOME}/inside"}
  ]
}
END
equal "$(sandbox --policy ../policies/p.json -- sh -c 'cat /x/text; echo $COLOUR $SIZE; uname -n; echo 1 > data/new')" \
  $'shared\nred 1\npolicy'
equal "$(cat data/new)" 1
[ ! -e "$HOME/inside" ] || fail 'a directory was made on the host'

# Options override the file; of a later file, what it says.
echo '{"version": 1, "env": ["SIZE=2"], "hostname": "second"}' > "$work/policies/q.json"
equal "$(sandbox --policy "$work/policies/p.json" --policy "$work/policies/q.json" -e COLOUR=blue \
  -- sh -c 'echo $COLOUR $SIZE; uname -n')" $'blue 2\nsecond'
equal "$(sandbox --hostname flag --policy "$work/policies/p.json" -- uname -n)" flag
equal "$(sandbox -e PATH=/nowhere:/bin -- /bin/sh -c 'echo $PATH')" /nowhere:/bin 'over the default'

# Mistakes name the key and the file, and nothing is run.
echo '{"version": 1, "memroy": "1g", "timeout": true}' > "$work/policies/bad.json"
refused_by 'bad\.json.*/memroy: there is no such setting' --policy "$work/policies/bad.json"
has "$(cat "$work/err")" '/timeout: a string or a number'
echo '{"version": 2}' > "$work/policies/bad.json"
refused_by 'bad\.json.*/version: is not 1' --policy "$work/policies/bad.json"
refused_by 'missing\.json.*no such file' --policy "$work/policies/missing.json"
refused_by 'there is no "jury"; there are build, judge, agent, offline' --profile jury

# ${CWD} never stands for everything, nor for what is most private.
(cd / && status 125 sandbox --profile build true && has "$(cat "$work/err")" '\$\{CWD\} is /,')
(cd "$HOME" && status 125 sandbox --profile agent true && has "$(cat "$work/err")" '\$\{CWD\} is /.*/home,')

# What is printed is a policy that says the same, and its digest is in the result.
for from in '--profile build' '--profile offline' '--profile agent' "--policy $work/policies/p.json -e A=\${HOME}" ''; do
  # shellcheck disable=SC2086  # words
  sandbox $from --print-policy > "$work/printed.json"
  (cd "$work/elsewhere" && sandbox --policy "$work/printed.json" --print-policy) | cmp - "$work/printed.json" ||
    fail "$from: printed differently"
  digest=$(sha256sum < "$work/printed.json")
  # shellcheck disable=SC2086  # words
  sandbox $from --json fd:9 true 9> "$work/result"
  equal "$(jq -r .policy_sha256 "$work/result")" "${digest%% *}" "$from"
done
sandbox --policy "$work/printed.json" --json fd:9 false 9> "$work/result" || true
equal "$(jq -r .policy_sha256 "$work/result")" "${digest%% *}" 'whatever is run'
sandbox --policy "$work/printed.json" --timeout 1h --json fd:9 true 9> "$work/result"
[ "$(jq -r .policy_sha256 "$work/result")" != "${digest%% *}" ] || fail 'another policy with the same digest'
equal "$(sandbox -m 64m --print-policy | jq .memory)" 67108864
equal "$(sandbox -m 64m --print-policy touch data/ran)" "$(sandbox -m 65536k --print-policy)"
[ ! -e data/ran ] || fail '--print-policy ran the command'

# Nothing is run without a command.
status 125 sandbox
has "$(cat "$work/err")" 'a command is missing'
status 125 sandbox --profile build --
