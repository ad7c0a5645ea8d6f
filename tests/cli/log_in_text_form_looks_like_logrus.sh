#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '' tare --log "$work/log" state c1
has "$(cat "$work/log")" '^time="[^"]+" level=error msg="container does not exist"$'
