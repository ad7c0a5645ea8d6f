#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/secret"
configure '.linux.maskedPaths += ["/secret", "/secret/", "/secret"]'
equal "$(inside 'grep -c " /secret " /proc/self/mountinfo')" 1
