#!/bin/bash
. "$(dirname "$0")/lib.sh"

[ "$(uname -m)" = x86_64 ] || skip 'the 32-bit name is checked on x86_64'
configure '.linux.personality = {domain: "LINUX32"}'
script 'uname -m'
if ! tare run --bundle "$bundle" c1 > "$work/out" 2> "$work/err"; then
  grep -q 'not supported yet' "$work/err" && skip 'personality is not supported yet'
fi
equal "$(inside 'uname -m')" i686
