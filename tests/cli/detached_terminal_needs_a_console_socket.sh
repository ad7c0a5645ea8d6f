#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.terminal = true'
script true
refused 'without setting console socket' tare create --bundle "$bundle" c1
refused 'without setting console socket' tare run --detach --bundle "$bundle" c1
nothing_left
