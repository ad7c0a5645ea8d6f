#!/bin/bash
. "$(dirname "$0")/lib.sh"

[ "$(uname -m)" = x86_64 ] || skip 'the 32-bit name is checked on x86_64'
configure '.linux.personality = {domain: "LINUX32"}'
equal "$(inside 'uname -m')" i686
