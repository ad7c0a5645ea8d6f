#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.user = {uid: 123456, gid: 654321}'
equal "$(inside 'id -u; id -g')" $'123456\n654321'
