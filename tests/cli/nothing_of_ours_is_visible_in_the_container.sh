#!/bin/bash
# In its pid namespace there is its own init alone, and /proc/1/exe is the user's program.
. "$(dirname "$0")/lib.sh"

equal "$(inside 'cd /proc; echo [0-9]*; readlink 1/exe')" $'1\n/bin/busybox'
