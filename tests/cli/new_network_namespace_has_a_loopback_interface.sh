#!/bin/bash
. "$(dirname "$0")/lib.sh"

has "$(inside 'ip addr show lo')" 'LOOPBACK,UP.*'
has "$(inside 'ip addr show lo')" 'inet 127\.0\.0\.1/8'
