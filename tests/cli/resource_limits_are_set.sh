#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.rlimits = [{type: "RLIMIT_NOFILE", soft: 100, hard: 200},
                               {type: "RLIMIT_CORE", soft: 0, hard: 0}]'
out=$(inside 'grep -E "^Max (open files|core file)" /proc/self/limits | tr -s " "')
has "$out" '^Max open files 100 200 '
has "$out" '^Max core file size 0 0 '
