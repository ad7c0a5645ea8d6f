#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir -p "$root"
equal "$(tare list --format json)" null
equal "$(tare list -q)" ''
equal "$(tare list)" 'ID          PID         STATUS      BUNDLE      CREATED     OWNER'
