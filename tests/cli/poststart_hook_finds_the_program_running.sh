#!/bin/bash
# Shows: hooks-11
# Not init before its execve, as it would be were the hook run too early.
. "$(dirname "$0")/lib.sh"
configure '.hooks.poststart = [{path: "/bin/sh", args: ["sh", "-c",
  "readlink /proc/$(sed \"s/.*\\\"pid\\\":\\([0-9]*\\).*/\\1/\")/exe > \($f)"]}]' --arg f "$work/exe"
arguments /bin/sleep 100
for i in 1 2 3 4 5; do
  tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
  [ ! -e "$work/exe" ] || fail 'it ran in create'
  tare start c1
  has "$(cat "$work/exe")" '/bin/busybox$'
  tare delete --force c1
  rm "$work/exe"
done
