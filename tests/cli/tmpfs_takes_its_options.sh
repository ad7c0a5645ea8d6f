#!/bin/bash
# Shows: mounts-7, mounts-11
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/scratch", type: "tmpfs", source: "tmpfs", options: ["size=1m", "mode=1700", "noexec"]}]'
out=$(inside 'stat -c %a /scratch; grep " /scratch " /proc/self/mountinfo; df -k /scratch | tail -1')
has "$out" '^1700$'
has "$out" 'noexec'
has "$out" ' 1024 '
