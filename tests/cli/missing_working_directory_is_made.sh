#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.cwd = "/made/for/me"'
equal "$(inside 'pwd; stat -c %a .')" $'/made/for/me\n755'
