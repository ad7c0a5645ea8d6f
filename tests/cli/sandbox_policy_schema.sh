#!/bin/bash
# The schema in the examples takes what tare takes: the profiles, what is printed, and no unknown key.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

schema=$source_root/examples/sandbox/policy.schema.json
valid() {  # FILE
  python3 - "$schema" "$1" << 'END'
import json, re, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
text = re.sub(r"^\s*//.*$", "", open(sys.argv[2]).read(), flags=re.M)
jsonschema.Draft7Validator(schema).validate(json.loads(text))
END
}
both_refuse() {  # what neither takes
  echo "$1" > "$work/bad.json"
  ! valid "$work/bad.json" 2> /dev/null || fail "the schema takes $1"
  status 125 "$TARE" sandbox --policy "$work/bad.json" --print-policy
}
both_take() {
  echo "$1" > "$work/good.json"
  valid "$work/good.json" || fail "the schema refuses $1"
  "$TARE" sandbox --policy "$work/good.json" --print-policy > "$work/printed.json"
  valid "$work/printed.json" || fail "the schema refuses $(cat "$work/printed.json")"
}

export HOME=$work/home
cd "$work"
profiles=0
for profile in "$source_root"/examples/sandbox/profiles/*.json; do
  valid "$profile" || fail "the schema refuses $profile"
  name=${profile##*/}
  "$TARE" sandbox --profile "${name%.json}" --print-policy > "$work/printed.json"
  valid "$work/printed.json" || fail "the schema refuses what is printed of $name"
  profiles=$((profiles + 1))
done
[ $profiles -ge 4 ] || fail "only $profiles profiles"

both_take '{"version": 1}'
both_take '{"version": 1, "memory": "1.5g", "memory-swap": 1, "cpus": 0.5, "pids-limit": 5, "timeout": "1m30s",
  "cpu-time": "200ms", "kill-after": "0", "max-output": "4k", "limits": "best-effort", "ulimit": ["nofile=5", "core=0:unlimited"]}'
both_take '{"version": 1, "ro": ["a", "/b"], "rw": "c", "bind": ["x", "/y"], "ro-bind": [["x", "/y"], ["z", "/z"]],
  "dev-bind-try": ["/dev/x", "/dev/x"], "symlink": ["a", "/b"], "dir": "/d", "hide": "/h", "tmpfs": ["/t:size=4k", "/u"]}'
both_take '{"version": 1, "files": [{"ro": "a"}, {"bind": ["x", "/y"]}, {"tmpfs": "/t"}, {"symlink": ["a", "/b"]}]}'
both_take '{"version": 1, "uid": 5, "gid": "6", "uidmap": "0:1000:1", "gidmap": ["0:1000:1"], "hostname": "h", "cap-add": "chown",
  "env": "A=1", "inherit-env": false, "seccomp": "./f.json", "stdin": "i", "stdout": "o", "stderr": "e", "network": "host",
  "workdir": "/w", "read-only": true, "no-default-view": true, "no-die-with-parent": true, "no-forward-signals": true, "map-root": true}'
both_refuse '{}'
both_refuse '[]'
both_refuse '{"version": 2}'
both_refuse '{"version": 1, "memroy": 1}'
both_refuse '{"version": 1, "memory": 0}'
both_refuse '{"version": 1, "memory": "64q"}'
both_refuse '{"version": 1, "timeout": 5}'
both_refuse '{"version": 1, "network": "bridge"}'
both_refuse '{"version": 1, "limits": "lax"}'
both_refuse '{"version": 1, "read-only": "true"}'
both_refuse '{"version": 1, "bind": ["/a"]}'
both_refuse '{"version": 1, "bind": ["/a", "b"]}'
both_refuse '{"version": 1, "files": {"ro": "/a"}}'
both_refuse '{"version": 1, "files": [{"ro": "/a", "rw": "/b"}]}'
both_refuse '{"version": 1, "files": [{"memory": 1}]}'
both_refuse '{"version": 1, "uidmap": "0:1"}'
both_refuse '{"version": 1, "uid": -1}'
