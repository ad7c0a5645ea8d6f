#!/bin/bash
# And what it says of it is so: the same bundle is created then.
. "$(dirname "$0")/lib.sh"

script true
out=$(tare check "$bundle" 2> "$work/err")
equal "$(cat "$work/err")" ""
equal "$(tail -n 1 <<< "$out")" "$bundle: nothing would fail (0 errors, 0 warnings, 0 slow)"
json=$(tare check --json "$bundle")
equal "$(jq -r '[.bundle, .ok, (.findings | length)] | @csv' <<< "$json")" "\"$bundle\",true,0"
has "$(jq -c .checked <<< "$json")" '"specification".*"rootfs".*"plan"'
(cd "$bundle" && tare check . > /dev/null)
mv "$bundle/config.json" "$bundle/other.json"
tare check --config other.json "$bundle" > /dev/null
refused 'config.json.* not found' tare check "$bundle"
mv "$bundle/other.json" "$bundle/config.json"
tare run --bundle "$bundle" c1

# As an ordinary user, whose bundle needs a user namespace.
ordinary_user
user_tare check "$bundle" > "$work/out" || fail "$(cat "$work/out")"
has "$(cat "$work/out")" 'nothing would fail \(0 errors'
user_tare run --bundle "$bundle" c1
