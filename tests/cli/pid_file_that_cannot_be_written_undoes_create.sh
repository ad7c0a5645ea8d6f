#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
refused 'no such file or directory' tare create --bundle "$bundle" --pid-file "$work/missing/pid" c1
nothing_left
mkdir "$work/directory"
refused 'directory' tare create --bundle "$bundle" --pid-file "$work/directory" c1
nothing_left
