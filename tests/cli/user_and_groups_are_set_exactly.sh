#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.user = {uid: 1000, gid: 2000, additionalGids: [3000, 4000]}'
equal "$(inside 'grep -E "^(Uid|Gid|Groups):" /proc/self/status | tr -s "\t " " "')" \
  $'Uid: 1000 1000 1000 1000\nGid: 2000 2000 2000 2000\nGroups: 3000 4000 '
configure '.process.user = {uid: 1000, gid: 2000}'
equal "$(inside 'grep -E "^Groups:" /proc/self/status | tr -s "\t " " "')" 'Groups: '
