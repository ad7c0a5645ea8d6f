#!/bin/bash
# Shows: uts-1, uts-2
. "$(dirname "$0")/lib.sh"

before=$(hostname)/$(cat /proc/sys/kernel/domainname)
names='hostname; cat /proc/sys/kernel/domainname'
configure '.hostname = "tare-box" | .domainname = "example.org"'
equal "$(inside "$names")" $'tare-box\nexample.org'
longest=$(printf '%064d' 7)
configure '.hostname = $l | .domainname = $l' --arg l "$longest"
equal "$(inside "$names")" "$longest"$'\n'"$longest"
# Either alone; the other is inherited.
configure 'del(.hostname) | .domainname = "d"'
equal "$(inside "$names")" "$(hostname)"$'\nd'
configure 'del(.domainname) | .hostname = "h"'
equal "$(inside "$names")" $'h\n'"$(cat /proc/sys/kernel/domainname)"
equal "$(hostname)/$(cat /proc/sys/kernel/domainname)" "$before"
