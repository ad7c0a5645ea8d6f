#!/bin/bash
# Shows: root-4
. "$(dirname "$0")/lib.sh"

configure '.root.readonly = true'
equal "$(inside 'touch /x 2>&1; touch /dev/shm/x && echo writable')" \
  $'touch: /x: Read-only file system\nwritable'
