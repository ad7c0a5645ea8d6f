#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused 'no such file or directory' "$TARE" --root "$work/missing" list
refused 'no such file or directory' "$TARE" --root "$work/missing" list --format json
