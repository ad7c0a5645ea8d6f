#!/bin/bash
# Shows: mounts-3
. "$(dirname "$0")/lib.sh"
configure '.mounts += [{destination: "some/where", type: "tmpfs", source: "tmpfs"}] | .process.cwd = "/tmp"'
equal "$(inside 'grep -o " /some/where .*- tmpfs" /proc/self/mountinfo | cut -d " " -f 2; ls -A')" /some/where
