#!/bin/bash
# Shows: hooks-5
. "$(dirname "$0")/lib.sh"
mkdir "$bundle/rootfs/log"
for hook in prestart createRuntime createContainer startContainer poststart poststop; do
  log=$bundle/rootfs/log/$hook
  [ $hook != startContainer ] || log=/log/$hook
  configure '.hooks[$h] = [range(3) | {path: "/bin/sh", args: ["sh", "-c", "echo begin\(.) >> \($l); sleep 0.1; echo end\(.) >> \($l)"]}]' \
    --arg h $hook --arg l "$log"
done
script true
tare run --bundle "$bundle" c1
for hook in prestart createRuntime createContainer startContainer poststart poststop; do
  equal "$(tr '\n' ' ' < "$bundle/rootfs/log/$hook")" 'begin0 end0 begin1 end1 begin2 end2 ' $hook
done
