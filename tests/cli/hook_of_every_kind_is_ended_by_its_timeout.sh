#!/bin/bash
# With the processes it has started: its whole group.
. "$(dirname "$0")/lib.sh"

no_sleep() { ! pgrep -f "^sleep 70$$$" > /dev/null; }
for kind in prestart createRuntime createContainer startContainer poststart poststop; do
  plain_config > "$bundle/config.json"
  configure '.hooks = {($k): [{path: "/bin/sh", args: ["sh", "-c", "sleep 70\($p) & sleep 70\($p)"], timeout: 1}]}' \
    --arg k $kind --arg p $$
  script 'sleep 1000'
  SECONDS=0
  if [ $kind = poststop ]; then
    tare create --bundle "$bundle" c1 < /dev/null > /dev/null
    tare delete c1 2> "$work/err"
    has "$(cat "$work/err")" 'error running poststop hook #0: hook ran past specified timeout'
  else
    refused "$kind hook.*: hook ran past specified timeout" tare run -d --bundle "$bundle" c1
  fi
  [ $SECONDS -lt 10 ] || fail "$kind: it took $SECONDS seconds"
  eventually no_sleep
  nothing_left
done
