#!/bin/bash
# docker and podman make 126 of these words.
. "$(dirname "$0")/lib.sh"

arguments /etc
refused 'exec: "/etc": is a directory' tare create --bundle "$bundle" c1
nothing_left
arguments /etc/passwd
refused 'exec: "/etc/passwd": permission denied' tare create --bundle "$bundle" c1
nothing_left
