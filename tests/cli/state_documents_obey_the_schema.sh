#!/bin/bash
# Shows: state-10, state-1, state-2, state-7, hooks-6
# Of the specification's own schema, in every state, on the command line and for hooks. What it refuses is a paused
# container alone: the prose lets a runtime have further states, the schema does not.
. "$(dirname "$0")/lib.sh"
python3 -c 'import jsonschema' 2> /dev/null || skip 'no module jsonschema (package python3-jsonschema)'
vectors=$source_root/tests/spec/vectors
valid() {  # FILE
  python3 - "$vectors/schema" "$1" 2> "$work/why" << 'END'
import json, pathlib, sys
import jsonschema
folder = pathlib.Path(sys.argv[1])
schema = json.loads((folder / "state-schema.json").read_text())
resolver = jsonschema.RefResolver(folder.as_uri() + "/", schema)
jsonschema.Draft4Validator(schema, resolver=resolver).validate(json.loads(pathlib.Path(sys.argv[2]).read_text()))
END
}
for file in "$vectors"/state/good/*; do valid "$file" || fail "$file: $(cat "$work/why")"; done
for file in "$vectors"/state/bad/*; do ! valid "$file" || fail "$file is good"; done
jq 'del(.bundle)' "$vectors"/state/good/spec-example.json > "$work/bad"
! valid "$work/bad" || fail 'the check does not find what is missing'

for hook in prestart createRuntime createContainer startContainer poststart poststop; do
  file=$work/hook-$hook
  [ $hook != startContainer ] || file=/tmp/hook-$hook
  configure '.hooks[$h] = [{path: "/bin/sh", args: ["sh", "-c", "cat > \($f)"]}]' --arg h $hook --arg f "$file"
done
configure '.annotations = {"org.example.key": "värde", "empty": ""}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
tare state c1 > "$work/created"
tare start c1
tare state c1 > "$work/running"
echo 1 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status paused c1
tare state c1 > "$work/paused"
echo 0 > "$cgroup_mount/$tag/c1/cgroup.freeze"
tare kill c1 KILL
eventually is_status stopped c1
tare state c1 > "$work/stopped"
tare delete c1
mv "$bundle/rootfs/tmp/hook-startContainer" "$work"
for file in "$work"/created "$work"/running "$work"/stopped "$work"/hook-*; do
  valid "$file" || fail "$file: $(cat "$work/why")"
  equal "$(jq -c .annotations "$file")" '{"empty":"","org.example.key":"värde"}' "$file"
done
equal "$(find "$work" -maxdepth 1 -name 'hook-*' | wc -l)" 6
! valid "$work/paused" || fail 'the schema has learned of paused containers'
grep -q "'paused' is not one of" "$work/why" || fail "$(cat "$work/why")"
