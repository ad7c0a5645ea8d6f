#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.capabilities.bounding += ["CAP_NO_SUCH"]'  # which is a warning
arguments true
told() { tare "$@" run --bundle "$bundle" c1 2>&1 < /dev/null; }
for level in --debug=false --log-level=warning '--log-level info' --log-level=warn; do
  # shellcheck disable=SC2086  # words
  equal "$(told $level | grep -c 'warning: ')" 1 "$level"
  # shellcheck disable=SC2086
  equal "$(told $level | wc -l)" 1 "$level"
done
equal "$(told --log-level=error)" ''
equal "$(told --log-level off)" ''
for level in --log-level=debug --log-level=trace --debug '--debug --log-level=error'; do
  # shellcheck disable=SC2086
  has "$(told $level)" '^run c1|clone|kill|delete'
done
refused '^invalid log-level: "loud" ' tare --log-level loud list
refused '^container does not exist$' tare --log-level=error state c1
