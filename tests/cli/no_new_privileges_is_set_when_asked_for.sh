#!/bin/bash
. "$(dirname "$0")/lib.sh"

equal "$(inside 'grep NoNewPrivs /proc/self/status')" $'NoNewPrivs:\t1'
configure '.process.noNewPrivileges = false'
equal "$(inside 'grep NoNewPrivs /proc/self/status')" $'NoNewPrivs:\t0'
