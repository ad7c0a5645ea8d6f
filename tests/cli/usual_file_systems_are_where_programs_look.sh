#!/bin/bash
# Shows: mounts-26
. "$(dirname "$0")/lib.sh"
equal "$(inside 'while read -r _ _ _ _ point _ rest; do echo "$point ${rest#*- }"; done < /proc/self/mountinfo |
  cut -d " " -f 1,2 | grep -E "^/(proc|sys|dev/pts|dev/shm) "')" '/proc proc
/dev/pts devpts
/dev/shm tmpfs
/sys sysfs'
