#!/bin/bash
# Whoever looks for the hook in config.json counts from 0, and so do tools that read the error.
. "$(dirname "$0")/lib.sh"

script true
for hook in prestart createRuntime createContainer startContainer poststart; do
  configure '.hooks = {($h): [{path: "/bin/true"}, {path: "/bin/false"}]}' --arg h $hook
  refused "error running $hook hook #1: exit status 1" tare run --bundle "$bundle" c1
  nothing_left
done
