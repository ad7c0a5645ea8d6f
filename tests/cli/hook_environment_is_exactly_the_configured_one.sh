#!/bin/bash
# Shows: hooks-16, hooks-17
. "$(dirname "$0")/lib.sh"

configure '.hooks = {createRuntime: [{path: "/usr/bin/env", env: ["ONLY=this"]}, {path: "/bin/sh",
  args: ["sh", "-c", "env > \($f)"], env: ["ONLY=this"]}]}' --arg f "$work/env"
script true
SECRET=1 tare run --bundle "$bundle" c1
equal "$(grep -vE '^(PWD|SHLVL|_)=' "$work/env")" 'ONLY=this'
