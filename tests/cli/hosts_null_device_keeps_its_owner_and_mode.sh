#!/bin/bash
. "$(dirname "$0")/lib.sh"

before=$(stat -c '%a %u:%g' /dev/null)
configure '.process.user = {uid: 1000, gid: 1000}'
inside true < /dev/null > /dev/null 2>&1
equal "$(stat -c '%a %u:%g' /dev/null)" "$before"
