#!/bin/bash
# Without an environment of its own; that of createContainer, a program of the host, stays empty.
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/seen"
configure '.process.env = ["ONE=two", "PATH=/bin"] | .hooks = {
  createContainer: [{path: "/bin/sh", args: ["sh", "-c", "env > \($f)"]}],
  startContainer: [{path: "/bin/sh", args: ["sh", "-c", "env > /seen/absent"]},
                   {path: "/bin/sh", args: ["sh", "-c", "env > /seen/empty"], env: []}]}' --arg f "$work/created"
script true
tare run --bundle "$bundle" c1
# PATH and PWD are the shell's own.
own() { grep -E '^(ONE|HOME|TARE_TEST)=' "$1" | sort | tr '\n' ' '; }
equal "$(own "$bundle/rootfs/seen/absent")" 'HOME=/root ONE=two '
equal "$(own "$bundle/rootfs/seen/empty")" ''
equal "$(own "$work/created")" ''
