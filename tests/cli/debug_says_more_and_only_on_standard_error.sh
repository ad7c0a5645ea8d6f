#!/bin/bash
# Each step that is planned, each hook, and what the other commands do; into the log if there is one.
. "$(dirname "$0")/lib.sh"

configure '.hooks.createRuntime = [{path: "/bin/true"}]'
script 'echo out'
equal "$(tare --debug run --bundle "$bundle" c1 2> "$work/err")" out
has "$(cat "$work/err")" '^tare-init: mount #1 proc at /proc$'
has "$(cat "$work/err")" '^tare-init: exec "/bin/sh"$'
has "$(cat "$work/err")" '^createRuntime hook #0: /bin/true$'
has "$(cat "$work/err")" '^start c1: the program runs$'
has "$(cat "$work/err")" '^delete c1: '

tare --debug --log "$work/log" --log-format json create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err"
equal "$(cat "$work/err")" ''
tare --debug --log "$work/log" --log-format json kill c1 KILL
equal "$(jq -r .level "$work/log" | sort -u)" debug
has "$(jq -r .msg "$work/log" | tail -n 1)" '^kill c1: signal 9 to '
tare delete c1
