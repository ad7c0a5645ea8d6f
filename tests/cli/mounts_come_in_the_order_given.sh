#!/bin/bash
# Shows: mounts-1
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/a", type: "tmpfs", source: "tmpfs"}, {destination: "/a/b", type: "tmpfs", source: "tmpfs"}]'
equal "$(inside 'grep -Eo " /a(/b)? " /proc/self/mountinfo | tr -d " "')" $'/a\n/a/b'
