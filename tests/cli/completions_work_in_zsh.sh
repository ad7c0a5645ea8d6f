#!/bin/bash
. "$(dirname "$0")/lib.sh"

completions=$(dirname "$TARE")/../../completions
[ -e "$completions/_tare" ] || skip "$TARE is not in a build folder with completions"
command -v zsh > /dev/null || skip 'no zsh'
command -v python3 > /dev/null || skip 'no python3'
PATH=$(dirname "$TARE"):$PATH
export PATH HOME=$work
# The line after a tab, and what is listed below it.
completed() { python3 "$here/complete_in_zsh.py" "$(realpath "$completions")" "$1" | paste -sd'|'; }

zsh -n "$completions/_tare"
equal "$(completed 'tare cre')" 'tare create '
equal "$(completed 'tare st')" 'tare sta'
equal "$(completed 'tare sta')" 'tare sta|start|state'
equal "$(completed 'tare --log-format t')" 'tare --log-format text '
equal "$(completed 'tare run --no-p')" 'tare run --no-pivot '
equal "$(completed 'tare list --format=j')" 'tare list --format=json '
equal "$(completed 'tare exec c1 ls --no-n')" 'tare exec c1 ls --no-n' 'words of the program'
equal "$(completed 'tare help ev')" 'tare help events '

arguments true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(completed "tare --root $root start ")" "tare --root $root start c1 "
equal "$(completed "tare --root $root kill c1 WIN")" "tare --root $root kill c1 WINCH "
tare delete c1
