#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.hostname = "tare-box" | .domainname = "example.org"'
equal "$(inside 'hostname; cat /proc/sys/kernel/domainname')" $'tare-box\nexample.org'
lacks "$(hostname)" '^tare-box$'
