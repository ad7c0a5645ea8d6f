#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused 'root argument should not be set to /' "$TARE" --root / list
refused 'root argument should not be set to /' "$TARE" --root /tmp/.. list
