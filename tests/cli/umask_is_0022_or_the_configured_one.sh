#!/bin/bash
. "$(dirname "$0")/lib.sh"

equal "$(inside umask)" 0022
configure '.process.user.umask = 63'
equal "$(inside umask)" 0077
