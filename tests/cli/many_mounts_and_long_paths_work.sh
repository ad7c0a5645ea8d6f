#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.mounts += [range(200) | {destination: "/many/\(.)", type: "tmpfs", source: "tmpfs", options: ["size=4k"]}]'
long=$(printf 'abcdefghi/%.0s' $(seq 200))
configure '.mounts += [{destination: "/\($l)end", type: "tmpfs", source: "tmpfs"}]' --arg l "$long"
equal "$(inside 'grep -c " /many/" /proc/self/mountinfo; grep -c "/end " /proc/self/mountinfo')" $'200\n1'
