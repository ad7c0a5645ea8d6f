#!/bin/bash
# docker and podman make 127 of these words.
. "$(dirname "$0")/lib.sh"

arguments nonesuch
refused 'exec: "nonesuch": executable file not found in \$PATH' tare create --bundle "$bundle" c1
nothing_left
arguments /nonesuch
refused 'exec: "/nonesuch": stat /nonesuch: no such file or directory' tare create --bundle "$bundle" c1
nothing_left
arguments /etc/passwd/x
refused 'not a directory' tare create --bundle "$bundle" c1
nothing_left
