#!/bin/bash
. "$(dirname "$0")/lib.sh"

equal "$(inside umask)" 0022
equal "$(umask 0027; inside umask)" 0027
configure '.process.user.umask = 63'
equal "$(inside umask)" 0077
