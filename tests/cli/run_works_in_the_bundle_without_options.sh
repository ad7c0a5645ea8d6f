#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'echo here'
cd "$bundle"
equal "$(tare run c1)" here
