#!/bin/bash
. "$(dirname "$0")/lib.sh"

equal "$(inside 'ls / | sort | tr "\n" " "')" 'bin dev etc proc root sys tmp '
lacks "$(inside 'cat /proc/self/mountinfo')" "$work"
