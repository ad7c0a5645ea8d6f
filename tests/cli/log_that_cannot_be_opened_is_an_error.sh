#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused 'no such file or directory' tare --log "$work/missing/log" list
refused 'is a directory' tare --log "$work" list
refused 'invalid log-format: "xml"' tare --log-format xml list
