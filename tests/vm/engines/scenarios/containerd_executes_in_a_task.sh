#!/bin/bash
# Streams, status, directory, user, and what cannot be executed.
. "$(dirname "$0")/../lib.sh"
ctr_run -d "$IMAGE" c1 sleep 1000
says hello ctr tasks exec --exec-id e1 c1 echo hello
ends 7 ctr tasks exec --exec-id e2 c1 sh -c 'exit 7'
says /tmp ctr tasks exec --exec-id e3 --cwd /tmp c1 pwd
says 1000 ctr tasks exec --exec-id e4 --user 1000 c1 id -u
ends 1 ctr tasks exec --exec-id e5 c1 /no/such/program
contains 'message' "$OUTPUT" 'no such file or directory'
says hello ctr tasks exec --exec-id e6 c1 echo hello
