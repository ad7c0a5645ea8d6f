#!/bin/bash
# Shows: hooks-18, lc-5, err-1
. "$(dirname "$0")/lib.sh"

for hook in prestart createRuntime createContainer; do
  configure '.hooks = {($h): [{path: "/bin/sh", args: ["sh", "-c", "echo told why >&2; exit 5"]}]}' --arg h $hook
  script true
  refused "$hook.*5" tare create --bundle "$bundle" c1
  has "$(cat "$work/err")" 'told why'
  nothing_left
done
